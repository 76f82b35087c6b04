package io.github.imagehost.mysql.row.listing;

/**
 * What a look at some images found.
 *
 * @param seen how many there were
 * @param wanted how many of them are wanted
 */
public record SampleRow(long seen, long wanted) {}
