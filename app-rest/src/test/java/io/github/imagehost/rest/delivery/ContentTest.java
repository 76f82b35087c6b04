package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ContentTest extends ServiceTest {

    private static final int SIZE = 300_000;

    private final byte[] picture = Pictures.jpegOfSize(SIZE);
    private final String etag = '"' + TestContent.digestOf(picture).hex() + '"';
    private final String reprDigest = "sha-256=:"
            + Base64.getEncoder().encodeToString(TestContent.digestOf(picture).bytes())
            + ":";
    private String path = "";

    @BeforeAll
    void upload() throws Exception {
        path = Client.pathOf(client().upload("a.jpg", picture).data().get("url").asString());
    }

    @Test
    void theWholeImageIsServedWithEverythingACacheWants() throws Exception {
        Answer answer = client().get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.bytes()).isEqualTo(picture);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(SIZE));
        assertThat(answer.header("ETag")).isEqualTo(etag);
        assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        assertThat(answer.header("Accept-Ranges")).isEqualTo("bytes");
        assertThat(answer.header("Repr-Digest")).isEqualTo(reprDigest);
        assertThat(answer.header("Content-Disposition")).startsWith("inline; filename=\"a.jpg\"");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
    }

    @Test
    void headAnswersTheSameWithoutTheBytes() throws Exception {
        for (String query : new String[] {"", "?download"}) {
            Answer answer = client().send("HEAD", path + query, HttpRequest.BodyPublishers.noBody());

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.bytes()).isEmpty();
            assertThat(headersWithoutDate(answer)).isEqualTo(headersWithoutDate(client().get(path + query)));
        }
    }

    @Test
    void whoeverHasTheImageGetsNothingAgain() throws Exception {
        for (String condition : new String[] {etag, "\"other\", " + etag, "W/" + etag, "*"}) {
            Answer answer = client().get(path, "If-None-Match", condition);

            assertThat(answer.status()).as(condition).isEqualTo(304);
            assertThat(answer.bytes()).isEmpty();
            assertThat(answer.header("ETag")).isEqualTo(etag);
            assertThat(answer.header("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
        }
        assertThat(client().get(path, "If-None-Match", "\"other\"").bytes()).isEqualTo(picture);
    }

    @Test
    void aPreconditionThatDoesNotHoldIsAnError() throws Exception {
        client().get(path, "If-Match", "\"other\"").isError(412, "precondition_failed");
        assertThat(client().get(path, "If-Match", etag).bytes()).isEqualTo(picture);
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-0,0,0",
        "bytes=0-99,0,99",
        "bytes=299999-,299999,299999",
        "bytes=-1,299999,299999",
        "bytes=100-999999999,100,299999",
        "bytes=0-,0,299999",
        "bytes=-999999999,0,299999",
        "bytes=65000-131000,65000,131000"
    })
    void aRangeIsServedAlone(String range, int first, int last) throws Exception {
        Answer answer = client().get(path, "Range", range);

        assertThat(answer.status()).isEqualTo(206);
        assertThat(answer.bytes()).isEqualTo(Arrays.copyOfRange(picture, first, last + 1));
        assertThat(answer.header("Content-Range")).isEqualTo("bytes %d-%d/%d".formatted(first, last, SIZE));
        assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(last - first + 1));
        assertThat(answer.header("ETag")).isEqualTo(etag);
        assertThat(answer.header("Repr-Digest")).isEqualTo(reprDigest);
        assertThat(answer.header("Content-Type")).isEqualTo("image/jpeg");
        assertThat(answer.header("Content-Disposition")).startsWith("inline; filename=\"a.jpg\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=300000-", "bytes=300000-400000", "bytes=-0"})
    void aRangeOutsideTheImageIsRefused(String range) throws Exception {
        Answer answer = client().get(path, "Range", range).isError(416, "range_not_satisfiable");

        assertThat(answer.header("Content-Range")).isEqualTo("bytes */" + SIZE);
        assertThat(answer.header("Cache-Control")).doesNotContain("immutable");
        assertThat(answer.header("Repr-Digest")).isEmpty();
        assertThat(answer.header("Content-Disposition")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bytes=0-1,5-6", "bytes=0-1,999999-", "bytes=abc", "bytes=5-1", "items=0-5", "bytes=", "0-5"})
    void aRangeThatIsNotUnderstoodIsIgnored(String range) throws Exception {
        Answer answer = client().get(path, "Range", range);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Range")).isEmpty();
        assertThat(answer.bytes()).isEqualTo(picture);
    }

    @Test
    void aRangeOfOtherBytesIsIgnored() throws Exception {
        assertThat(client().get(path, "Range", "bytes=0-0", "If-Range", etag).status())
                .isEqualTo(206);
        assertThat(client().get(path, "Range", "bytes=0-0", "If-Range", "\"other\"")
                        .status())
                .isEqualTo(200);
        assertThat(client().get(path, "Range", "bytes=0-0", "If-Range", "W/" + etag)
                        .status())
                .isEqualTo(200);
        assertThat(client().get(path, "Range", "bytes=0-0", "If-Range", "Sat, 31 Jan 2026 16:00:00 GMT")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aRangeIsNothingToAHead() throws Exception {
        for (String range : new String[] {"bytes=0-9", "bytes=300000-"}) {
            Answer answer = client().send("HEAD", path, HttpRequest.BodyPublishers.noBody(), "Range", range);

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("Content-Length")).isEqualTo(String.valueOf(SIZE));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/i/nobody.png", "/i/%F0%9F%98%80.png", "/i/a'b", "/i/%2e%2e"})
    void anUnknownImageIsNotFound(String unknown) throws Exception {
        Answer answer = client().get(unknown);

        answer.isError(404, "image_not_found");
        assertThat(answer.header("Cache-Control")).doesNotContain("immutable");
    }

    @Test
    void imagesAreOnlyRead() throws Exception {
        Answer answer = client().delete(path).isError(405, "method_not_allowed");

        assertThat(answer.header("Allow").split(", ")).containsExactlyInAnyOrder("GET", "HEAD");
    }

    @Test
    void aStoreThatFailsAtTheFirstByteIsNotCached() throws Exception {
        String broken = Client.pathOf(
                client().upload("c.png", Pictures.uniquePng()).data().get("url").asString());
        String filename = broken.substring("/i/".length());
        Path object = dataDirectory()
                .resolve("images")
                .resolve(filename.substring(0, 2))
                .resolve(filename);
        Files.delete(object);
        // a directory can be opened for reading, but not read
        Files.createDirectory(object);

        Answer answer = client().get(broken);

        assertThat(answer.status()).isGreaterThanOrEqualTo(500);
        assertThat(answer.header("Cache-Control")).doesNotContain("immutable");
        assertThat(answer.header("ETag")).isEmpty();
        assertThat(answer.json().get("success").asBoolean()).isFalse();
    }

    @Test
    void thePolicyIsTheSameHoweverThePathIsSpelled() throws Exception {
        for (String spelling : new String[] {"/%69/", "/i;x=1/"}) {
            Answer answer = client().get(spelling + path.substring("/i/".length()));

            assertThat(answer.status()).as(spelling).isEqualTo(200);
            assertThat(answer.header("Content-Security-Policy")).as(spelling).isEqualTo("default-src 'none'; sandbox");
        }
    }

    @Test
    void anImageWhoseObjectIsLostIsDamageAndNoDeletion() throws Exception {
        String lost = Client.pathOf(
                client().upload("b.png", Pictures.uniquePng()).data().get("url").asString());
        String filename = lost.substring("/i/".length());
        Files.delete(dataDirectory()
                .resolve("images")
                .resolve(filename.substring(0, 2))
                .resolve(filename));

        client().get(lost).isError(500, "internal_error");
    }

    private static Map<String, List<String>> headersWithoutDate(Answer answer) {
        Map<String, List<String>> headers = new HashMap<>(answer.headers());
        headers.remove("date");
        return headers;
    }
}
