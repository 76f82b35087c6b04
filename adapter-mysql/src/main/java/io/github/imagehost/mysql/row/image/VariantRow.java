package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;

/**
 * A live variant.
 *
 * @param expired whether it is reserved and its lease has run out
 * @param storedDigest of its object, once it is stored
 * @param storedSize of its object, once it is stored
 */
public record VariantRow(
        long blobId,
        BlobState state,
        boolean expired,
        String mimeType,
        String objectKey,
        Digest storedDigest,
        long storedSize) {}
