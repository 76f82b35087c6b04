package io.github.imagehost.mysql.row.image;

/**
 * Which blob an image points to.
 *
 * @param fileSize of the image, in bytes
 */
public record ImageReferenceRow(long id, long ownerId, long blobId, long fileSize) {}
