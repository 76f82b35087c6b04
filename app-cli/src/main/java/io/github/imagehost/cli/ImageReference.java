package io.github.imagehost.cli;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Image;
import java.util.Optional;
import java.util.regex.Pattern;

/** How people name an image. */
sealed interface ImageReference {

    /** What a link may have behind its path. */
    Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#].*", Pattern.DOTALL);

    /**
     * Reads an id, a filename or a whole link, also one to an address that the host had before.
     *
     * @throws IllegalArgumentException if it is a number, but no id
     */
    static ImageReference parse(String text) {
        if (ImageIds.looksLikeId(text)) {
            return new Id(ImageIds.parse(text));
        }
        String path = QUERY_OR_FRAGMENT.matcher(text).replaceFirst("");
        return new Filename(path.substring(path.lastIndexOf('/') + 1));
    }

    /** The image; empty if there is none. */
    Optional<Image> findIn(ImageHost host);

    /** An image's number. */
    record Id(long value) implements ImageReference {

        @Override
        public Optional<Image> findIn(ImageHost host) {
            return host.find(value);
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** The last part of an image's link. */
    record Filename(String value) implements ImageReference {

        @Override
        public Optional<Image> findIn(ImageHost host) {
            return host.findByFilename(value);
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
