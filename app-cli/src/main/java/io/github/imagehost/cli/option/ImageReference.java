package io.github.imagehost.cli.option;

import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.core.view.ImageDetails;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** How people name an image. */
public sealed interface ImageReference {

    /** What a link may have behind its path. */
    Pattern QUERY_OR_FRAGMENT = Pattern.compile("[?#].*", Pattern.DOTALL);

    /** How a SHA-256 looks, in small or capital letters. */
    Pattern SHA_256 = Pattern.compile("[0-9A-Fa-f]{64}");

    /**
     * Reads a SHA-256, an id, the path of a file, a filename or a whole link, also one to an address that the host had
     * before.
     *
     * @throws IllegalArgumentException if it is a number, but no id
     */
    static ImageReference parse(String text) {
        if (SHA_256.matcher(text).matches()) {
            return new Content(Digest.parse(text.toLowerCase(Locale.ROOT)), text);
        }
        if (ImageIds.isNumber(text)) {
            return new Id(idIn(text));
        }
        return isFile(text) ? new LocalFile(Path.of(text)) : new Filename(filenameIn(text));
    }

    /**
     * The id in a text.
     *
     * @throws IllegalArgumentException if it is not a whole number from 1
     */
    static long idIn(String text) {
        return ImageIds.parse(text)
                .orElseThrow(() -> new IllegalArgumentException(
                        ImageIds.isNumber(text)
                                ? "An image id is a whole number from 1, not 0"
                                : "'" + text + "' is not an image id, which is a whole number from 1"));
    }

    /** The last part of a link; a text that is no link as it is. */
    static String filenameIn(String link) {
        String path = QUERY_OR_FRAGMENT.matcher(link).replaceFirst("");
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static boolean isFile(String text) {
        try {
            return Files.isRegularFile(Path.of(text));
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /**
     * The image; empty if there is no such image.
     *
     * @throws IOException if it is the one in a file, which can't be read
     */
    Optional<ImageDetails> findIn(PictureHost pictures) throws IOException;

    /** An image's number. */
    record Id(long value) implements ImageReference {

        @Override
        public Optional<ImageDetails> findIn(PictureHost pictures) {
            return pictures.find(value);
        }

        @Override
        public String toString() {
            return String.valueOf(value);
        }
    }

    /** The SHA-256 of what was uploaded. */
    record Content(Digest digest, String text) implements ImageReference {

        @Override
        public Optional<ImageDetails> findIn(PictureHost pictures) {
            return pictures.find(digest);
        }

        @Override
        public String toString() {
            return text;
        }
    }

    /** A file whose bytes may have been uploaded. */
    record LocalFile(Path path) implements ImageReference {

        @Override
        public Optional<ImageDetails> findIn(PictureHost pictures) throws IOException {
            try (InputStream in = Files.newInputStream(path)) {
                return pictures.find(Digest.ofAll(in));
            }
        }

        @Override
        public String toString() {
            return "with the bytes of " + path;
        }
    }

    /** The last part of an image's link. */
    record Filename(String value) implements ImageReference {

        @Override
        public Optional<ImageDetails> findIn(PictureHost pictures) {
            return pictures.findByFilename(value);
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
