package io.github.imagehost.rest.error;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.request.RequestRecord;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What every answer of the API is wrapped in.
 *
 * @param success whether the request did what it asked for
 * @param message for people, in their language
 * @param data the answer itself, if there is one
 * @param timestamp when it was made
 * @param code for programs; only with errors
 * @param requestId by which the administrator finds the request in the log; only with errors
 */
@JsonPropertyOrder({"success", "message", "data", "timestamp", "code", "requestId"})
public record Envelope(
        boolean success,
        String message,
        @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable Object data,
        String timestamp,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String code,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String requestId) {

    /** The answer to a request that was done. */
    public static Envelope success(String message, @Nullable Object data) {
        return new Envelope(true, message, data, Timestamps.format(Instant.now()), null, null);
    }

    /**
     * The answer to a request that failed.
     *
     * @param record of the request
     */
    public static Envelope error(RequestRecord record, ApiError error, String message, @Nullable Object data) {
        return new Envelope(false, message, data, Timestamps.format(Instant.now()), error.code(), record.id());
    }
}
