package io.github.imagehost.core.migration;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectContent;
import java.io.InputStream;

/**
 * An object on its way from one store to another, which refuses it if its bytes are not the blob's. It is asked for as
 * a range, since a store may refuse to give the whole of an object that it knows to be damaged, and does not say then
 * what is wrong.
 */
record MigratedContent(ImageStore source, BlobEntry blob) implements ObjectContent {

    @Override
    public Digest digest() {
        return blob.storedDigest();
    }

    @Override
    public long size() {
        return blob.storedSize();
    }

    @Override
    public String mimeType() {
        return blob.type().mimeType();
    }

    @Override
    public InputStream open() {
        return source.open(blob.objectKey(), new ByteRange(0, blob.storedSize()));
    }
}
