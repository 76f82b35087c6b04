package io.github.imagehost.mysql.row.listing;

/** Ids from the first to the last, both of them too. */
public record IdInterval(long first, long last) {}
