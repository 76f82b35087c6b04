package io.github.imagehost.mysql.row.listing;

import java.time.Instant;

/**
 * An owner's images in one range of ids.
 *
 * @param images how many there are
 * @param bytes of them, as they were uploaded
 * @param indexed whether the index of names knows all of them
 * @param firstUploadedAt none of them was uploaded before
 * @param lastUploadedAt nor after
 */
public record RangeRow(
        long idRange, long images, long bytes, boolean indexed, Instant firstUploadedAt, Instant lastUploadedAt) {}
