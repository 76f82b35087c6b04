package io.github.imagehost.core.model;

import java.util.List;
import java.util.Optional;

/**
 * One page of a list of images.
 *
 * @param images in the order that was asked for; empty behind the last page
 * @param totalItems how many images the whole list has
 * @param next where the next page continues; empty on the last page
 */
public record ImagePage(List<Image> images, long totalItems, Optional<ImageCursor> next) {

    public ImagePage {
        images = List.copyOf(images);
    }
}
