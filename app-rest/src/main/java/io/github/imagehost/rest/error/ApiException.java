package io.github.imagehost.rest.error;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.support.DefaultMessageSourceResolvable;

/** A request is answered with an error. */
public final class ApiException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final ApiError error;
    private final transient List<Object> arguments;

    public ApiException(ApiError error, Object... arguments) {
        this(error, null, arguments);
    }

    public ApiException(ApiError error, @Nullable Throwable cause, Object... arguments) {
        super(error.code(), cause);
        this.error = error;
        this.arguments = List.of(arguments);
    }

    /**
     * A parameter that is not legal.
     *
     * @param legal the key of the message that says what is
     * @param arguments what that message's place-holders stand for
     */
    public static ApiException illegalParameter(String parameter, String legal, Object... arguments) {
        return new ApiException(
                ApiError.INVALID_PARAMETER,
                parameter,
                new DefaultMessageSourceResolvable(new String[] {legal}, arguments));
    }

    /** What is told to the client. */
    public ApiError error() {
        return error;
    }

    /** What the message's place-holders stand for. */
    List<Object> arguments() {
        return arguments;
    }
}
