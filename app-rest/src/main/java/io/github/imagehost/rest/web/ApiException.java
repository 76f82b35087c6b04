package io.github.imagehost.rest.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A request is answered with an error. */
final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;
    private final transient List<Object> arguments;

    ApiException(ApiError error, Object... arguments) {
        this(error, null, arguments);
    }

    ApiException(ApiError error, @Nullable Throwable cause, Object... arguments) {
        super(error.code(), cause);
        this.error = error;
        this.arguments = List.of(arguments);
    }

    ApiError error() {
        return error;
    }

    /** What the message's place-holders stand for. */
    List<Object> arguments() {
        return arguments;
    }
}
