package io.github.imagehost.rest.body;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies such as <code>{"ids":[1,2,3]}</code>. */
@Component
public final class JsonArrays {

    private final JsonMapper json;
    private final Duration time;

    JsonArrays(JsonMapper json, ServiceSettings settings) {
        this.json = json;
        this.time = settings.uploadLimits().time();
    }

    /**
     * What an array may be.
     *
     * @param maxElements how many elements it may have
     * @param maxBytes how large the body may be
     * @param absent what is wrong if there is no array, or nothing in it
     * @param tooMany what is wrong if it has more elements
     */
    public record Rules(int maxElements, int maxBytes, ApiError absent, ApiError tooMany) {}

    /**
     * The elements of the array that a body consists of.
     *
     * @throws ApiException if it is not as the rules say, or if the body is broken or too slow
     */
    public List<JsonNode> read(HttpServletRequest request, String name, Rules rules) {
        JsonNode array = property(body(request, rules.maxBytes()), name, rules.absent());
        if (array == null || !array.isArray() || array.isEmpty()) {
            throw new ApiException(rules.absent());
        }
        if (array.size() > rules.maxElements()) {
            throw new ApiException(rules.tooMany(), String.valueOf(rules.maxElements()));
        }
        return List.copyOf(array.values());
    }

    private byte[] body(HttpServletRequest request, int maxBytes) {
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

    private @Nullable JsonNode property(byte[] body, String name, ApiError absent) {
        try {
            return json.readTree(body).get(name);
        } catch (JacksonException e) {
            throw new ApiException(absent, e);
        }
    }
}
