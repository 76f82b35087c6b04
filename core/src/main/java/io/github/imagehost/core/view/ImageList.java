package io.github.imagehost.core.view;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import java.util.List;

/**
 * A page of a list.
 *
 * @param images in their order
 * @param pagination where the page stands in its list
 */
public record ImageList(List<ImageDetails> images, Pagination pagination) {

    public ImageList {
        images = List.copyOf(images);
    }

    /** This page, which is the answer to this query, under these links. */
    public static ImageList of(ImageQuery query, ImagePage page, ImageLinks links) {
        return new ImageList(
                page.images().stream()
                        .map(image -> ImageDetails.of(image, links))
                        .toList(),
                Pagination.of(query, page));
    }
}
