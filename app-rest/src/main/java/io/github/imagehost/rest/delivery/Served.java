package io.github.imagehost.rest.delivery;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.rest.delivery.Redirects.Redirect;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;
import org.springframework.http.ContentDisposition;

/** Bytes that a client asks for. */
sealed interface Served {

    /** The image that they show. */
    Image image();

    Digest digest();

    long size();

    ImageType type();

    ContentDisposition disposition();

    /** Whether another client would get other bytes under the same address, because it accepts other formats. */
    boolean dependsOnAccept();

    /** Counts that they are sent, and answers whether they may be. */
    boolean countView();

    /** Another place where they are, if clients are to be sent there. */
    Optional<Redirect> elsewhere();

    /** A file of this machine with exactly these bytes, if there is one. */
    Optional<Path> file();

    /** The bytes, or some of them; whoever asked for them closes them. */
    InputStream open(Optional<ByteRange> range);

    /** An image as it is stored. */
    record Whole(ImageHost host, Image image, ContentDisposition disposition, Redirects redirects) implements Served {

        @Override
        public Digest digest() {
            return image.content().storedDigest();
        }

        @Override
        public long size() {
            return image.content().storedSize();
        }

        @Override
        public ImageType type() {
            return image.content().type();
        }

        @Override
        public boolean dependsOnAccept() {
            return false;
        }

        @Override
        public boolean countView() {
            return host.countView(image);
        }

        @Override
        public Optional<Redirect> elsewhere() {
            return redirects.of(image, disposition);
        }

        @Override
        public Optional<Path> file() {
            return host.file(image);
        }

        @Override
        public InputStream open(Optional<ByteRange> range) {
            return (range.isPresent() ? host.open(image, range.get()) : host.open(image)).stream();
        }
    }

    /** An image in another size or format. */
    record Derived(ImageHost host, Image image, Variant variant, ContentDisposition disposition) implements Served {

        @Override
        public Digest digest() {
            return variant.digest();
        }

        @Override
        public long size() {
            return variant.size();
        }

        @Override
        public ImageType type() {
            return variant.type();
        }

        @Override
        public boolean dependsOnAccept() {
            return true;
        }

        @Override
        public boolean countView() {
            return host.countView(image);
        }

        @Override
        public Optional<Redirect> elsewhere() {
            return Optional.empty();
        }

        @Override
        public Optional<Path> file() {
            return host.file(variant);
        }

        @Override
        public InputStream open(Optional<ByteRange> range) {
            return range.isPresent() ? host.open(variant, range.get()) : host.open(variant);
        }
    }
}
