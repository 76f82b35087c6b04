package io.github.imagehost.rest.testing;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A multipart request, as browsers and curl make it. */
public final class Multipart {

    private static final String BOUNDARY = "----imagehost-test-boundary";

    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();

    public Multipart file(String field, String filename, byte[] content) {
        return part("form-data; name=\"" + field + "\"; filename=\"" + filename + "\"", content);
    }

    public Multipart text(String field, String value) {
        return part("form-data; name=\"" + field + "\"", value.getBytes(StandardCharsets.UTF_8));
    }

    /** A part with any content disposition. */
    public Multipart part(String contentDisposition, byte[] content) {
        return part(
                ("Content-Disposition: " + contentDisposition + "\r\nContent-Type: image/png")
                        .getBytes(StandardCharsets.UTF_8),
                content);
    }

    /** The same with a {@code Content-Transfer-Encoding}. */
    public Multipart encoded(String contentDisposition, String transferEncoding, byte[] content) {
        return part(
                ("Content-Disposition: " + contentDisposition + "\r\nContent-Transfer-Encoding: " + transferEncoding)
                        .getBytes(StandardCharsets.UTF_8),
                content);
    }

    /** A part with any headers, without the end of the last line. */
    public Multipart part(byte[] headers, byte[] content) {
        parts.writeBytes(("--" + BOUNDARY + "\r\n").getBytes(StandardCharsets.UTF_8));
        parts.writeBytes(headers);
        parts.writeBytes("\r\n\r\n".getBytes(StandardCharsets.UTF_8));
        parts.writeBytes(content);
        parts.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
        return this;
    }

    public String contentType() {
        return "multipart/form-data; boundary=" + BOUNDARY;
    }

    /** The whole body. */
    public byte[] bytes() {
        byte[] end = ("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.UTF_8);
        byte[] body = Arrays.copyOf(parts.toByteArray(), parts.size() + end.length);
        System.arraycopy(end, 0, body, parts.size(), end.length);
        return body;
    }
}
