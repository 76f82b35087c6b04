package io.github.imagehost.s3;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.s3.S3Bucket.OpenObject;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import software.amazon.awssdk.http.AbortableInputStream;

/**
 * The bytes of an object as they arrive. Fails when they end too early, and when those of a whole object are not the
 * ones that were put, before it gives the last of them; closing it before its end gives the connection up instead of
 * reading the rest. For one thread.
 */
final class Download extends InputStream {

    private final String name;
    private final AbortableInputStream in;
    private final Optional<String> announcedDigest;
    private final MessageDigest digest = Digest.sha256();
    private long remaining;
    private boolean closed;

    private Download(String name, AbortableInputStream in, long size, Optional<String> announcedDigest) {
        this.name = name;
        this.in = in;
        this.remaining = size;
        this.announcedDigest = announcedDigest;
    }

    /**
     * A whole object.
     *
     * @throws StoreException if the store does not say how long it is
     */
    static Download of(ObjectKey key, OpenObject object) {
        return new Download(key.value(), object.bytes(), length(key.value(), object), object.digest());
    }

    /**
     * A whole object of somebody else, whose metadata mean nothing.
     *
     * @throws StoreException if the store does not say how long it is
     */
    static Download of(String name, OpenObject object) {
        return new Download(name, object.bytes(), length(name, object), Optional.empty());
    }

    /**
     * Part of an object.
     *
     * @throws StoreException if what comes is not exactly this part
     */
    static Download of(ObjectKey key, ByteRange range, OpenObject object) {
        String part = object.response().contentRange();
        // a store may give the whole without saying so
        boolean exact = part == null
                ? range.offset() == 0
                : part.startsWith("bytes " + range.offset() + "-" + range.last() + "/");
        if (!exact || length(key.value(), object) != range.length()) {
            object.bytes().abort();
            throw new StoreException(
                    "Can't open " + range + " of " + key + ": the store has no such part, but " + part);
        }
        return new Download(key.value(), object.bytes(), range.length(), Optional.empty());
    }

    private static long length(String name, OpenObject object) {
        Long length = object.response().contentLength();
        if (length == null) {
            object.bytes().abort();
            throw new StoreException("Can't open " + name + ": the store does not say how long it is");
        }
        return length;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        Objects.checkFromIndexSize(offset, length, buffer.length);
        if (closed) {
            throw new IOException("The stream of " + name + " is closed");
        }
        if (length == 0) {
            return 0;
        }
        if (remaining == 0) {
            return -1;
        }
        int count = in.read(buffer, offset, (int) Math.min(length, remaining));
        if (count < 0) {
            throw new EOFException("The store ended " + name + " " + remaining + " bytes too early");
        }
        if (announcedDigest.isPresent()) {
            digest.update(buffer, offset, count);
            if (count == remaining) {
                requireDigest(announcedDigest.get());
            }
        }
        remaining -= count;
        return count;
    }

    private void requireDigest(String expected) throws IOException {
        if (!Digest.of(digest.digest()).hex().equals(expected)) {
            throw new IOException("The store gave other bytes for " + name + " than it was given");
        }
    }

    @Override
    public int available() throws IOException {
        return closed ? 0 : (int) Math.min(in.available(), remaining);
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        if (remaining > 0) {
            in.abort();
        } else {
            in.close();
        }
    }
}
