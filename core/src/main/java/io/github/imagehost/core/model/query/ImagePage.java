package io.github.imagehost.core.model.query;

import io.github.imagehost.core.model.Image;
import java.util.List;
import java.util.Optional;

/**
 * One page of a list of images.
 *
 * @param images in the order that was asked for; empty behind the last page
 * @param totalItems how many images the whole list has
 * @param totalIsEstimate whether that is only about right; never so up to {@value #EXACT_TOTAL} images, or
 *     {@value #EXACT_TOTAL_OF_ALBUM} of an album or a tag of which something else is asked, too; nor without a filter,
 *     or with an album or a tag alone
 * @param next where the next page continues; empty on the last page
 */
public record ImagePage(List<Image> images, long totalItems, boolean totalIsEstimate, Optional<ImageCursor> next) {

    /** Up to so many images are always counted. */
    public static final int EXACT_TOTAL = 10_000;

    /** The same with an album or a tag, and other filters besides. */
    public static final int EXACT_TOTAL_OF_ALBUM = 1_000;

    public ImagePage {
        images = List.copyOf(images);
    }
}
