package io.github.imagehost.s3;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.VerifiedContentStream;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.ContentStreamProvider;

/** The bytes of a put, opened and verified afresh for each time they are sent. For one thread. */
final class PutBody implements ContentStreamProvider, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PutBody.class);

    private final ObjectKey key;
    private final ObjectContent content;
    private @Nullable VerifiedContentStream current;

    PutBody(ObjectKey key, ObjectContent content) {
        this.key = key;
        this.content = content;
    }

    /**
     * @throws StoreException if the bytes can't be read; the streams throw it too, rather than an IOException, because
     *     that would look like a connection that broke, and be tried again
     * @throws ContentMismatchException if they are not what was announced; the streams throw it, too
     */
    @Override
    public InputStream newStream() {
        close();
        VerifiedContentStream stream = VerifiedContentStream.open(key, content);
        current = stream;
        return stream;
    }

    /** Closes the stream that was opened last: the SDK leaves that to whoever provides it. */
    @Override
    public void close() {
        VerifiedContentStream open = current;
        current = null;
        if (open != null) {
            try {
                open.close();
            } catch (StoreException e) {
                // its bytes were verified or refused before: nothing depends on this any more
                log.warn("Can't close the bytes to store under {}", key, e);
            }
        }
    }
}
