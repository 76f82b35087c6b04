package io.github.imagehost.core.source;

import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;

/** An item that holds a picture, or something that may be one. */
public interface PictureItem extends BulkItem {

    /** What to call the picture; any text. */
    String originalName();

    /** Since when there is the picture; empty for one that begins now. */
    Optional<Instant> date();

    /**
     * Opens what it holds.
     *
     * @return a stream that the caller closes
     * @throws IOException if it can't be read
     */
    InputStream open() throws IOException;
}
