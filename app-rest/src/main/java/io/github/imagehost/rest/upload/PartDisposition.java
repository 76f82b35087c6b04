package io.github.imagehost.rest.upload;

import io.github.imagehost.rest.request.ClientText;
import java.io.UnsupportedEncodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.tomcat.util.http.fileupload.util.mime.MimeUtility;
import org.springframework.web.util.UriUtils;

/**
 * The {@code Content-Disposition} of a part: what its field and its file are called. Clients write more than RFC 7578
 * (4.2) allows: paths with single backslashes, escapes of several kinds, and any character set.
 */
final class PartDisposition {

    private static final String FORM_DATA = "form-data";

    private final Map<String, String> parameters;

    private PartDisposition(Map<String, String> parameters) {
        this.parameters = parameters;
    }

    /** @param header the header's value, of whatever type it is */
    static PartDisposition of(String header) {
        boolean isFormData = header.regionMatches(true, 0, FORM_DATA, 0, FORM_DATA.length());
        return new PartDisposition(isFormData ? parameters(header) : Map.of());
    }

    /** The name of the field; empty if it has none. */
    String field() {
        return parameters.getOrDefault("name", "").trim();
    }

    /** Whether a name of a file is stated, be it empty or one that can't be read. */
    boolean hasFilename() {
        return parameters.containsKey("filename") || parameters.containsKey("filename*");
    }

    /**
     * The name as the client means it, still with its path. {@code filename*} counts before {@code filename}, wherever
     * they stand, if it can be read (RFC 6266, 4.3).
     *
     * @return empty if there is no name that can be read
     */
    Optional<String> filename() {
        return Optional.ofNullable(parameters.get("filename*"))
                .flatMap(PartDisposition::extended)
                .or(() -> Optional.ofNullable(parameters.get("filename")).flatMap(PartDisposition::plain));
    }

    /** The first of each name counts. */
    private static Map<String, String> parameters(String header) {
        Map<String, String> parameters = new HashMap<>();
        int end = header.indexOf(';');
        while (end >= 0) {
            int equals = header.indexOf('=', end);
            if (equals < 0) {
                break;
            }
            String name = header.substring(header.lastIndexOf(';', equals) + 1, equals);
            int start = skipSpace(header, equals + 1);
            boolean quoted = start < header.length() && header.charAt(start) == '"';
            int valueEnd = quoted ? closingQuote(header, start + 1) : endOfToken(header, start);
            String value = quoted
                    ? unescaped(header.substring(start + 1, valueEnd))
                    : header.substring(start, valueEnd).trim();
            parameters.putIfAbsent(name.trim().toLowerCase(Locale.ROOT), value);
            end = header.indexOf(';', valueEnd);
        }
        return parameters;
    }

    private static int skipSpace(String header, int from) {
        int position = from;
        while (position < header.length() && Character.isWhitespace(header.charAt(position))) {
            position++;
        }
        return position;
    }

    private static int endOfToken(String header, int from) {
        int end = header.indexOf(';', from);
        return end < 0 ? header.length() : end;
    }

    private static int closingQuote(String header, int from) {
        int position = from;
        while (position < header.length() && header.charAt(position) != '"') {
            position += isEscape(header, position) ? 2 : 1;
        }
        return Math.min(position, header.length());
    }

    /** Any other backslash stands for itself: Windows separates its paths by it. */
    private static boolean isEscape(String text, int position) {
        return text.startsWith("\\\"", position) || text.startsWith("\\\\", position);
    }

    private static String unescaped(String quoted) {
        StringBuilder text = new StringBuilder(quoted.length());
        for (int i = 0; i < quoted.length(); i++) {
            if (isEscape(quoted, i)) {
                i++;
            }
            text.append(quoted.charAt(i));
        }
        return text.toString();
    }

    /** RFC 8187. Whatever is called UTF-8 may be GBK all the same. */
    private static Optional<String> extended(String value) {
        String[] parts = value.split("'", 3);
        if (parts.length < 3) {
            return Optional.empty();
        }
        try {
            Charset charset = Charset.forName(parts[0].trim());
            String bytes = UriUtils.decode(parts[2], StandardCharsets.ISO_8859_1);
            return Optional.of(
                    charset.equals(StandardCharsets.UTF_8)
                            ? ClientText.decode(bytes)
                            : new String(bytes.getBytes(StandardCharsets.ISO_8859_1), charset));
        } catch (IllegalArgumentException e) {
            // what can't be read is no name
            return Optional.empty();
        }
    }

    /**
     * Browsers and curl escape three characters by percent signs, and nothing else, the percent sign included (HTML,
     * 4.10.22.8); clients that took the form from mail encode words (RFC 2047).
     */
    private static Optional<String> plain(String value) {
        try {
            return Optional.of(MimeUtility.decodeText(
                    value.replace("%22", "\"").replace("%0D", "\r").replace("%0A", "\n")));
        } catch (UnsupportedEncodingException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
