package io.github.imagehost.mysql.row.album;

import org.jspecify.annotations.Nullable;

/** An image is in an album, or has a tag; the other one is null. */
@SuppressWarnings("ArrayRecordComponent") // is never compared
public record ImagePlacementRow(long imageId, @Nullable Long albumId, byte @Nullable [] foldedName) {}
