package io.github.imagehost.mysql.row.listing;

/**
 * The last image of a sorted list that is to be read.
 *
 * @param key its value of the sorted column, in the type of the column
 */
public record ListEnd(Object key, long id) {}
