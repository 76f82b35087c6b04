package io.github.imagehost.core.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Optional;

/** Walks through pictures in memory. */
final class Walks {

    private Walks() {}

    static Optional<WalkedImage> walk(byte[] picture, ImageLimits limits, MetadataPolicy policy)
            throws MalformedImageException, ImageLimitException {
        try {
            return ImageWalker.walk(new ByteArrayInputStream(picture), picture.length, limits, policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static WalkedImage walk(byte[] picture) throws MalformedImageException, ImageLimitException {
        return walk(picture, ImageLimits.DEFAULT, MetadataPolicy.KEEP).orElseThrow();
    }

    static byte[] copy(byte[] picture, MetadataPolicy policy) throws MalformedImageException, ImageLimitException {
        Rewrite rewrite =
                walk(picture, ImageLimits.DEFAULT, policy).orElseThrow().rewrite();
        try (InputStream in = rewrite.of(new ByteArrayInputStream(picture))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
