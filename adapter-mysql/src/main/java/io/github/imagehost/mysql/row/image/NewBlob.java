package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;

/**
 * A blob to reserve.
 *
 * @param leaseMicros from now until the lease runs out, in microseconds
 * @param quarantineMicros from now until the quarantine is over, in microseconds
 */
public record NewBlob(
        Digest digest,
        long size,
        Digest storedDigest,
        long storedSize,
        String mimeType,
        int width,
        int height,
        String objectKey,
        long leaseMicros,
        long quarantineMicros) {}
