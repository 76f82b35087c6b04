package io.github.imagehost.rest.catalog;

import io.github.imagehost.core.model.ImageIds;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import java.util.LinkedHashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads ids in requests strictly: {@code 26abc} is refused, and so is {@code "26"} in JSON. */
public final class RequestedIds {

    /** How many of them one request may have. */
    public static final int MOST = 100;

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

    /**
     * The ids in the array of a field.
     *
     * @return in their order; each counts once
     * @throws ApiException if it is no array of 1 to {@link #MOST} ids
     */
    public static Set<Long> read(JsonFields fields, String name) {
        JsonNode array = fields.get(name);
        if (array == null || !array.isArray() || array.isEmpty() || array.size() > MOST) {
            throw ApiException.illegalParameter(name, "legal.ids", String.valueOf(MOST));
        }
        return array.values().stream().map(RequestedIds::parse).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static long valid(OptionalLong id) {
        return id.orElseThrow(() -> new ApiException(ApiError.INVALID_ID));
    }
}
