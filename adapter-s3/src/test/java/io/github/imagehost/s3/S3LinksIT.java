package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.StoreException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.S3TestServer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.HeadObjectResponse;

class S3LinksIT {

    private static final ObjectKey KEY = new ObjectKey("derived/cat.png");
    private static final AnswerHeaders HEADERS = new AnswerHeaders(
            "image/webp", "attachment; filename=\"a;b.webp\"; filename*=UTF-8''%E7%8C%AB.webp", "private, max-age=60");

    @Test
    void aSignedLinkGivesTheObjectToAnybody() throws Exception {
        Map<String, String> values = S3TestServer.shared().freshBucket();
        values.put("S3_PREFIX", "images");
        TestContent content = TestContent.ofSize(5000, 1);
        try (S3ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(values)))) {
            store.put(KEY, content);

            HttpResponse<byte[]> answer = get(store.signedLink(KEY, Duration.ofMinutes(5), HEADERS));

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).isEqualTo(content.bytes());
        }
    }

    @Test
    void aSignedLinkSaysOfTheObjectWhatItWasToldTo() throws Exception {
        try (S3ImageStore store = S3ImageStore.create(S3TestServer.shared().freshBucketSettings())) {
            store.put(KEY, TestContent.ofSize(5000, 1));

            HttpHeaders headers =
                    get(store.signedLink(KEY, Duration.ofMinutes(5), HEADERS)).headers();

            assertThat(headers.firstValue("Content-Type")).contains(HEADERS.contentType());
            assertThat(headers.firstValue("Content-Disposition")).contains(HEADERS.contentDisposition());
            assertThat(headers.firstValue("Cache-Control")).contains(HEADERS.cacheControl());
        }
    }

    @Test
    void whatALinkSaysIsSignedToo() throws Exception {
        try (S3ImageStore store = S3ImageStore.create(S3TestServer.shared().freshBucketSettings())) {
            store.put(KEY, TestContent.ofSize(5000, 1));
            String link = store.signedLink(KEY, Duration.ofMinutes(5), HEADERS).toString();
            String forged = link.replace("image%2Fwebp", "text%2Fhtml");

            assertThat(forged).isNotEqualTo(link);
            assertThat(get(URI.create(forged)).statusCode()).isEqualTo(403);
        }
    }

    @Test
    void theObjectItselfSaysItsTypeAndThatItNeverChanges() {
        Map<String, String> values = S3TestServer.shared().freshBucket();
        try (S3ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(values)));
                S3Client client = S3TestServer.shared().client()) {
            store.put(KEY, TestContent.ofSize(5000, 1));

            HeadObjectResponse object = client.headObject(
                    head -> head.bucket(values.get("S3_BUCKET")).key(KEY.value()));

            assertThat(object.contentType()).isEqualTo("image/png");
            assertThat(object.cacheControl()).isEqualTo("public, max-age=31536000, immutable");
        }
    }

    @Test
    void withoutItsSignatureALinkGivesNothing() throws Exception {
        try (S3ImageStore store = S3ImageStore.create(S3TestServer.shared().freshBucketSettings())) {
            store.put(KEY, TestContent.ofSize(5000, 1));
            String link = store.signedLink(KEY, Duration.ofMinutes(5), HEADERS).toString();

            assertThat(get(URI.create(link.substring(0, link.indexOf('?')))).statusCode())
                    .isEqualTo(403);
        }
    }

    @Test
    void aLinkIsValidForASecondToSevenDays() {
        S3ImageStore store = S3ImageStore.create(S3TestServer.shared().freshBucketSettings());
        try (store) {
            for (Duration legal : new Duration[] {Duration.ofSeconds(1), Duration.ofDays(7)}) {
                assertThat(store.signedLink(KEY, legal, HEADERS).getRawQuery())
                        .contains("X-Amz-Expires=" + legal.toSeconds());
            }
            for (Duration illegal :
                    new Duration[] {Duration.ofMillis(999), Duration.ofDays(7).plusSeconds(1)}) {
                assertThatThrownBy(() -> store.signedLink(KEY, illegal, HEADERS))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining(illegal.toString());
            }
        }
        assertThatThrownBy(() -> store.signedLink(KEY, Duration.ofDays(1), HEADERS))
                .isInstanceOf(StoreException.class);
    }

    private static HttpResponse<byte[]> get(URI link) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(link).build(), HttpResponse.BodyHandlers.ofByteArray());
    }
}
