package io.github.imagehost.mysql.row;

/** Which blob an image points to. */
public record ImageReferenceRow(long id, long blobId) {}
