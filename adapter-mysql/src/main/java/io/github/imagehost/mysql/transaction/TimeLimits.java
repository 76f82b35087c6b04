package io.github.imagehost.mysql.transaction;

import java.time.Duration;

/**
 * How long a database may keep its users waiting. Immutable.
 *
 * @param lock for a lock that another transaction holds, in whole seconds
 * @param statement for a statement of a mapper, in whole seconds; not shorter, so that it is told what it waited for
 * @param silence for the next byte of an answer, and so for all other statements; longer still, so that no statement of
 *     a mapper is cut off
 * @param conflicts since an operation began; after a conflict, it is not tried again later than that
 * @param batch for a batch of others, before who waits starts another one, with all who wait for the same work
 */
public record TimeLimits(Duration lock, Duration statement, Duration silence, Duration conflicts, Duration batch) {

    /** So long that a commit on a slow disk fits in, and far shorter than any other limit. */
    private static final Duration BATCH = Duration.ofMillis(50);

    /** What users get. */
    public static final TimeLimits DEFAULT = around(Duration.ofSeconds(5));

    /**
     * Those that go with one for statements.
     *
     * @param statement in whole seconds, at least 1
     */
    public static TimeLimits around(Duration statement) {
        // a lock is never held for long: whoever waits this long rather starts over
        Duration lock = Duration.ofSeconds(Math.max(1, statement.toSeconds() * 3 / 5));
        return new TimeLimits(lock, statement, statement.multipliedBy(2), lock.plus(statement), BATCH);
    }
}
