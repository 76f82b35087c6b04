package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.primitives.Bytes;
import io.github.imagehost.rest.error.ApiException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.tomcat.util.http.fileupload.FileItemIterator;
import org.apache.tomcat.util.http.fileupload.FileItemStream;
import org.apache.tomcat.util.http.fileupload.FileUpload;
import org.apache.tomcat.util.http.fileupload.UploadContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MultipartPartsTest {

    private static final String BOUNDARY = "----boundary-of-the-test";
    private static final String TYPE = "multipart/form-data; boundary=" + BOUNDARY;
    private static final String DELIMITER = "\r\n--" + BOUNDARY;

    /** @param filename empty if it has none */
    private record Found(String field, String filename, String content) {}

    @Test
    void anotherParserFindsTheSameParts() throws IOException {
        for (int seed = 0; seed < 1_000; seed++) {
            Random random = new Random(seed);
            byte[] body = body(random);

            assertThat(parts(TYPE, inPieces(body, random))).as("seed %d", seed).isEqualTo(tomcatsParts(body));
        }
    }

    @Test
    void whatLacksItsEndFailsWhereverItIsCutOff() {
        for (int seed = 0; seed < 3; seed++) {
            byte[] body = body(new Random(seed));
            int end = Bytes.indexOf(body, bytes(DELIMITER + "--")) + DELIMITER.length() + 2;

            for (int length = 0; length < end; length++) {
                byte[] beginning = Arrays.copyOf(body, length);

                assertThatThrownBy(() -> parts(TYPE, new ByteArrayInputStream(beginning)))
                        .as("%d of %d bytes", length, body.length)
                        .isInstanceOf(IOException.class);
            }
        }
    }

    /** A picture is looked at as soon as its end is seen, so that is where the failure has to be. */
    @Test
    void aPartWithoutItsEndFailsWhileItIsRead() throws IOException {
        byte[] body = bytes("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=image\r\n\r\nsome bytes");
        FormPart part =
                MultipartParts.of(TYPE, new ByteArrayInputStream(body)).next().orElseThrow();

        assertThatThrownBy(() -> part.content().readAllBytes()).isInstanceOf(IOException.class);
    }

    @Test
    void aDelimiterWithMoreBehindItIsContent() throws IOException {
        String content = "x" + DELIMITER + "y\r\nz";

        assertThat(parts(TYPE, new ByteArrayInputStream(body(part("image", content)))))
                .containsExactly(new Found("image", "", content));
    }

    @Test
    void whatWasNotReadOfAPartIsSkipped() throws IOException {
        MultipartParts parts =
                MultipartParts.of(TYPE, new ByteArrayInputStream(body(part("a", "x".repeat(100_000)), part("b", "y"))));

        assertThat(parts.next().orElseThrow().content().read()).isEqualTo('x');
        assertThat(parts.next().orElseThrow().content().readAllBytes()).isEqualTo(bytes("y"));
        assertThat(parts.next()).isEmpty();
        assertThat(parts.next()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = '|',
            value = {
                "multipart/form-data; boundary=%s",
                "multipart/form-data; boundary=\"%s\"",
                "multipart/form-data;boundary=%s;charset=utf-8",
                "Multipart/Form-Data; charset=utf-8; Boundary=%s ",
                "multipart/mixed; boundary=%s",
            })
    void theTypeIsReadAsClientsWriteIt(String type) throws IOException {
        assertThat(parts(type.formatted(BOUNDARY), new ByteArrayInputStream(body(part("image", "x")))))
                .containsExactly(new Found("image", "", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"multipart/form-data", "multipart/form-data; boundary=", "text/plain", "", "x", ";;=;"})
    void anyOtherTypeIsRefused(String type) {
        assertThatThrownBy(() -> parts(type, new ByteArrayInputStream(body(part("image", "x")))))
                .isInstanceOf(ApiException.class);
    }

    @Test
    void partsInsideOfPartsAreContent() throws IOException {
        String inner = "--inner\r\nContent-Disposition: file; filename=a.png\r\n\r\nx\r\n--inner--";
        byte[] body = bytes("--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=image\r\n"
                + "Content-Type: multipart/mixed; boundary=inner\r\n\r\n" + inner + DELIMITER + "--");

        assertThat(parts(TYPE, new ByteArrayInputStream(body))).containsExactly(new Found("image", "", inner));
    }

    @Test
    void headersMayBeFoldedAndFollowEachOtherInAnyOrder() throws IOException {
        byte[] body = bytes("--" + BOUNDARY + "\r\ncontent-type: image/png\r\nno header at all\r\n"
                + "CONTENT-DISPOSITION: form-data;\r\n\tname=image;\r\n filename=a.png\r\n\r\nx" + DELIMITER
                + "--\r\n");

        assertThat(parts(TYPE, new ByteArrayInputStream(body))).containsExactly(new Found("image", "a.png", "x"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 40})
    void headersOfAPartThatAreFarTooLongAreRefused(int lines) {
        String line = "X-Padding: " + "x".repeat(20_000 / lines) + "\r\n";
        byte[] body = bytes("--" + BOUNDARY + "\r\n" + line.repeat(lines) + "\r\nx" + DELIMITER + "--");

        assertThatThrownBy(() -> parts(TYPE, new ByteArrayInputStream(body))).isInstanceOf(ApiException.class);
    }

    private static byte[] body(String... parts) {
        return bytes(String.join("\r\n", parts) + DELIMITER + "--\r\n");
    }

    private static String part(String field, String content) {
        return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=" + field + "\r\n\r\n" + content;
    }

    /** Parts whose content is full of what looks like the beginning of a delimiter. */
    private static byte[] body(Random random) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int parts = 1 + random.nextInt(4);
        for (int i = 0; i < parts; i++) {
            body.writeBytes(bytes((i == 0 ? "--" + BOUNDARY : DELIMITER) + "\r\nContent-Disposition: form-data; name=f"
                    + i + (random.nextBoolean() ? "; filename=\"" + i + ".png\"" : "") + "\r\n\r\n"));
            int pieces = random.nextInt(30);
            for (int j = 0; j < pieces; j++) {
                body.writeBytes(piece(random));
            }
        }
        body.writeBytes(bytes(DELIMITER + "--\r\n"));
        return body.toByteArray();
    }

    private static byte[] piece(Random random) {
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(5_000)];
            random.nextBytes(noise);
            // together with what stands before it, it must not become one
            return Bytes.concat(bytes("x"), noise);
        }
        // one character short of it at the most
        return bytes(DELIMITER.substring(0, random.nextInt(DELIMITER.length())));
    }

    private static InputStream inPieces(byte[] bytes, Random random) {
        return new ByteArrayInputStream(bytes) {
            @Override
            public int read(byte[] target, int offset, int length) {
                return super.read(target, offset, Math.min(length, 1 + random.nextInt(3_000)));
            }
        };
    }

    private static List<Found> parts(String type, InputStream body) throws IOException {
        MultipartParts parts = MultipartParts.of(type, body);
        List<Found> found = new ArrayList<>();
        for (Optional<FormPart> part = parts.next(); part.isPresent(); part = parts.next()) {
            String content = text(part.get().content().readAllBytes());
            found.add(new Found(part.get().field(), part.get().originalName(), content));
        }
        return found;
    }

    private static List<Found> tomcatsParts(byte[] body) throws IOException {
        FileItemIterator items = new FileUpload().getItemIterator(new UploadContext() {
            @Override
            public String getCharacterEncoding() {
                return "ISO-8859-1";
            }

            @Override
            public String getContentType() {
                return TYPE;
            }

            @Override
            public long contentLength() {
                return body.length;
            }

            @Override
            public InputStream getInputStream() {
                return new ByteArrayInputStream(body);
            }
        });
        List<Found> found = new ArrayList<>();
        while (items.hasNext()) {
            FileItemStream item = items.next();
            String name = Optional.ofNullable(item.getName()).orElse("");
            found.add(
                    new Found(item.getFieldName(), name, text(item.openStream().readAllBytes())));
        }
        return found;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
