package io.github.imagehost.core.walk;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import java.io.IOException;
import java.io.InputStream;

/**
 * The bytes of an object as they are, whatever they should be: asked for as a range, since a store may refuse to give
 * the whole of an object that it knows to be damaged.
 *
 * @param digest as {@link #digestOf} read it
 */
public record RawObject(ImageStore store, ObjectKey key, long size, Digest digest) implements ObjectContent {

    /** An object as it lies there now; it is read once to learn its digest. */
    public static RawObject read(ImageStore store, ObjectKey key, long size) throws IOException {
        return new RawObject(store, key, size, digestOf(store, key, size));
    }

    /** Reads the first bytes of an object, as many as it is said to have. */
    public static Digest digestOf(ImageStore store, ObjectKey key, long size) throws IOException {
        try (InputStream in = open(store, key, size)) {
            return Digest.ofAll(in);
        }
    }

    private static InputStream open(ImageStore store, ObjectKey key, long size) {
        return size == 0 ? InputStream.nullInputStream() : store.open(key, new ByteRange(0, size));
    }

    @Override
    public InputStream open() {
        return open(store, key, size);
    }

    @Override
    public String mimeType() {
        return "application/octet-stream";
    }
}
