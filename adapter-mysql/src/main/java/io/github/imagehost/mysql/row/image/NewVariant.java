package io.github.imagehost.mysql.row.image;

import io.github.imagehost.core.model.Digest;

/**
 * A variant to reserve.
 *
 * @param sourceId of the blob that it is derived from
 * @param leaseMicros from now until the lease runs out, in microseconds
 * @param quarantineMicros from now until the quarantine is over, in microseconds
 */
public record NewVariant(
        long sourceId, Digest identity, String mimeType, String objectKey, long leaseMicros, long quarantineMicros) {}
