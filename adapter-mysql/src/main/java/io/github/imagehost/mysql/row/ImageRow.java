package io.github.imagehost.mysql.row;

import io.github.imagehost.core.model.Digest;
import java.time.Instant;

/** An image with what is known of its blob. */
public record ImageRow(
        long id,
        long ownerId,
        String filename,
        String originalName,
        Digest digest,
        long size,
        Digest storedDigest,
        long storedSize,
        String mimeType,
        int width,
        int height,
        String objectKey,
        Instant uploadedAt,
        Instant updatedAt) {}
