package io.github.imagehost.mysql.row.listing;

import java.time.Instant;

/**
 * Images that are counted together.
 *
 * @param bytes of all of them
 * @param firstUploadedAt the upload of the first of them
 * @param lastUploadedAt and of the last
 */
public record SlotRow(int slot, long images, long bytes, Instant firstUploadedAt, Instant lastUploadedAt) {}
