package io.github.imagehost.mysql.row.image;

/**
 * A blob whose object is to be deleted.
 *
 * @param settled whether its quarantine is over
 */
public record CondemnedRow(long blobId, String objectKey, boolean settled) {}
