package io.github.imagehost.core.port.store;

import io.github.imagehost.core.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Bytes in memory on their way into a store. They must not be changed any more. Safe for use by many threads. */
public final class ContentInMemory implements ObjectContent {

    private final byte[] bytes;
    private final String mimeType;
    private final Digest digest;

    /**
     * Hashes the bytes, and does not copy them.
     *
     * @param mimeType the media type to keep beside the object
     */
    public ContentInMemory(byte[] bytes, String mimeType) {
        this.bytes = bytes;
        this.mimeType = mimeType;
        this.digest = Digest.of(Digest.sha256().digest(bytes));
    }

    @Override
    public Digest digest() {
        return digest;
    }

    @Override
    public long size() {
        return bytes.length;
    }

    @Override
    public String mimeType() {
        return mimeType;
    }

    @Override
    public boolean mayHaveChanged() {
        return false;
    }

    @Override
    public InputStream open() {
        return new ByteArrayInputStream(bytes);
    }
}
