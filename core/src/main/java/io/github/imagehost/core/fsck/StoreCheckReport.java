package io.github.imagehost.core.fsck;

import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a {@link StoreCheck} saw.
 *
 * @param finished whether it came to its end; if not, it was asked to stop, or counts could not be checked
 * @param checkedTo everything up to this key was looked at; empty if that is nothing, or the store was empty
 * @param objects how many objects the store has, all told
 * @param bytes how many bytes they have
 * @param blobs how many blobs the repository knows
 * @param objectsRead how many objects were read and compared with their digests
 * @param bytesRead how many bytes they have
 * @param found how much was found of each kind; what was not found is 0
 * @param repaired how much of it was repaired
 * @param notRepaired how much could not be repaired this time
 * @param tooYoung how many objects without a blob are too young to tell what they are
 * @param changedMeanwhile how many looked wrong at first, but changed while they were looked at: the next check tells
 * @param beingStored how many blobs are {@linkplain BlobEntry.State#RESERVED reserved}
 * @param toBeDeleted how many blobs are {@linkplain BlobEntry.State#CONDEMNED condemned}: the sweep's business
 * @param quarantined how many objects lie in {@link Quarantine}
 */
public record StoreCheckReport(
        boolean finished,
        Optional<ObjectKey> checkedTo,
        long objects,
        long bytes,
        long blobs,
        long objectsRead,
        long bytesRead,
        Map<Kind, Long> found,
        long repaired,
        long notRepaired,
        long tooYoung,
        long changedMeanwhile,
        long beingStored,
        long toBeDeleted,
        long quarantined) {

    /**
     * The same with what a {@link UsageCheck} has found.
     *
     * @param stopped whether it was asked to stop
     */
    public StoreCheckReport with(List<StoreFinding> counts, boolean stopped) {
        Map<Kind, Long> all = new EnumMap<>(found);
        counts.forEach(finding -> all.merge(finding.kind(), 1L, Long::sum));
        return new StoreCheckReport(
                finished && !stopped && all.getOrDefault(Kind.COUNTS_NOT_CHECKED, 0L) == 0,
                checkedTo,
                objects,
                bytes,
                blobs,
                objectsRead,
                bytesRead,
                Collections.unmodifiableMap(all),
                repaired + count(counts, Repair.DONE),
                notRepaired + count(counts, Repair.FAILED),
                tooYoung,
                changedMeanwhile,
                beingStored,
                toBeDeleted,
                quarantined);
    }

    private static long count(List<StoreFinding> findings, Repair repair) {
        return findings.stream().filter(finding -> finding.repair() == repair).count();
    }

    /** Whether no damage was found. */
    public boolean isClean() {
        return found.entrySet().stream().noneMatch(kind -> kind.getKey().isDamage() && kind.getValue() > 0);
    }
}
