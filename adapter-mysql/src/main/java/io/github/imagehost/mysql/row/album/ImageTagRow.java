package io.github.imagehost.mysql.row.album;

/** An image has a tag. */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record ImageTagRow(long imageId, byte[] foldedName) {}
