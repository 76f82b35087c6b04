package io.github.imagehost.core.intake;

import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.model.Digest;
import java.io.IOException;
import java.io.InputStream;

/** Bytes from outside in a {@link Spool}, until they are closed. Nobody has looked at them yet. */
public interface SpooledContent extends PositionalSource, AutoCloseable {

    /** Of all the bytes. */
    Digest digest();

    /** The number of bytes, at least 1. */
    long size();

    /** A new stream over all the bytes; whoever opens it closes it. */
    InputStream open() throws IOException;

    /** Whether they can't have changed since they were hashed, as those in a file can. */
    boolean isInMemory();

    /** Gives the space back; may be repeated. */
    @Override
    void close();
}
