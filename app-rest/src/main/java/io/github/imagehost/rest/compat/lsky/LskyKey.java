package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.catalog.ImageLookup;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What stands for an image: the name in its link, without the extension if the service gave the name. Names of
 * elsewhere, as adopted images have them, may differ in nothing else.
 */
final class LskyKey {

    /** What precedes the extension in names that the service gives. */
    private static final Pattern GIVEN = Pattern.compile("[a-z2-7]{26}");

    private LskyKey() {}

    /** The key of the image with this name in its link. */
    static String of(String filename) {
        String start = filename.substring(0, Math.max(0, filename.lastIndexOf('.')));
        return namesOf(start).anyMatch(filename::equals) ? start : filename;
    }

    /** The names that the service may have given to what has this key. */
    private static Stream<String> namesOf(String key) {
        return GIVEN.matcher(key).matches()
                ? Arrays.stream(ImageType.values()).map(type -> key + "." + type.extension())
                : Stream.empty();
    }

    /** The owner's image with this key, or with this name in its link; empty if there is none. */
    static Optional<Image> find(ImageLookup images, OwnerId owner, String key) {
        return Stream.concat(Stream.of(key), namesOf(key))
                .flatMap(name -> images.findByFilename(owner, name).stream())
                .findFirst();
    }
}
