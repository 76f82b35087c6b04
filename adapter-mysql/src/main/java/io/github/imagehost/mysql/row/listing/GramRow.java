package io.github.imagehost.mysql.row.listing;

/**
 * Which images of a range have a gram in their names.
 *
 * @param ids as {@code Postings} writes them
 */
@SuppressWarnings("ArrayRecordComponent") // is written and read, never compared
public record GramRow(long idRange, byte[] gram, byte[] ids) {}
