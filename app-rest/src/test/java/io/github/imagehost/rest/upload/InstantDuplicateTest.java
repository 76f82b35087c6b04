package io.github.imagehost.rest.upload;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.primitives.Bytes;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.body.ReprDigest;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Spool;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Uploads that are answered before their body is sent, and those that are not. */
class InstantDuplicateTest extends ServiceTest {

    private static final String EXPECT = "Expect: 100-continue";
    private static final String DUPLICATE = "图片已存在，返回已有链接";
    private static final int LARGE = 5_000_000;

    /** The ways to send a picture. */
    enum Way {
        RAW("PUT /api/upload/cat.jpg HTTP/1.1"),
        CHUNKED("PUT /api/upload/cat.jpg HTTP/1.1"),
        MULTIPART("POST /api/upload HTTP/1.1");

        private final String requestLine;

        Way(String requestLine) {
            this.requestLine = requestLine;
        }

        void head(RawConnection connection, byte[] picture, String... lines) throws IOException {
            String[] all = Stream.concat(
                            Stream.of(
                                    requestLine,
                                    framing(picture),
                                    "Content-Type: " + multipart(picture).contentType()),
                            Stream.of(lines))
                    .toArray(String[]::new);
            connection.head(all);
        }

        private String framing(byte[] picture) {
            return this == CHUNKED ? "Transfer-Encoding: chunked" : "Content-Length: " + body(picture).length;
        }

        byte[] body(byte[] picture) {
            return switch (this) {
                case RAW -> picture;
                case CHUNKED ->
                    Bytes.concat(ascii(Integer.toHexString(picture.length) + "\r\n"), picture, ascii("\r\n0\r\n\r\n"));
                case MULTIPART -> multipart(picture).bytes();
            };
        }

        private static Multipart multipart(byte[] picture) {
            return new Multipart().file("image", "cat.jpg", picture);
        }
    }

    /** It looks at all that is stored. */
    @Override
    protected boolean needsNewService() {
        return true;
    }

    /** In all ways at once, since the service waits a second for a body that may come all the same. */
    @Test
    void whoeverWaitsIsAnsweredWithoutHisBody() throws Exception {
        byte[] picture = Pictures.jpegOfSize(LARGE);
        String url = client().upload("a.jpg", picture).data().get("url").asString();

        List<String> answers = Concurrently.run(Stream.of(Way.values())
                .map(way -> (Callable<String>) () -> {
                    try (RawConnection connection = connect()) {
                        way.head(connection, picture, EXPECT, digestOf(picture));
                        return connection.readToEnd();
                    }
                })
                .toList());

        assertThat(answers).allSatisfy(answer -> {
            String body = answer.substring(answer.indexOf('{'));
            assertThat(answer)
                    .startsWith("HTTP/1.1 200")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .containsIgnoringCase(
                            "\r\nContent-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n")
                    .contains("\r\nContent-Type: application/json\r\n")
                    .contains(DUPLICATE, url, "\"originalName\":\"a.jpg\"", "\"duplicate\":true")
                    .doesNotContain("HTTP/1.1 100");
        });
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whoeverSendsHisBodyAllTheSameGetsHisAnswer(Way way) throws Exception {
        byte[] picture = Pictures.jpegOfSize(LARGE);
        client().upload("a.jpg", picture).isSuccess("上传成功");

        try (RawConnection connection = connect()) {
            way.head(connection, picture, EXPECT, digestOf(picture));
            connection.send(way.body(picture));

            assertThat(connection.readToEnd())
                    .startsWith("HTTP/1.1 200")
                    .contains(DUPLICATE)
                    .doesNotContain("HTTP/1.1 100");
        }
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void whatIsNotThereIsAskedFor(Way way) throws Exception {
        byte[] picture = Pictures.jpegOfSize(LARGE);

        try (RawConnection connection = connect()) {
            way.head(connection, picture, EXPECT, digestOf(picture));
            assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
            connection.send(way.body(picture));
            assertThat(connection.readHead())
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("Connection: close");
            connection.head("GET /health HTTP/1.1", "Connection: close");

            assertThat(connection.readToEnd()).contains("上传成功", "\"duplicate\":false", "\"status\":\"OK\"");
        }
        assertThat(known(picture)).isPresent();
    }

    @Test
    void withoutADigestTheBodyIsAskedFor() throws Exception {
        byte[] picture = Pictures.uniquePng();
        client().upload("a.png", picture);

        for (String line : new String[] {"X-Nothing: 1", "Repr-Digest: sha-512=:AAAA:"}) {
            try (RawConnection connection = connect()) {
                Way.RAW.head(connection, picture, EXPECT, line, "Connection: close");
                assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
                assertThat(connection.send(picture).readToEnd())
                        .startsWith("HTTP/1.1 200")
                        .contains(DUPLICATE);
            }
        }
    }

    @Test
    void whatWasDeletedIsAskedFor() throws Exception {
        byte[] picture = Pictures.uniquePng();
        long id = client().upload("a.png", picture).data().get("id").asLong();
        client().delete("/api/images/" + id).isSuccess("删除成功");

        assertThat(uploadExpecting(picture)).contains("上传成功");
    }

    @Test
    void whatOnlySomebodyElseHasIsAskedFor() throws Exception {
        byte[] picture = Pictures.uniquePng();
        Image bobs = service()
                .part(ImageHost.class)
                .upload(new OwnerId(2), "bob.png", new ByteArrayInputStream(picture))
                .image();

        assertThat(uploadExpecting(picture))
                .contains("上传成功", "\"duplicate\":false")
                .doesNotContain(bobs.filename(), "bob.png");
    }

    @Test
    void whatIsMissingIsAskedForAndComesBack() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String url = client().upload("a.png", picture).data().get("url").asString();
        BlobEntry blob =
                repository().blobAt(known(picture).orElseThrow().objectKey()).orElseThrow();
        service().part(ImageStore.class).delete(List.of(blob.objectKey()));
        assertThat(repository().markMissing(blob)).isTrue();

        assertThat(uploadExpecting(picture)).contains(url);

        assertThat(client().get(URI.create(url).getPath()).bytes()).isEqualTo(picture);
    }

    @ParameterizedTest
    @EnumSource(Way.class)
    void anotherPictureThanAnnouncedIsRefusedAndNothingIsStored(Way way) throws Exception {
        byte[] picture = Pictures.jpegOfSize(LARGE);
        List<String> before = stored();

        for (String expect : new String[] {EXPECT, "X-Nothing: 1"}) {
            try (RawConnection connection = connect()) {
                way.head(connection, picture, expect, digestOf(Pictures.uniquePng()), "Connection: close");
                if (expect.equals(EXPECT)) {
                    assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
                }
                assertThat(connection.send(way.body(picture)).readToEnd())
                        .startsWith("HTTP/1.1 400")
                        .contains("\"code\":\"digest_mismatch\"", ReprDigest.of(digest(picture)));
            }
        }

        assertThat(known(picture)).isEmpty();
        assertThat(stored()).isEqualTo(before);
    }

    /** Whatever the client's word is, what comes is hashed. */
    @ParameterizedTest
    @EnumSource(Way.class)
    void aDigestOfWhatIsThereDoesNotCountIfSomethingElseComes(Way way) throws Exception {
        byte[] there = Pictures.uniquePng();
        byte[] other = Pictures.uniquePng();
        client().upload("a.png", there);

        try (RawConnection connection = connect()) {
            way.head(connection, other, digestOf(there), "Connection: close");
            assertThat(connection.send(way.body(other)).readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains("digest_mismatch");
        }
        assertThat(known(other)).isEmpty();
    }

    @Test
    void whatIsNoPictureEitherDoesNotMatchFirst() throws Exception {
        client().send(
                        "PUT",
                        "/api/upload/a.png",
                        HttpRequest.BodyPublishers.ofByteArray(Pictures.html()),
                        "Repr-Digest",
                        ReprDigest.of(digest(Pictures.uniquePng())))
                .isError(400, "digest_mismatch");
        client().send(
                        "PUT",
                        "/api/upload/a.png",
                        HttpRequest.BodyPublishers.ofByteArray(Pictures.html()),
                        "Repr-Digest",
                        ReprDigest.of(digest(Pictures.html())))
                .isError(415, "unsupported_image");
    }

    @Test
    void inHttp10NobodyWaits() throws Exception {
        byte[] picture = Pictures.uniquePng();
        byte[] other = Pictures.uniquePng();
        client().upload("a.png", picture);
        String requestLine = "PUT /api/upload/a.png HTTP/1.0";

        try (RawConnection connection = connect()) {
            connection.head(requestLine, "Content-Length: " + picture.length, EXPECT, digestOf(picture));
            assertThat(connection.send(picture).readToEnd())
                    .startsWith("HTTP/1.1 200")
                    .contains(DUPLICATE)
                    .doesNotContain("HTTP/1.1 100");
        }
        try (RawConnection connection = connect()) {
            connection.head(requestLine, "Content-Length: " + other.length, EXPECT, digestOf(picture));
            assertThat(connection.send(other).readToEnd())
                    .startsWith("HTTP/1.1 400")
                    .contains("digest_mismatch");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT /api/upload/a.png,Content-Length: 20000000,413,file_too_large",
        "PUT /api/upload/a.png,Content-Range: bytes 0-9/20,400,bad_request",
        "PUT /api/upload/a.png,Repr-Digest: sha-256=:x,400,invalid_parameter",
        "PUT /api/upload/a.png,Sec-Fetch-Site: cross-site,403,cross_site_refused",
        "POST /api/upload,Content-Type: text/plain,400,not_multipart",
        "POST /api/images,X-Nothing: 1,405,method_not_allowed",
    })
    void whatIsRefusedBeforeItIsReadIsNotAskedFor(String methodAndPath, String line, int status, String code)
            throws Exception {
        String length = line.startsWith("Content-Length") ? "X-Length: 0" : "Content-Length: 1000";

        try (RawConnection connection = connect()) {
            connection.head(methodAndPath + " HTTP/1.1", line, length, EXPECT);

            // the end tells the service not to wait for a body
            assertThat(connection.end().readToEnd())
                    .startsWith("HTTP/1.1 " + status)
                    .contains("\"code\":\"" + code + "\"")
                    .containsIgnoringCase("\r\nConnection: close\r\n")
                    .doesNotContain("HTTP/1.1 100");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET /api/images HTTP/1.1", "PUT /api/upload/a.png HTTP/1.1", "POST /api/upload HTTP/1.1"})
    void anotherExpectationIsRefused(String requestLine) throws Exception {
        try (RawConnection connection = connect()) {
            connection.head(requestLine, "Expect: 200-ok", "Content-Length: 0");

            assertThat(connection.readToEnd())
                    .startsWith("HTTP/1.1 417")
                    .contains("\"success\":false", "\"code\":\"expectation_failed\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD"})
    void whatHasNoBodyIsAnsweredAsEver(String method) throws Exception {
        try (RawConnection connection = connect()) {
            connection.head(method + " /api/images HTTP/1.1", EXPECT);
            assertThat(connection.readHead())
                    .startsWith("HTTP/1.1 200")
                    .doesNotContainIgnoringCase("Connection: close");
            connection.head("GET /health HTTP/1.1", "Connection: close");

            assertThat(connection.readToEnd()).contains("\"status\":\"OK\"").doesNotContain("HTTP/1.1 100");
        }
    }

    /** Uploads what has to be asked for, and answers the final answer. */
    private String uploadExpecting(byte[] picture) throws IOException {
        try (RawConnection connection = connect()) {
            Way.RAW.head(connection, picture, EXPECT, digestOf(picture), "Connection: close");
            assertThat(connection.readHead()).startsWith("HTTP/1.1 100");
            String answer = connection.send(picture).readToEnd();
            assertThat(answer).startsWith("HTTP/1.1 200");
            return answer;
        }
    }

    private RawConnection connect() throws IOException {
        return RawConnection.to(service().port());
    }

    private AdministrableRepository repository() {
        return service().part(AdministrableRepository.class);
    }

    private Optional<Image> known(byte[] picture) throws IOException {
        return service().part(ImageHost.class).find(OwnerId.DEFAULT, digest(picture));
    }

    /** Objects, rows and temporary files. */
    private List<String> stored() throws IOException {
        return Stream.of(
                        service().part(ImageStore.class).list(Optional.empty(), ObjectLister.MAX_LIMIT).stream()
                                .map(object -> object.key().value()),
                        repository().blobs(Optional.empty(), 1000).stream()
                                .map(blob -> blob.objectKey().value()),
                        Spool.in(dataDirectory()).files().stream().map(Path::toString))
                .flatMap(all -> all)
                .toList();
    }

    private static String digestOf(byte[] picture) throws IOException {
        return "Repr-Digest: " + ReprDigest.of(digest(picture));
    }

    private static Digest digest(byte[] picture) throws IOException {
        return Digest.ofAll(new ByteArrayInputStream(picture));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
