package io.github.imagehost.rest.testing;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What came back on a {@linkplain RawRequest raw connection}: one answer, without interim ones. */
public record RawAnswer(int status, String head, String body) {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Pattern CHUNK = Pattern.compile("([0-9a-fA-F]+)\r\n");

    /** Takes it apart. */
    public static RawAnswer of(String received) {
        int end = received.indexOf("\r\n\r\n");
        String head = received.substring(0, end);
        String body = received.substring(end + 4);
        boolean isChunked = head.toLowerCase(Locale.ROOT).contains("transfer-encoding: chunked");
        return new RawAnswer(
                Integer.parseInt(head.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())),
                head,
                isChunked ? joined(body) : body);
    }

    private static String joined(String chunks) {
        byte[] bytes = chunks.getBytes(StandardCharsets.UTF_8);
        String latin1 = new String(bytes, StandardCharsets.ISO_8859_1);
        StringBuilder joined = new StringBuilder();
        Matcher size = CHUNK.matcher(latin1);
        int position = 0;
        while (size.find(position)) {
            int length = Integer.parseInt(size.group(1), 16);
            joined.append(latin1, size.end(), size.end() + length);
            position = size.end() + length + 2;
            if (length == 0 || position > latin1.length()) {
                break;
            }
        }
        return new String(joined.toString().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    }

    public JsonNode json() {
        return JSON.readTree(body);
    }
}
