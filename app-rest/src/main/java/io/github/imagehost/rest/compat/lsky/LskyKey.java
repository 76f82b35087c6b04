package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.catalog.ImageLookup;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What stands for an image: the name in its link without the extension, or with it if that is not the usual one. */
final class LskyKey {

    private LskyKey() {}

    /** The key of the image with this name in its link. */
    static String of(String filename) {
        int dot = filename.lastIndexOf('.');
        return dot > 0 && isUsual(filename.substring(dot + 1)) ? filename.substring(0, dot) : filename;
    }

    private static boolean isUsual(String extension) {
        for (ImageType type : ImageType.values()) {
            if (type.extension().equals(extension)) {
                return true;
            }
        }
        return false;
    }

    /** The owner's image with this key; empty if there is none, or more than one, as names of elsewhere may be. */
    static Optional<Image> find(ImageLookup images, OwnerId owner, String key) {
        List<Image> found = new ArrayList<>();
        for (ImageType type : ImageType.values()) {
            images.findByFilename(owner, key + "." + type.extension()).ifPresent(found::add);
        }
        images.findByFilename(owner, key).ifPresent(found::add);
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }
}
