package io.github.imagehost.mysql.row;

/** An image has a tag. */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record ImageTagRow(long imageId, byte[] foldedName) {}
