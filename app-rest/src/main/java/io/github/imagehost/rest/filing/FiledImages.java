package io.github.imagehost.rest.filing;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImagePage;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.Pagination;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Tells of images where they were put. Safe for use by many threads. */
@Component
public final class FiledImages {

    private final Albums albums;
    private final ImageLinks links;

    FiledImages(Albums albums, ImageLinks links) {
        this.albums = albums;
        this.links = links;
    }

    /**
     * A page of a list.
     *
     * @param images in their order
     * @param pagination where the page stands in its list
     */
    public record Page(List<FiledImage> images, Pagination pagination) {}

    /** An image, as it is told to its owner. */
    public FiledImage told(Image image) {
        return told(image.owner(), List.of(image)).get(0);
    }

    /** Images of one owner, as they are told to it. */
    public List<FiledImage> told(OwnerId owner, List<Image> images) {
        Map<Long, ImageFiling> filings =
                albums.filings(owner, images.stream().map(Image::id).toList());
        return images.stream()
                .map(image -> FiledImage.of(
                        ImageDetails.of(image, links), filings.getOrDefault(image.id(), ImageFiling.NONE)))
                .toList();
    }

    /** A page, which is the answer to this query. */
    public Page page(ImageQuery query, ImagePage page) {
        return new Page(told(query.owner(), page.images()), Pagination.of(query, page));
    }
}
