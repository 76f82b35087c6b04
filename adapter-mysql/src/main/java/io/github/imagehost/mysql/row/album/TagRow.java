package io.github.imagehost.mysql.row.album;

/** A tag, and how many images have it. */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record TagRow(long id, byte[] foldedName, long images) {}
