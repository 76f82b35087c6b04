package io.github.imagehost.mysql.row.listing;

/** One range of ids, and somebody who has images in it. */
public record OwnerRange(long ownerId, long idRange) {}
