package io.github.imagehost.rest.body;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads the body of a request as JSON, whatever type it is announced as. */
@Component
public final class JsonBody {

    private final JsonMapper json;
    private final Duration time;

    JsonBody(JsonMapper json, ServiceSettings settings) {
        this.json = json;
        this.time = settings.uploadLimits().time();
    }

    /**
     * The body.
     *
     * @param maxBytes how large it may be
     * @param broken what is wrong if it is no JSON
     * @throws ApiException if it is none, is too large, too slow, or breaks off
     */
    public JsonNode read(HttpServletRequest request, int maxBytes, ApiError broken) {
        byte[] body = readBytes(request, maxBytes);
        try {
            return json.readTree(body);
        } catch (JacksonException e) {
            throw new ApiException(broken, e);
        }
    }

    /**
     * The body as it came.
     *
     * @throws ApiException if it is too large, too slow, or breaks off
     */
    byte[] readBytes(HttpServletRequest request, int maxBytes) {
        byte[] body;
        try {
            body = new TimeLimitedInputStream(request.getInputStream(), time).readNBytes(maxBytes + 1);
        } catch (IOException e) {
            throw TimeLimitedInputStream.problemOf(e, ApiError.REQUEST_TOO_SLOW);
        }
        if (body.length > maxBytes) {
            throw new ApiException(ApiError.REQUEST_TOO_LARGE);
        }
        return body;
    }
}
