package io.github.imagehost.cli.terminal;

import io.github.imagehost.core.model.Retryable;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A service does not answer, or has no time or no room now. */
public final class ServiceUnavailableException extends RuntimeException implements Retryable {

    private static final long serialVersionUID = 1L;

    private static final String DEFAULT_CODE = "service_unavailable";

    private final String code;
    private final Duration retryAfter;
    private final boolean doneNothing;

    private ServiceUnavailableException(
            String code, String message, Duration retryAfter, boolean doneNothing, @Nullable Throwable cause) {
        super(message, cause);
        this.code = code;
        this.retryAfter = retryAfter;
        this.doneNothing = doneNothing;
    }

    /**
     * The service says so itself, and has done nothing.
     *
     * @param code what programs tell it apart by
     * @param message one sentence
     * @param retryAfter how long the service wants to be left alone
     */
    public static ServiceUnavailableException busy(String code, String message, Duration retryAfter) {
        return new ServiceUnavailableException(code, message, retryAfter, true, null);
    }

    /** The service never got the request. */
    public static ServiceUnavailableException notReached(String message, Throwable cause) {
        return new ServiceUnavailableException(DEFAULT_CODE, message, Duration.ZERO, true, cause);
    }

    /**
     * There is no answer of the service, so that nobody knows what it has done.
     *
     * @param cause null if something between answers instead
     */
    public static ServiceUnavailableException notAnswered(String message, @Nullable Throwable cause) {
        return new ServiceUnavailableException(DEFAULT_CODE, message, Duration.ZERO, false, cause);
    }

    /** What programs tell it apart by. */
    String code() {
        return code;
    }

    @Override
    public Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the service has done nothing; nobody knows otherwise. */
    public boolean hasDoneNothing() {
        return doneNothing;
    }
}
