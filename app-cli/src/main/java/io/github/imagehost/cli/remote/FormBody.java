package io.github.imagehost.cli.remote;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongConsumer;

/** A form with some texts and one picture (RFC 7578), which is sent while it is read. To be sent once. */
final class FormBody {

    private final String boundary = "imagehost-" + UUID.randomUUID();
    private final Map<String, String> fields;
    private final UploadBytes bytes;
    private final String filename;
    private final LongConsumer sent;
    private volatile Optional<IOException> unreadable = Optional.empty();

    /**
     * @param fields texts without line breaks, by their names
     * @param filename any text
     * @param sent is told how many bytes of the picture have gone out
     */
    FormBody(Map<String, String> fields, UploadBytes bytes, String filename, LongConsumer sent) {
        this.fields = fields;
        this.bytes = bytes;
        this.filename = filename;
        this.sent = sent;
    }

    String contentType() {
        return "multipart/form-data; boundary=" + boundary;
    }

    /** Why the picture could not be read to its end; empty if it could, or was not to. */
    Optional<IOException> unreadable() {
        return unreadable;
    }

    BodyPublisher publisher() {
        StringBuilder texts = new StringBuilder();
        fields.forEach((name, text) -> texts.append(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + text + "\r\n"));
        String head = texts + "--" + boundary + "\r\nContent-Disposition: form-data; name=\"image\"; filename*=UTF-8''"
                + encoded(filename) + "\r\nContent-Type: application/octet-stream\r\n\r\n";
        return BodyPublishers.concat(
                BodyPublishers.ofString(head),
                BodyPublishers.fromPublisher(BodyPublishers.ofInputStream(this::open), bytes.size()),
                BodyPublishers.ofString("\r\n--" + boundary + "--\r\n"));
    }

    private InputStream open() {
        try {
            return new Counting(bytes.open());
        } catch (IOException e) {
            unreadable = Optional.of(e);
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in an extended parameter as it is, or by its bytes (RFC 8187). */
    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A");
    }

    private final class Counting extends FilterInputStream {

        private long count;

        Counting(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            try {
                int read = in.read(target, offset, length);
                count += Math.max(0, read);
                if (count > bytes.size() || (read < 0 && count < bytes.size())) {
                    throw new IOException("it has changed meanwhile");
                }
                sent.accept(count);
                return read;
            } catch (IOException e) {
                unreadable = Optional.of(e);
                throw e;
            }
        }
    }
}
