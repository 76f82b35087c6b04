package io.github.imagehost.core.intake.spool;

import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.model.Digest;

/** Bytes from outside in a {@link Spool}, at least one, until they are closed. Nobody has looked at them yet. */
public interface SpooledContent extends PositionalSource, AutoCloseable {

    /** Of all the bytes. */
    Digest digest();

    /** Whether they can't have changed since they were hashed, as those in a file can. */
    boolean isInMemory();

    /** Gives the space back; may be repeated. */
    @Override
    void close();
}
