package io.github.imagehost.core.fsck;

import io.github.imagehost.core.dedup.UploadTiming;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.Lease;
import java.time.Duration;
import java.util.Optional;

/**
 * How thoroughly a {@link StoreCheck} looks, and what it does. Immutable; each method answers a copy with one
 * difference.
 *
 * @param share of the objects are read and compared with their digests, from 0 to 1; which ones is drawn anew in each
 *     check
 * @param repair whether to repair what can be repaired
 * @param orphanAge objects without a blob that are younger count as too young to tell, not as orphans; not negative
 * @param threads how many objects are looked at at once, at least 1
 * @param after where to begin in the order of keys, for a check that goes on where another one was stopped
 */
public record StoreCheckOptions(
        double share, boolean repair, Duration orphanAge, int threads, Optional<ObjectKey> after) {

    /** By how much the clocks of this machine and the store may differ. S3 itself refuses requests when it is more. */
    private static final Duration CLOCK_SKEW = Duration.ofMinutes(15);

    private static final int FEW_THREADS = 4;

    /**
     * Looks at the sizes of all objects and at the bytes of none, and repairs nothing. Orphans are what is older than
     * any upload with {@link UploadTiming#DEFAULT} can be, whatever the clocks say.
     */
    public static final StoreCheckOptions DEFAULT = new StoreCheckOptions(
            0, false, longestRequest(UploadTiming.DEFAULT.lease()).plus(CLOCK_SKEW), FEW_THREADS, Optional.empty());

    public StoreCheckOptions {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("A share is from 0 to 1, not " + share);
        }
        if (orphanAge.isNegative() || threads < 1) {
            throw new IllegalArgumentException(
                    "An age is not negative and there is at least one thread, unlike " + orphanAge + " and " + threads);
        }
    }

    private static Duration longestRequest(Lease lease) {
        return lease.duration().plus(lease.quarantine());
    }

    /** Reads this share of the objects. */
    public StoreCheckOptions reading(double newShare) {
        return new StoreCheckOptions(newShare, repair, orphanAge, threads, after);
    }

    /** Repairs what can be repaired. */
    public StoreCheckOptions repairing() {
        return new StoreCheckOptions(share, true, orphanAge, threads, after);
    }

    /** Takes objects without a blob for orphans when they are as old as that. */
    public StoreCheckOptions orphansOlderThan(Duration newOrphanAge) {
        return new StoreCheckOptions(share, repair, newOrphanAge, threads, after);
    }

    /** Looks at this many objects at once. */
    public StoreCheckOptions threads(int newThreads) {
        return new StoreCheckOptions(share, repair, orphanAge, newThreads, after);
    }

    /** Begins behind this key. */
    public StoreCheckOptions after(ObjectKey key) {
        return new StoreCheckOptions(share, repair, orphanAge, threads, Optional.of(key));
    }
}
