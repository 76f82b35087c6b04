package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.NameFolding;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.SearchText;

/**
 * Says in Java which images a filter lets through: what a repository in memory does, and what a database is compared
 * with.
 */
final class ImageSelection {

    private ImageSelection() {}

    /** Whether the filter lets this image through, in whichever albums it is and whatever tags it has. */
    static boolean matches(ImageFilter filter, Image image) {
        ImageDescriptor content = image.content();
        return finds(filter.text(), image)
                && filter.filename().map(image.filename()::equals).orElse(true)
                && filter.type().map(content.type()::equals).orElse(true)
                && filter.minSize().map(size -> content.size() >= size).orElse(true)
                && filter.maxSize().map(size -> content.size() <= size).orElse(true)
                && filter.uploadedFrom()
                        .map(time -> !image.uploadedAt().isBefore(time))
                        .orElse(true)
                && filter.uploadedBefore()
                        .map(time -> image.uploadedAt().isBefore(time))
                        .orElse(true)
                && filter.digest().map(content.digest()::equals).orElse(true)
                && filter.visibility().map(image.sharing().visibility()::equals).orElse(true);
    }

    /** Whether the text finds this image; not by a name that the image got from another one. */
    private static boolean finds(SearchText text, Image image) {
        return NameFolding.fold(image.originalName()).contains(NameFolding.fold(text.value()))
                || text.digest().map(image.content().digest()::equals).orElse(false)
                || text.linkName()
                        .map(name -> name.equals(image.filename())
                                || name.equals(image.objectKey().value()))
                        .orElse(false);
    }
}
