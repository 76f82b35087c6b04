package io.github.imagehost.mysql.row.access;

import org.jspecify.annotations.Nullable;

/**
 * How an owner may log in.
 *
 * @param passwordHash null if it has no password
 */
public record LoginRow(long ownerId, @Nullable String passwordHash, long epoch) {

    /** Without the hash. */
    @Override
    public String toString() {
        return "LoginRow[ownerId=" + ownerId + ", epoch=" + epoch + "]";
    }
}
