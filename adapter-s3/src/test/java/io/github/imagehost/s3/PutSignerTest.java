package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.TestContent;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsSessionCredentials;
import software.amazon.awssdk.http.ContentStreamProvider;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.SignRequest;
import software.amazon.awssdk.http.auth.spi.signer.SignedRequest;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;

/** Whether the signatures are those of the SDK's signer, which reads each body. */
class PutSignerTest {

    private static final TestContent CONTENT = TestContent.ofSize(1000, 1);
    private static final String ANNOUNCED =
            Base64.getEncoder().encodeToString(CONTENT.digest().bytes());
    private static final Instant TIME = Instant.parse("2026-03-09T23:59:58.7Z");
    private static final AwsBasicCredentials CREDENTIALS = AwsBasicCredentials.create("access", "hush-hush/+=");

    private final AwsV4HttpSigner signer = PutSigner.scheme().signer();

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:9000, /pictures/cat.png",
        "http://store.example, /pictures/images/cat.png",
        "http://store.example:443, /pictures/cat.png",
        "https://pictures.store.example, /cat.png",
        "https://store.example:80, /s3/pictures/cat.png",
        "http://[::1]:9000, /pictures/a%20b/%E5%9B%BE%20~-_..png",
    })
    void signsAsTheSdkDoes(URI endpoint, String path) {
        assertSignedAsBySdk(request(put(endpoint, path), TIME, CREDENTIALS, "eu-west-1"));
    }

    @Test
    void signsHeadersInTheirCanonicalForm() {
        SdkHttpRequest put = put(URI.create("http://store.example"), "/pictures/cat.png").toBuilder()
                .putHeader("Content-Type", "  image/png;  charset=\tutf-8 ")
                .putHeader("X-Amz-Meta-Many", List.of("one", " two  three"))
                .putHeader("X-Amz-Meta-Empty", "")
                .putHeader("User-Agent", "test")
                .putHeader("Expect", "100-continue")
                .build();

        assertSignedAsBySdk(request(put, TIME, CREDENTIALS, "us-east-1"));
    }

    @Test
    void hasAKeyForEachDayAndRegionAndSecret() {
        SdkHttpRequest put = put(URI.create("http://store.example"), "/pictures/cat.png");

        assertSignedAsBySdk(request(put, TIME, CREDENTIALS, "us-east-1"));
        assertSignedAsBySdk(request(put, TIME.plusSeconds(2), CREDENTIALS, "us-east-1"));
        assertSignedAsBySdk(request(put, TIME.plusSeconds(2), CREDENTIALS, "eu-west-1"));
        AwsBasicCredentials others = AwsBasicCredentials.create("access", "another");
        assertSignedAsBySdk(request(put, TIME.plusSeconds(2), others, "eu-west-1"));
    }

    @Test
    void signsWithASessionToken() {
        SdkHttpRequest put = put(URI.create("http://store.example"), "/pictures/cat.png");

        assertSignedAsBySdk(
                request(put, TIME, AwsSessionCredentials.create("access", "hush-hush", "for/an+hour="), "us-east-1"));
        assertSignedAsBySdk(
                request(put, TIME, AwsSessionCredentials.create("access", "hush-hush", "for the next"), "us-east-1"));
    }

    @Test
    void doesNotReadTheBody() {
        ContentStreamProvider unreadable = () -> {
            throw new AssertionError("The body was read");
        };

        SignedRequest signed = signer.sign(
                request(put(URI.create("http://store.example"), "/pictures/cat.png"), TIME, CREDENTIALS, "us-east-1")
                        .copy(request -> request.payload(unreadable)));

        assertThat(signed.payload()).containsSame(unreadable);
        assertThat(signed.request().firstMatchingHeader("x-amz-content-sha256"))
                .contains(CONTENT.digest().hex());
    }

    @Test
    void leavesToTheSdkWhatItCannotSign() {
        SdkHttpRequest put = put(URI.create("http://store.example"), "/pictures/cat.png");

        assertSignedAsBySdk(
                request(put.copy(other -> other.removeHeader("x-amz-checksum-sha256")), TIME, CREDENTIALS, "r"));
        assertSignedAsBySdk(
                request(put.copy(other -> other.putRawQueryParameter("partNumber", "1")), TIME, CREDENTIALS, "r"));
    }

    private void assertSignedAsBySdk(SignRequest<AwsCredentialsIdentity> request) {
        SignedRequest expected = AwsV4HttpSigner.create().sign(request);

        SignedRequest signed = signer.sign(request);

        assertThat(signed.request().headers()).isEqualTo(expected.request().headers());
        assertThat(signed.request().getUri()).isEqualTo(expected.request().getUri());
        assertThat(signed.payload()).isEqualTo(request.payload());
    }

    private static SdkHttpRequest put(URI endpoint, String path) {
        return SdkHttpRequest.builder()
                .method(SdkHttpMethod.PUT)
                .uri(endpoint)
                .encodedPath(path)
                .putHeader("Content-Length", "1000")
                .putHeader("If-None-Match", "*")
                .putHeader("x-amz-checksum-sha256", ANNOUNCED)
                .build();
    }

    private static SignRequest<AwsCredentialsIdentity> request(
            SdkHttpRequest request, Instant time, AwsCredentialsIdentity credentials, String region) {
        return SignRequest.builder(credentials)
                .request(request)
                .payload(ContentStreamProvider.fromByteArray(CONTENT.bytes()))
                .putProperty(HttpSigner.SIGNING_CLOCK, Clock.fixed(time, ZoneOffset.UTC))
                .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                .putProperty(AwsV4HttpSigner.SERVICE_SIGNING_NAME, "s3")
                .putProperty(AwsV4HttpSigner.DOUBLE_URL_ENCODE, false)
                .putProperty(AwsV4HttpSigner.NORMALIZE_PATH, false)
                // over https the SDK would not
                .putProperty(AwsV4HttpSigner.PAYLOAD_SIGNING_ENABLED, true)
                .build();
    }
}
