package io.github.imagehost.rest.error;

import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;

/**
 * How the clients of a protocol are told of errors, in place of the {@link Envelope}; whatever failed, be it a
 * controller, a filter or the server.
 */
public interface ErrorFormat {

    /** Whose routes are answered so. */
    Protocol protocol();

    /**
     * What is answered.
     *
     * @param path where the request leads
     * @param status that it would be answered with elsewhere
     * @param message for people, in their language
     */
    Told tell(RequestPath path, ApiError error, int status, String message);

    /**
     * An error as it is told.
     *
     * @param body is written as JSON
     */
    record Told(int status, Object body) {}

    /**
     * Whether an error says that this request is of no use, and not that of another sender, or of another time. Clients
     * of many hosts show people the reason only if such an answer looks like a success to whoever sees no more of it
     * than its status.
     */
    static boolean isRefusal(ApiError error) {
        return switch (error.status()) {
            case BAD_REQUEST, NOT_FOUND, CONTENT_TOO_LARGE, UNSUPPORTED_MEDIA_TYPE, UNPROCESSABLE_CONTENT -> true;
            default ->
                error == ApiError.QUOTA_EXCEEDED || error == ApiError.FETCH_OFF || error == ApiError.FETCH_FORBIDDEN;
        };
    }
}
