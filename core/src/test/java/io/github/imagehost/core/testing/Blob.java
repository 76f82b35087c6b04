package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Variant;
import java.time.Instant;
import java.util.Optional;

/** A blob of the {@link InMemoryMetadataRepository}. */
public final class Blob {
    final long id;
    final ObjectKey key;
    final Instant leaseEnd;
    ImageDescriptor content;
    Instant quarantineEnd;
    boolean missing;
    BlobState state = BlobState.RESERVED;
    Instant deletionDue = Instant.MAX;
    /** What it goes with, if it is a variant or a copy. */
    Optional<ObjectKey> source = Optional.empty();

    Optional<Variant> variant = Optional.empty();

    Blob(long id, ImageDescriptor content, ObjectKey key, Instant leaseEnd, Instant quarantineEnd) {
        this.id = id;
        this.content = content;
        this.key = key;
        this.leaseEnd = leaseEnd;
        this.quarantineEnd = quarantineEnd;
    }

    /** Its number. */
    public long id() {
        return id;
    }

    /** How far it is. */
    public BlobState state() {
        return state;
    }

    Blob copy() {
        Blob copy = new Blob(id, content, key, leaseEnd, quarantineEnd);
        copy.state = state;
        copy.deletionDue = deletionDue;
        copy.source = source;
        copy.variant = variant;
        copy.missing = missing;
        return copy;
    }
}
