package io.github.imagehost.rest.body;

import com.google.common.base.Splitter;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;

/**
 * Reads bodies such as {@code email=alice&password=…}, or the same as a JSON object, for clients of which some send
 * this and some that. Unlike parameters of a request, none of it comes from its address.
 */
@Component
public final class FormBody {

    private static final int LARGEST = 16 * 1024;
    private static final Splitter FIELDS = Splitter.on('&').omitEmptyStrings();

    private final JsonBody body;

    FormBody(JsonBody body) {
        this.body = body;
    }

    /**
     * The texts of its fields; the last of each counts.
     *
     * @throws ApiException if it is none of both, is larger than 16 KiB, too slow, or breaks off
     */
    public Map<String, String> read(HttpServletRequest request) {
        Map<String, String> fields = new HashMap<>();
        if (String.valueOf(request.getContentType()).toLowerCase(Locale.ROOT).contains("json")) {
            JsonNode object = body.read(request, LARGEST, ApiError.OBJECT_REQUIRED);
            for (String name : object.propertyNames()) {
                JsonNode value = object.get(name);
                if (value.isString()) {
                    fields.put(name, value.asString());
                }
            }
            return fields;
        }
        for (String field : FIELDS.split(new String(body.readBytes(request, LARGEST), StandardCharsets.UTF_8))) {
            int end = field.indexOf('=');
            if (end > 0) {
                fields.put(decoded(field.substring(0, end)), decoded(field.substring(end + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiError.BAD_REQUEST, e);
        }
    }
}
