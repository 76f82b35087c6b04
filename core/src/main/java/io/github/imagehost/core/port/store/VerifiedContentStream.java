package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;

/**
 * The bytes of an {@link ObjectContent} on their way into a store. What is wrong with them is noticed before the last
 * of them is given, so that a store never receives a whole object of them: they are fewer or more than announced, or,
 * if they {@linkplain ObjectContent#mayHaveChanged() may have changed}, have another digest. For one thread.
 *
 * <p>It fails with {@link StoreException}s, also where the bytes can't be read: a store that writes them takes an
 * IOException for its own.
 */
public final class VerifiedContentStream extends InputStream {

    private final ObjectKey key;
    private final ObjectContent content;
    private final InputStream in;
    private final Optional<MessageDigest> digest;
    private long remaining;
    private boolean closed;

    private VerifiedContentStream(ObjectKey key, ObjectContent content, InputStream in) {
        this.key = key;
        this.content = content;
        this.in = in;
        this.digest = content.mayHaveChanged() ? Optional.of(Digest.sha256()) : Optional.empty();
        this.remaining = content.size();
    }

    /**
     * Opens the content.
     *
     * @param key where it is to be stored, for messages
     * @return a stream that the caller closes
     * @throws StoreException if the bytes can't be read; the stream throws it, too
     * @throws ContentMismatchException if they are not what was announced; the stream throws it, too
     */
    public static VerifiedContentStream open(ObjectKey key, ObjectContent content) {
        InputStream in;
        try {
            in = content.open();
        } catch (IOException e) {
            throw unreadable(key, e);
        }
        VerifiedContentStream stream = new VerifiedContentStream(key, content, in);
        if (content.size() == 0) {
            try {
                stream.verifyEnd();
            } catch (StoreException e) {
                try (stream) {
                    throw e;
                }
            }
        }
        return stream;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] buffer, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, buffer.length);
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
            throw unreadable(key, e);
        }
        if (count < 0) {
            throw mismatch("end " + remaining + " bytes before the announced " + content.size());
        }
        digest.ifPresent(sha256 -> sha256.update(buffer, offset, count));
        remaining -= count;
        if (remaining == 0) {
            verifyEnd();
        }
        return count;
    }

    private void verifyEnd() {
        int next;
        try {
            next = in.read();
        } catch (IOException e) {
            throw unreadable(key, e);
        }
        if (next >= 0) {
            throw mismatch("go on after the announced " + content.size());
        }
        digest.map(sha256 -> Digest.of(sha256.digest()))
                .filter(actual -> !actual.equals(content.digest()))
                .ifPresent(actual -> {
                    throw mismatch("are " + actual + ", announced was " + content.digest());
                });
    }

    /**
     * Closes the content's own stream, once; may be repeated.
     *
     * @throws StoreException if that fails
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            in.close();
        } catch (IOException e) {
            throw unreadable(key, e);
        }
    }

    private ContentMismatchException mismatch(String how) {
        return new ContentMismatchException("The bytes to store under " + key + " " + how);
    }

    private static StoreException unreadable(ObjectKey key, IOException cause) {
        return new StoreException("Can't read the bytes to store under " + key, cause);
    }
}
