package io.github.imagehost.rest.catalog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.DeleteLinks;
import io.github.imagehost.core.access.Principal;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.Pagination;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells owners what there is to know of their images. Safe for use by many threads. */
@Component
public final class ToldImages {

    private final ImageLinks links;
    private final DeleteLinks deleteLinks;

    ToldImages(ImageLinks links, DeleteLinks deleteLinks) {
        this.links = links;
        this.deleteLinks = deleteLinks;
    }

    /**
     * What is told of an image.
     *
     * @param details whoever asks
     * @param deleteUrl where everybody who knows it can delete the image; null for whoever may not delete it
     */
    public record ToldImage(
            @JsonUnwrapped ImageDetails details, @Nullable String deleteUrl) {}

    /**
     * What is told of a page of a list.
     *
     * @param images in their order
     * @param pagination where the page stands in its list
     */
    public record ToldPage(List<ToldImage> images, Pagination pagination) {

        public ToldPage {
            images = List.copyOf(images);
        }
    }

    /** What their owner, or whoever acts for him, is told of a page that is the answer to this query. */
    public ToldPage of(ImageQuery query, ImagePage page, Principal sender) {
        List<ToldImage> images =
                page.images().stream().map(image -> of(image, sender)).toList();
        return new ToldPage(images, Pagination.of(query, page));
    }

    /** What its owner, or whoever acts for him, is told of an image. */
    public ToldImage of(Image image, Principal sender) {
        return new ToldImage(
                ImageDetails.of(image, links),
                sender.may(Scope.DELETE) ? links.deleteUrlOf(image, deleteLinks.sign(image)) : null);
    }
}
