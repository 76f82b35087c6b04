package io.github.imagehost.core.transform;

import java.io.IOException;
import java.io.InputStream;

/** Where the bytes of a picture come from. */
@FunctionalInterface
public interface ImageSource {

    /**
     * A new stream over all the bytes; whoever opens it closes it.
     *
     * @throws IOException if the bytes can't be read
     */
    InputStream open() throws IOException;
}
