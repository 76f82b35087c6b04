package io.github.imagehost.mysql.row.listing;

/** An image's folded name, in UTF-8. */
@SuppressWarnings("ArrayRecordComponent") // is read, never compared
public record NameRow(long id, byte[] foldedName) {}
