package io.github.imagehost.rest.web;

import java.util.OptionalLong;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Reads ids strictly: {@code 26abc} is none, and neither is {@code "26"} in JSON. */
final class ImageIds {

    private static final Pattern WHOLE_NUMBER = Pattern.compile("[0-9]+");

    private ImageIds() {}

    /**
     * @throws ApiException if the text is not a whole number from 1
     */
    static long parse(String text) {
        return valid(parseNumber(text));
    }

    /**
     * @throws ApiException if the node is not a whole number from 1
     */
    static long parse(JsonNode node) {
        return valid(node.isIntegralNumber() ? parseNumber(node.asString()) : OptionalLong.empty());
    }

    private static OptionalLong parseNumber(String text) {
        if (!WHOLE_NUMBER.matcher(text).matches()) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            // larger than any id: legal, but of no image
            return OptionalLong.of(Long.MAX_VALUE);
        }
    }

    private static long valid(OptionalLong id) {
        if (id.isEmpty() || id.getAsLong() < 1) {
            throw new ApiException(ApiError.INVALID_ID);
        }
        return id.getAsLong();
    }
}
