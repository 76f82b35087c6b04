package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.Digest;
import java.io.IOException;
import java.io.InputStream;

/**
 * Bytes on their way into a store. The same bytes can be read as often as a store needs to, for instance to try again.
 */
public interface ObjectContent {

    /** The SHA-256 of the bytes. */
    Digest digest();

    /** The number of bytes, at least 0. */
    long size();

    /** The media type to keep beside the object, as in {@code image/png}. */
    String mimeType();

    /**
     * Whether the bytes may have become others than the digest says, since it was computed, as those of a file may. A
     * store looks at such bytes once more while it stores them.
     */
    default boolean mayHaveChanged() {
        return true;
    }

    /**
     * A new stream over all the bytes; whoever opens it closes it.
     *
     * @throws IOException if the bytes can't be read any more
     */
    InputStream open() throws IOException;
}
