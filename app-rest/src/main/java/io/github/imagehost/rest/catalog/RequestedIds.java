package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;

/** Reads ids in requests strictly: {@code 26abc} is refused, and so is {@code "26"} in JSON. */
public final class RequestedIds {

    private RequestedIds() {}

    /**
     * The id that a text says.
     *
     * @throws ApiException if the text is not a whole number from 1
     */
    public static long parse(String text) {
        return valid(ImageIds.parse(text));
    }

    /**
     * The id that a node is.
     *
     * @throws ApiException if it is not a whole number from 1
     */
    public static long parse(JsonNode node) {
        return valid(node.isIntegralNumber() ? ImageIds.parse(node.asString()) : OptionalLong.empty());
    }

    private static long valid(OptionalLong id) {
        return id.orElseThrow(() -> new ApiException(ApiError.INVALID_ID));
    }
}
