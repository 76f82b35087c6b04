package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What there is to know about an object in the store.
 *
 * @param missing whether it is stored, but not there all the same
 * @param sourceId of a variant or a copy: the blob that it goes with
 * @param quarantineEnd until then a late request may still store the object
 */
public record BlobRow(
        long id,
        BlobState state,
        boolean missing,
        Digest digest,
        @Nullable Long sourceId,
        Digest storedDigest,
        long storedSize,
        String mimeType,
        String objectKey,
        Instant quarantineEnd) {}
