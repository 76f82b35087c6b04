package io.github.imagehost.rest.filing;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.album.ImageFiling;
import io.github.imagehost.core.view.ImageDetails;
import java.util.List;

/**
 * An image, and where it was put.
 *
 * @param image all else that is told of it
 * @param tags that it has, in their order
 * @param albums the ids of those that it is in
 */
public record FiledImage(@JsonUnwrapped ImageDetails image, List<String> tags, List<Long> albums) {

    /** This image, which was put there. */
    public static FiledImage of(ImageDetails image, ImageFiling filing) {
        return new FiledImage(image, filing.tags().stream().map(Tag::value).toList(), List.copyOf(filing.albums()));
    }
}
