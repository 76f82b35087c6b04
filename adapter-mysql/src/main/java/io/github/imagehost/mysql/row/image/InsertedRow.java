package io.github.imagehost.mysql.row.image;

/**
 * An image that was just inserted.
 *
 * @param limited whether its owner has a quota
 */
public record InsertedRow(ImageRow image, boolean limited) {}
