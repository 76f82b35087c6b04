package io.github.imagehost.core;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectFiles;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.variant.Variants;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens the bytes of images and of their variants, and tells a deletion from a loss: an object that is gone while its
 * image is live is damage, which must not look like a deletion. Safe for use by many threads.
 */
final class Downloads {

    private final ImageStore store;
    private final Optional<ObjectFiles> files;
    private final MetadataRepository repository;
    private final Optional<Variants> variants;

    /** @param variants empty if nothing is rendered */
    Downloads(ImageStore store, MetadataRepository repository, Optional<Variants> variants) {
        this.store = store;
        this.files = store.objectFiles();
        this.repository = repository;
        this.variants = variants;
    }

    ImageContent open(Image image) {
        return new ImageContent(image, ofLive(image, () -> store.open(image.objectKey())));
    }

    ImageContent open(Image image, ByteRange range) {
        return new ImageContent(image, ofLive(image, () -> store.open(image.objectKey(), range)));
    }

    Variant variant(Image image, Transformation transformation) {
        Variants rendering = variants.orElseThrow(
                () -> new IllegalStateException("An image host renders only with an image engine"));
        return ofLive(image, () -> rendering.variant(image, transformation).orElseThrow(() -> notFound(image)));
    }

    InputStream open(Variant variant) {
        return ofLive(variant, () -> store.open(variant.objectKey()));
    }

    InputStream open(Variant variant, ByteRange range) {
        return ofLive(variant, () -> store.open(variant.objectKey(), range));
    }

    Optional<Path> file(Image image) {
        return ofLive(
                image,
                () -> file(
                        image.objectKey(),
                        image.content().storedDigest(),
                        image.content().storedSize()));
    }

    Optional<Path> file(Variant variant) {
        return ofLive(variant, () -> file(variant.objectKey(), variant.digest(), variant.size()));
    }

    private Optional<Path> file(ObjectKey key, Digest digest, long size) {
        return files.flatMap(known -> known.file(key, digest, size));
    }

    private <T> T ofLive(Image image, Supplier<T> access) {
        try {
            return access.get();
        } catch (ObjectNotFoundException e) {
            throw repository.findByFilename(image.filename()).isPresent() ? e : notFound(image);
        }
    }

    private <T> T ofLive(Variant variant, Supplier<T> access) {
        try {
            return access.get();
        } catch (ObjectNotFoundException e) {
            throw repository.isLost(variant.objectKey())
                    ? new ImageNotFoundException("There is no variant " + variant.objectKey())
                    : e;
        }
    }

    private static ImageNotFoundException notFound(Image image) {
        return new ImageNotFoundException("There is no image " + image.filename());
    }
}
