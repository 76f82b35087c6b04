package io.github.imagehost.mysql.row.album;

import java.time.Instant;

/**
 * What albums and tags know of an image.
 *
 * @param shown whether everybody may see it, any number of times
 */
public record FiledImageRow(long id, Instant uploadedAt, boolean shown) {}
