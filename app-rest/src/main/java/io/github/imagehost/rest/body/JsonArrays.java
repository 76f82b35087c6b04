package io.github.imagehost.rest.body;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/** Reads bodies such as <code>{"ids":[1,2,3]}</code>. */
@Component
public final class JsonArrays {

    private final JsonBody body;

    JsonArrays(JsonBody body) {
        this.body = body;
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
        JsonNode array = body.read(request, rules.maxBytes(), rules.absent()).get(name);
        if (array == null || !array.isArray() || array.isEmpty()) {
            throw new ApiException(rules.absent());
        }
        if (array.size() > rules.maxElements()) {
            throw new ApiException(rules.tooMany(), String.valueOf(rules.maxElements()));
        }
        return List.copyOf(array.values());
    }
}
