package io.github.imagehost.mysql.row.listing;

/**
 * Where an owner has put images.
 *
 * @param album whether it is an album; otherwise it is a tag
 * @param id of the album or tag
 * @param images how many there are
 */
public record Membership(boolean album, long id, long images) {}
