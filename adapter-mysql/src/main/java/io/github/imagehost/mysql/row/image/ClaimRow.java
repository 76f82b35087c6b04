package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A live blob, and the image of it that one owner has.
 *
 * @param expired whether it is reserved and its lease has run out
 * @param missing whether it is stored, but its object is not there all the same
 * @param imageId null if the owner has none, like everything that follows
 * @param ended whether the owner has such an image, and it has expired
 */
public record ClaimRow(
        long blobId,
        BlobState state,
        boolean expired,
        boolean missing,
        long size,
        Digest storedDigest,
        long storedSize,
        String mimeType,
        int width,
        int height,
        String objectKey,
        @Nullable Long imageId,
        @Nullable String filename,
        @Nullable String originalName,
        @Nullable Instant uploadedAt,
        @Nullable Instant updatedAt,
        @Nullable String visibility,
        @Nullable Instant expiresAt,
        @Nullable Long viewsLeft,
        @Nullable Long linkEpoch,
        boolean ended) {}
