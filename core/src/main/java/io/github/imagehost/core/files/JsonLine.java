package io.github.imagehost.core.files;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/** JSON as it is in files of lines: one object, whose values are texts and whole numbers. */
public final class JsonLine {

    private static final JsonFactory JSON = JsonFactory.builder()
            // half of a surrogate pair alone can't be written in UTF-8
            .highestNonEscapedChar(Character.MIN_SURROGATE - 1)
            .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
            .build();

    private JsonLine() {}

    /**
     * Writes an object, without a line feed.
     *
     * @param values whole numbers as {@link Long}, and everything else as its text, in the order in which they are
     *     written
     */
    public static String write(Map<String, ?> values) {
        StringWriter line = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), line)) {
            json.writeStartObject();
            values.forEach((name, value) -> {
                if (value instanceof Long number) {
                    json.writeNumberProperty(name, number);
                } else {
                    json.writeStringProperty(name, value.toString());
                }
            });
            json.writeEndObject();
        }
        return line.toString();
    }

    /**
     * Reads an object.
     *
     * @return a {@link String} or a {@link Long} for each name, in the order of the text
     * @throws IllegalArgumentException if the text is anything else, or has a name twice; the message is the end of a
     *     sentence about it
     */
    public static Map<String, Object> read(String text) {
        try (JsonParser json = JSON.createParser(ObjectReadContext.empty(), text)) {
            return object(json);
        }
    }

    private static Map<String, Object> object(JsonParser json) {
        Map<String, Object> values = new LinkedHashMap<>();
        try {
            require(json, json.nextToken() == JsonToken.START_OBJECT);
            while (json.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = json.currentName();
                if (values.put(name, value(json)) != null) {
                    throw new IllegalArgumentException("it has '" + name + "' twice");
                }
            }
            require(json, json.nextToken() == null);
            return values;
        } catch (UnexpectedEndOfInputException e) {
            throw new IllegalArgumentException("it ends too early", e);
        } catch (JacksonException e) {
            throw unexpected(json, e);
        }
    }

    private static Object value(JsonParser json) {
        JsonToken token = json.nextToken();
        require(json, token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NUMBER_INT);
        return token == JsonToken.VALUE_STRING ? json.getString() : (Object) json.getLongValue();
    }

    private static void require(JsonParser json, boolean isExpected) {
        if (!isExpected) {
            throw unexpected(json, null);
        }
    }

    private static IllegalArgumentException unexpected(JsonParser json, @Nullable Throwable cause) {
        int character = json.currentLocation().getColumnNr();
        return new IllegalArgumentException("its character " + character + " does not belong there", cause);
    }
}
