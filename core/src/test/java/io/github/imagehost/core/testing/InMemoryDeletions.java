package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.DeletionLedger;
import io.github.imagehost.core.port.repository.Removal;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What is removed and condemned. What decides a race is overridable, so that a test can plant a mistake. */
abstract class InMemoryDeletions extends InMemoryClaims implements DeletionLedger {

    private static final Duration RETIREMENT = Duration.ofHours(24);

    InMemoryDeletions(Clock clock) {
        super(clock);
    }

    @Override
    public synchronized Removal remove(OwnerId owner, Collection<Long> ids) {
        requireOpen();
        Set<Long> removed = new HashSet<>();
        List<CondemnedBlob> condemned = new ArrayList<>();
        for (long id : new HashSet<>(ids)) {
            StoredImage stored = images.get(id);
            if (stored == null || hasEnded(stored.image())) {
                continue;
            }
            Blob blob = removeImage(owner, id);
            if (blob == null) {
                continue;
            }
            removed.add(id);
            condemnUnused(blob, condemned);
        }
        return new Removal(removed, condemned);
    }

    private void condemnUnused(Blob blob, List<CondemnedBlob> condemned) {
        if (isUnused(blob)) {
            condemned.add(condemn(blob));
            derivedFrom(blob)
                    .filter(derived -> derived.state != BlobState.CONDEMNED)
                    .forEach(derived -> condemned.add(condemn(derived)));
        }
    }

    @Override
    public synchronized Removal removeEnded(int limit) {
        requireOpen();
        List<Image> ended = images.values().stream()
                .map(StoredImage::image)
                .filter(this::isToBeRemoved)
                .limit(limit)
                .toList();
        List<CondemnedBlob> condemned = new ArrayList<>();
        for (Image image : ended) {
            condemnUnused(Objects.requireNonNull(removeImage(image.owner(), image.id())), condemned);
        }
        return new Removal(ended.stream().map(Image::id).collect(Collectors.toSet()), condemned);
    }

    /** Whether a sweep takes this image away. */
    protected boolean isToBeRemoved(Image image) {
        return hasEnded(image);
    }

    @Override
    void removeEnded(Image image) {
        condemnUnused(Objects.requireNonNull(removeImage(image.owner(), image.id())), new ArrayList<>());
    }

    /** All that goes with this blob. */
    protected Stream<Blob> derivedFrom(Blob blob) {
        return blobs.values().stream().filter(derived -> derived.source.equals(Optional.of(blob.key)));
    }

    /** Removes one image, and nothing else; null if the owner has no such image. */
    protected final synchronized @Nullable Blob removeImage(OwnerId owner, long id) {
        StoredImage stored = images.get(id);
        if (stored == null || !stored.image().owner().equals(owner)) {
            return null;
        }
        delete(stored.image());
        return stored.blob();
    }

    /** Whether no live image points to this blob. */
    protected boolean isUnused(Blob blob) {
        return images.values().stream().noneMatch(image -> image.blob() == blob);
    }

    @Override
    public synchronized int condemnExpired() {
        requireOpen();
        Instant longAgo = now().minus(RETIREMENT);
        retiredFilenames.values().removeIf(since -> !since.isAfter(longAgo));
        List<Blob> expired = blobs.values().stream()
                .filter(blob -> blob.state == BlobState.RESERVED && !blob.leaseEnd.isAfter(now()))
                .toList();
        expired.forEach(this::condemn);
        return expired.size();
    }

    @Override
    public synchronized List<CondemnedBlob> condemned(long afterBlobId, int limit) {
        requireOpen();
        return blobs.tailMap(afterBlobId, false).values().stream()
                .filter(blob -> blob.state == BlobState.CONDEMNED && !blob.deletionDue.isAfter(now()))
                .limit(limit)
                .map(blob -> new CondemnedBlob(blob.id, blob.key, isSettled(blob)))
                .toList();
    }

    @Override
    public synchronized void forget(Collection<CondemnedBlob> condemned) {
        requireOpen();
        for (CondemnedBlob entry : condemned) {
            Blob blob = blobs.get(entry.blobId());
            if (blob == null || blob.state != BlobState.CONDEMNED) {
                continue;
            }
            if (entry.settled()) {
                blobs.remove(blob.id);
            } else {
                blob.deletionDue = blob.quarantineEnd;
            }
        }
    }
}
