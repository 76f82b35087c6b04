package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.Retryable;
import org.jspecify.annotations.Nullable;

/** The engine could not render a picture in time, or not start to. It may succeed later. */
public final class EngineOverloadedException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    /** @param message what there is too much of */
    public EngineOverloadedException(String message) {
        this(message, null);
    }

    /** @param message what there is too much of */
    public EngineOverloadedException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
