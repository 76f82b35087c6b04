package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.failure.QuotaExceededException;
import io.github.imagehost.mysql.row.Columns;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * What owners may have, as {@link QuotaLedger} says. What they have is the sum over their
 * {@linkplain io.github.imagehost.mysql.listing.ImageRanges ranges}, in which all images are counted by the
 * transactions that make and delete them. So only transactions that make images of an owner that has a quota need to
 * queue.
 */
public final class Quotas implements QuotaLedger {

    private final Transactions transactions;

    public Quotas(Transactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public Quota quota(OwnerId owner) {
        return transactions.read("read the quota of owner " + owner.value(), on -> select(on, owner));
    }

    @Override
    public Quota changeQuota(OwnerId owner, Quota.Change change) {
        return transactions.write("change the quota of owner " + owner.value(), on -> {
            change.images().ifPresent(most -> set(on, owner, "max_images", most));
            change.bytes().ifPresent(most -> set(on, owner, "max_bytes", most));
            on.update(
                    "DELETE FROM imagehost_quota WHERE owner_id = ? AND max_images IS NULL AND max_bytes IS NULL",
                    List.of(owner.value()));
            return select(on, owner);
        });
    }

    private static void set(Statements on, OwnerId owner, String column, OptionalLong most) {
        @Nullable Long value = Columns.toValue(most);
        on.update(
                "INSERT INTO imagehost_quota (owner_id, " + column + ", checks) VALUES (?, ?, 0)"
                        + " ON DUPLICATE KEY UPDATE " + column + " = ?",
                Arrays.asList(owner.value(), value, value));
    }

    @Override
    public Usage usage(OwnerId owner) {
        return transactions.read("add up what owner " + owner.value() + " has", on -> usage(on, owner));
    }

    /**
     * Makes sure that only this transaction makes images of these owners, until it ends. Writes, since a cluster that
     * takes writes at several servers sees conflicts of rows that were written, and none of rows that were only locked.
     */
    static void lock(Statements on, SortedSet<Long> owners) {
        if (!owners.isEmpty()) {
            on.update(
                    "UPDATE imagehost_quota SET checks = checks + 1 WHERE owner_id IN ("
                            + String.join(", ", Collections.nCopies(owners.size(), "?")) + ")",
                    List.copyOf(owners));
        }
    }

    /**
     * Checks what these owners have now, with what this transaction has added and counted.
     *
     * @throws QuotaExceededException if it is more than one of them may have
     */
    static void check(Statements on, SortedSet<Long> lockedOwners) {
        for (long id : lockedOwners) {
            OwnerId owner = new OwnerId(id);
            Quota quota = select(on, owner);
            if (!quota.allows(usage(on, owner))) {
                throw new QuotaExceededException(owner, quota);
            }
        }
    }

    private static Quota select(Statements on, OwnerId owner) {
        return on
                .query(
                        "SELECT max_images, max_bytes FROM imagehost_quota WHERE owner_id = ?",
                        List.of(owner.value()),
                        row -> new Quota(optional(row, 1), optional(row, 2)))
                .stream()
                .findFirst()
                .orElse(Quota.NONE);
    }

    private static OptionalLong optional(ResultSet row, int column) throws SQLException {
        long value = row.getLong(column);
        return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static Usage usage(Statements on, OwnerId owner) {
        return on.query(
                        "SELECT COALESCE(SUM(images), 0), COALESCE(SUM(bytes), 0) FROM imagehost_image_range"
                                + " WHERE owner_id = ?",
                        List.of(owner.value()),
                        row -> new Usage(row.getLong(1), row.getLong(2)))
                .get(0);
    }
}
