package io.github.imagehost.core.fsck;

import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.fsck.StoreFinding.Repair;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** Counts what a {@link StoreCheck} sees. For one thread, but for {@link #changedMeanwhile}. */
final class StoreCheckCounts {

    private final Map<BlobEntry.State, Long> blobs = new EnumMap<>(BlobEntry.State.class);
    private final Map<Kind, Long> found = new EnumMap<>(Kind.class);
    private final Map<Repair, Long> repairs = new EnumMap<>(Repair.class);
    private final AtomicLong changedMeanwhile = new AtomicLong();
    private Optional<ObjectKey> checkedTo = Optional.empty();
    private long objects;
    private long bytes;
    private long objectsRead;
    private long bytesRead;
    private long tooYoung;
    private long quarantined;

    StoreCheckCounts() {
        for (Kind kind : Kind.values()) {
            found.put(kind, 0L);
        }
    }

    void object(long size) {
        objects++;
        bytes += size;
    }

    void read(long size) {
        objectsRead++;
        bytesRead += size;
    }

    void blob(BlobEntry.State state) {
        blobs.merge(state, 1L, Long::sum);
    }

    void tooYoung() {
        tooYoung++;
    }

    void quarantined() {
        quarantined++;
    }

    void changedMeanwhile() {
        changedMeanwhile.incrementAndGet();
    }

    void found(StoreFinding finding) {
        found.merge(finding.kind(), 1L, Long::sum);
        repairs.merge(finding.repair(), 1L, Long::sum);
    }

    void checkedTo(ObjectKey key) {
        checkedTo = Optional.of(key);
    }

    StoreCheckReport report(boolean finished) {
        return new StoreCheckReport(
                finished,
                checkedTo,
                objects,
                bytes,
                blobs.values().stream().mapToLong(Long::longValue).sum(),
                objectsRead,
                bytesRead,
                Collections.unmodifiableMap(new EnumMap<>(found)),
                repairs.getOrDefault(Repair.DONE, 0L),
                repairs.getOrDefault(Repair.FAILED, 0L),
                tooYoung,
                changedMeanwhile.get(),
                blobs.getOrDefault(BlobEntry.State.RESERVED, 0L),
                blobs.getOrDefault(BlobEntry.State.CONDEMNED, 0L),
                quarantined);
    }
}
