package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.access.PasswordHash;

/**
 * Makes of passwords what is kept of them, as slowly as it takes to make guessing expensive. Every character of a
 * password counts. Safe for use by many threads; each of them may need much memory.
 */
public interface PasswordHasher {

    /**
     * The hash of a password; each time another one, since it is salted.
     *
     * @param password any text, which is kept nowhere
     */
    PasswordHash hash(String password);

    /**
     * Whether this is the password of which the hash is kept. With a hash that this hasher makes now, that takes as
     * much work as {@link #hash}.
     *
     * @return false for every password if the hash is of a kind that is not known
     */
    boolean verify(String password, PasswordHash hash);

    /** Whether a hash was made with less work than this hasher does now, or by another kind of work. */
    boolean needsRehash(PasswordHash hash);
}
