package io.github.imagehost.core;

import io.github.imagehost.core.model.Image;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** The bytes of an image, on their way out. Close it, also before its end, to release everything. For one thread. */
public final class ImageContent implements AutoCloseable {

    private final Image image;
    private final InputStream stream;

    ImageContent(Image image, InputStream stream) {
        this.image = image;
        this.stream = stream;
    }

    /** The image whose bytes these are. */
    public Image image() {
        return image;
    }

    /** The bytes; the same stream on every call. */
    public InputStream stream() {
        return stream;
    }

    /**
     * Copies what was not read yet.
     *
     * @param out stays open
     * @return how many bytes were copied
     * @throws IOException if they can't be read or written
     */
    public long transferTo(OutputStream out) throws IOException {
        return stream.transferTo(out);
    }

    @Override
    public void close() throws IOException {
        stream.close();
    }
}
