package io.github.imagehost.mysql.row;

/** An image is in an album. */
public record ImageAlbumRow(long imageId, long albumId) {}
