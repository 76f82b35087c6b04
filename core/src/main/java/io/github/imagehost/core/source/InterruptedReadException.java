package io.github.imagehost.core.source;

import io.github.imagehost.core.model.Retryable;
import java.io.IOException;

/** A connection broke while an item was read: reading it again from the beginning makes sense. */
public final class InterruptedReadException extends IOException implements Retryable {

    private static final long serialVersionUID = 1L;

    InterruptedReadException(IOException cause) {
        super(cause.getMessage(), cause);
    }
}
