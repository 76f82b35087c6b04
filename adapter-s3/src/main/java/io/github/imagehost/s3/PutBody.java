package io.github.imagehost.s3;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.http.ContentStreamProvider;

/**
 * The bytes of a put, opened afresh for each time they are sent. Bytes that {@linkplain ObjectContent#mayHaveChanged()
 * may} not be what was announced, and are not, are noticed before the last of them goes out, so that a store never
 * receives a whole body of them. For one thread.
 */
final class PutBody implements ContentStreamProvider, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(PutBody.class);

    private final ObjectKey key;
    private final ObjectContent content;
    private @Nullable InputStream current;

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
        InputStream in;
        try {
            in = content.open();
        } catch (IOException e) {
            throw unreadable(e);
        }
        current = in;
        if (!content.mayHaveChanged()) {
            return in;
        }
        VerifyingStream stream = new VerifyingStream(in, content.size());
        if (content.size() == 0) {
            stream.verifyEnd();
        }
        return stream;
    }

    /** Closes the stream that was opened last: the SDK leaves that to whoever provides it. */
    @Override
    public void close() {
        InputStream open = current;
        current = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // its bytes were verified or refused before: nothing depends on this any more
                log.warn("Can't close the bytes to store under {}", key, e);
            }
        }
    }

    private StoreException unreadable(IOException e) {
        return new StoreException("Can't read the bytes to store under " + key, e);
    }

    private final class VerifyingStream extends InputStream {

        private final InputStream in;
        private final MessageDigest digest = Digest.sha256();
        private long remaining;

        VerifyingStream(InputStream in, long size) {
            this.in = in;
            this.remaining = size;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            if (length == 0) {
                return 0;
            }
            if (remaining == 0) {
                return -1;
            }
            int count;
            try {
                count = in.read(buffer, offset, (int) Math.min(length, remaining));
            } catch (IOException e) {
                throw unreadable(e);
            }
            if (count < 0) {
                throw mismatch("end " + remaining + " bytes before the announced " + content.size());
            }
            digest.update(buffer, offset, count);
            remaining -= count;
            if (remaining == 0) {
                verifyEnd();
            }
            return count;
        }

        void verifyEnd() {
            int next;
            try {
                next = in.read();
            } catch (IOException e) {
                throw unreadable(e);
            }
            if (next >= 0) {
                throw mismatch("go on after the announced " + content.size());
            }
            Digest actual = Digest.of(digest.digest());
            if (!actual.equals(content.digest())) {
                throw mismatch("are " + actual + ", announced was " + content.digest());
            }
        }

        private ContentMismatchException mismatch(String how) {
            return new ContentMismatchException("The bytes to store under " + key + " " + how);
        }
    }
}
