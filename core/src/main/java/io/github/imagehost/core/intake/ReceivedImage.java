package io.github.imagehost.core.intake;

import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.port.store.ObjectContent;
import java.io.IOException;
import java.io.InputStream;

/**
 * A picture that was received and found good, but is stored nowhere yet; as an {@link ObjectContent}, what is to be
 * stored of it. Holds memory or a temporary file until it is closed.
 */
public final class ReceivedImage implements ObjectContent, PositionalSource, AutoCloseable {

    private final String originalName;
    private final ImageDescriptor descriptor;
    private final SpooledContent content;
    private final PositionalSource copy;
    private final boolean endIsSupplied;

    ReceivedImage(
            String originalName,
            ImageDescriptor descriptor,
            SpooledContent content,
            PositionalSource copy,
            boolean endIsSupplied) {
        this.originalName = originalName;
        this.descriptor = descriptor;
        this.content = content;
        this.copy = copy;
        this.endIsSupplied = endIsSupplied;
    }

    /** What the uploader called it, cleaned: no path, no control characters, 1 to 255 characters. */
    public String originalName() {
        return originalName;
    }

    /** What is known of its content. */
    public ImageDescriptor descriptor() {
        return descriptor;
    }

    /**
     * Whether what was received is no whole picture, but lacks nothing of one except its end, which what is to be
     * stored has.
     */
    public boolean endIsSupplied() {
        return endIsSupplied;
    }

    @Override
    public Digest digest() {
        return descriptor.storedDigest();
    }

    @Override
    public long size() {
        return descriptor.storedSize();
    }

    @Override
    public String mimeType() {
        return descriptor.type().mimeType();
    }

    @Override
    public boolean mayHaveChanged() {
        return !content.isInMemory();
    }

    @Override
    public InputStream open() throws IOException {
        return copy.open();
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        return copy.read(position, target, offset, length);
    }

    /** Gives the memory or the temporary file back; may be repeated. */
    @Override
    public void close() {
        content.close();
    }
}
