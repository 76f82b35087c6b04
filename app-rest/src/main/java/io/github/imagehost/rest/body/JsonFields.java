package io.github.imagehost.rest.body;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The fields of a JSON object that a client has sent, of which none is unknown. */
public final class JsonFields {

    private static final int LARGEST = 16 * 1024;

    private final JsonNode object;

    private JsonFields(JsonNode object) {
        this.object = object;
    }

    /**
     * Reads the object that a body consists of.
     *
     * @param legal the names that its fields may have
     * @throws ApiException if it is none, or has another field
     */
    public static JsonFields read(JsonBody body, HttpServletRequest request, List<String> legal) {
        return read(body, request, legal, LARGEST);
    }

    /**
     * The same for a body that may be larger, or has to be smaller.
     *
     * @param maxBytes how large it may be
     */
    public static JsonFields read(JsonBody body, HttpServletRequest request, List<String> legal, int maxBytes) {
        JsonNode object = body.read(request, maxBytes, ApiError.OBJECT_REQUIRED);
        if (!object.isObject()) {
            throw new ApiException(ApiError.OBJECT_REQUIRED);
        }
        for (String name : object.propertyNames()) {
            if (!legal.contains(name)) {
                throw ApiException.illegalParameter(name, "legal.fields", String.join(", ", legal));
            }
        }
        return new JsonFields(object);
    }

    /** The value of a field; null if it is absent. */
    public @Nullable JsonNode get(String name) {
        return object.get(name);
    }

    /** Whether the field is there and null. */
    public boolean isNull(String name) {
        JsonNode value = object.get(name);
        return value != null && value.isNull();
    }

    /**
     * The text of a field.
     *
     * @return empty if the field is absent or null
     * @throws ApiException if it is something else
     */
    public Optional<String> text(String name) {
        return isNull(name)
                ? Optional.empty()
                : parse(name, Optional::of, () -> ApiException.illegalParameter(name, "legal.text"));
    }

    /**
     * The text of a field that has to be there.
     *
     * @throws ApiException if it is absent, or something else
     */
    public String requiredText(String name) {
        Supplier<ApiException> illegal = () -> ApiException.illegalParameter(name, "legal.text");
        return parse(name, Optional::of, illegal).orElseThrow(illegal);
    }

    /**
     * The value of a field that is a text.
     *
     * @param parser makes the value of it; answers empty or throws an {@link IllegalArgumentException} for what is not
     *     legal
     * @param illegal what is wrong then, or if it is no text
     * @return empty if the field is absent
     */
    public <T> Optional<T> parse(String name, Function<String, Optional<T>> parser, Supplier<ApiException> illegal) {
        JsonNode value = object.get(name);
        if (value == null) {
            return Optional.empty();
        }
        return Optional.of(parse(value, parser).orElseThrow(illegal));
    }

    private static <T> Optional<T> parse(JsonNode value, Function<String, Optional<T>> parser) {
        try {
            return value.isString() ? parser.apply(value.asString()) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
