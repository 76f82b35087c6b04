package io.github.imagehost.core.variant;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.port.ObjectContent;
import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** A rendered picture on its way into the store. */
final class RenderedContent implements ObjectContent {

    private final byte[] bytes;
    private final ImageType type;
    private final Digest digest;

    RenderedContent(byte[] bytes, ImageType type) {
        this.bytes = bytes;
        this.type = type;
        this.digest = Digest.of(Hashing.sha256().hashBytes(bytes).asBytes());
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
        return type.mimeType();
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
