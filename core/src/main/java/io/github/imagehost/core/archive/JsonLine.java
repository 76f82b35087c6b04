package io.github.imagehost.core.archive;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * JSON as it is in an archive: one object without white space, whose values are texts and whole numbers. Nothing else is read, since
 * nothing else is written.
 */
final class JsonLine {

    private static final int HEX = 16;
    private static final int UNICODE_DIGITS = 4;
    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANT = "\"\\/\b\f\n\r\t";

    private final String text;
    private int position;

    private JsonLine(String text) {
        this.text = text;
    }

    /**
     * Writes an object.
     *
     * @param values texts and {@link Long}s, in the order in which they are written
     */
    static String write(Map<String, Object> values) {
        StringBuilder line = new StringBuilder("{");
        values.forEach((name, value) -> {
            line.append(line.length() > 1 ? "," : "");
            quote(name, line);
            line.append(':');
            if (value instanceof Long) {
                line.append(value);
            } else {
                quote(value.toString(), line);
            }
        });
        return line.append('}').toString();
    }

    private static void quote(String value, StringBuilder line) {
        line.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                line.append('\\').append(c);
            } else if (c < ' ' || Character.isSurrogate(c)) {
                // half a pair alone can't be written otherwise
                line.append(String.format("\\u%04x", (int) c));
            } else {
                line.append(c);
            }
        }
        line.append('"');
    }

    /**
     * Reads an object.
     *
     * @throws IllegalArgumentException if the text is anything else, or has a name twice
     */
    static Map<String, Object> read(String text) {
        return new JsonLine(text).object();
    }

    private Map<String, Object> object() {
        Map<String, Object> values = new LinkedHashMap<>();
        expect('{');
        char end = peek() == '}' ? next() : ',';
        while (end == ',') {
            String name = string();
            expect(':');
            Object value = peek() == '"' ? string() : number();
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("it has '" + name + "' twice");
            }
            end = next();
        }
        if (end != '}' || position < text.length()) {
            throw unexpected();
        }
        return values;
    }

    private String string() {
        StringBuilder value = new StringBuilder();
        expect('"');
        for (char c = next(); c != '"'; c = next()) {
            if (c < ' ') {
                throw unexpected();
            }
            value.append(c == '\\' ? escaped() : c);
        }
        return value.toString();
    }

    private char escaped() {
        char c = next();
        int index = ESCAPED.indexOf(c);
        if (index >= 0) {
            return MEANT.charAt(index);
        }
        if (c != 'u' || position + UNICODE_DIGITS > text.length()) {
            throw unexpected();
        }
        String digits = text.substring(position, position + UNICODE_DIGITS);
        position += UNICODE_DIGITS;
        return (char) Integer.parseUnsignedInt(digits, HEX);
    }

    private Long number() {
        int start = position;
        while (position < text.length() && (Character.isDigit(text.charAt(position)) || text.charAt(position) == '-')) {
            position++;
        }
        return Long.valueOf(text.substring(start, position));
    }

    private void expect(char expected) {
        if (next() != expected) {
            throw unexpected();
        }
    }

    private char peek() {
        if (position == text.length()) {
            throw new IllegalArgumentException("it ends too early");
        }
        return text.charAt(position);
    }

    private char next() {
        char c = peek();
        position++;
        return c;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("its character " + position + " does not belong there");
    }
}
