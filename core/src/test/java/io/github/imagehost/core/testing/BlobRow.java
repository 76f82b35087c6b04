package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import java.time.Instant;
import java.util.Optional;

/**
 * What the {@link InMemoryMetadataRepository} holds of a blob.
 *
 * @param storedDigest of its object; of a variant, it means nothing before it is stored
 * @param source what it is derived from, if it is a variant
 * @param deletionDue when its object is to be deleted; {@link Instant#MAX} until it is condemned
 * @param missing whether it is stored, but noted as missing
 */
public record BlobRow(
        long id,
        Digest digest,
        Digest storedDigest,
        ObjectKey key,
        Optional<ObjectKey> source,
        BlobState state,
        Instant leaseEnd,
        Instant quarantineEnd,
        Instant deletionDue,
        boolean missing) {}
