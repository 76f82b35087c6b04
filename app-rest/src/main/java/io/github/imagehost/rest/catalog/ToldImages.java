package io.github.imagehost.rest.catalog;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.Pagination;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Tells owners what there is to know of their images. Safe for use by many threads. */
@Component
public final class ToldImages {

    private final ImageLinks links;
    private final DeleteLinks deleteLinks;
    private final Albums albums;

    ToldImages(ImageLinks links, DeleteLinks deleteLinks, Albums albums) {
        this.links = links;
        this.deleteLinks = deleteLinks;
        this.albums = albums;
    }

    /**
     * What is told of an image.
     *
     * @param image all else
     * @param tags that it has, in their order
     * @param albums the ids of those that it is in
     * @param deleteUrl where everybody who knows it can delete the image; null for whoever may not delete it
     */
    public record ToldImage(
            @JsonUnwrapped ImageDetails image,
            List<String> tags,
            List<Long> albums,
            @Nullable String deleteUrl) {}

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
        return new ToldPage(of(page.images(), sender), Pagination.of(query, page));
    }

    /** What its owner, or whoever acts for him, is told of an image. */
    public ToldImage of(Image image, Principal sender) {
        return of(List.of(image), sender).get(0);
    }

    private List<ToldImage> of(List<Image> images, Principal sender) {
        Map<Long, ImageFiling> filings =
                albums.filings(sender.owner(), images.stream().map(Image::id).toList());
        return images.stream()
                .map(image -> of(image, filings.getOrDefault(image.id(), ImageFiling.NONE), sender))
                .toList();
    }

    private ToldImage of(Image image, ImageFiling filing, Principal sender) {
        return new ToldImage(
                ImageDetails.of(image, links),
                filing.tags().stream().map(Tag::value).toList(),
                List.copyOf(filing.albums()),
                sender.may(Scope.DELETE) ? links.deleteUrlOf(image, deleteLinks.sign(image)) : null);
    }
}
