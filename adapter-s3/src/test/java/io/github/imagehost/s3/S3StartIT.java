package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.S3TestServer;
import io.github.imagehost.s3.testing.ScriptedS3;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the start says about settings that are wrong: one clear sentence each, without the secret. */
@Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3StartIT {

    private Map<String, String> values;

    @BeforeEach
    void createBucket() {
        values = S3TestServer.shared().freshBucket();
    }

    @Test
    void namesTheBucketThatIsMissing() {
        values.put("S3_BUCKET", "no-such-bucket-at-all");

        assertRefused("S3_BUCKET is 'no-such-bucket-at-all', but the store has no such bucket");
    }

    @Test
    void namesTheKeyWhenItsSecretHalfIsWrong() {
        values.put("S3_SECRET_KEY", "not-the-secret");

        assertRefused("S3_ACCESS_KEY or S3_SECRET_KEY is wrong: the store does not accept them");
    }

    @Test
    void namesTheKeyWhenItIsUnknown() {
        values.put("S3_ACCESS_KEY", "nobody");

        assertRefused("S3_ACCESS_KEY or S3_SECRET_KEY is wrong: the store does not accept them");
    }

    @Test
    void namesTheEndpointWhenNothingListensThere() throws IOException {
        String endpoint;
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            endpoint = "http://127.0.0.1:" + closedSoon.getLocalPort();
        }
        values.put("S3_ENDPOINT", endpoint);

        assertRefused("S3_ENDPOINT is '" + endpoint
                + "', but no S3 store can be reached there: the connection to the store failed");
    }

    @Test
    void namesTheEndpointWhenItsHostIsUnknown() {
        values.put("S3_ENDPOINT", "http://store.invalid");

        assertRefused("S3_ENDPOINT is 'http://store.invalid', but no S3 store can be reached there:"
                + " the connection to the store failed");
    }

    @Test
    void namesTheEndpointWhenItNeverAnswers() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
            String endpoint = "http://127.0.0.1:" + silent.getLocalPort();
            values.put("S3_ENDPOINT", endpoint);

            assertRefused(
                    "S3_ENDPOINT is '" + endpoint
                            + "', but no S3 store can be reached there: the store does not answer in time",
                    new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2)));
        }
    }

    @Test
    void namesTheEndpointWhenItSpeaksNoTls() {
        String endpoint = "https://" + S3TestServer.shared().endpoint().getAuthority();
        values.put("S3_ENDPOINT", endpoint);

        assertRefused("S3_ENDPOINT is '" + endpoint
                + "', but no TLS connection can be made there (a store without TLS needs http:// in front)");
    }

    @Test
    void namesTheEndpointWhenItIsNoS3Store() throws IOException {
        try (ScriptedS3 server = new ScriptedS3()) {
            server.answer(request -> new ScriptedS3.Answer(404, Map.of(), "<html>Not here</html>"));
            S3Settings settings = server.settings(Map.of());

            assertThatThrownBy(() -> S3ImageStore.create(settings))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("S3_ENDPOINT is '" + settings.endpoint().orElseThrow()
                            + "', but what answers there is not an S3 store that this can work with:"
                            + " the store answers 404");
        }
    }

    @Test
    void namesTheRegionWhenTheBucketLiesInAnother() throws IOException {
        try (ScriptedS3 server = new ScriptedS3()) {
            S3Settings settings = server.settings(Map.of("S3_REGION", "eu-west-9"));
            for (ScriptedS3.Answer answer : Set.of(
                    ScriptedS3.error(301, "PermanentRedirect"),
                    ScriptedS3.error(400, "AuthorizationHeaderMalformed"))) {
                server.answer(request -> answer);

                assertThatThrownBy(() -> S3ImageStore.create(settings))
                        .isInstanceOf(SettingsException.class)
                        .hasMessage("S3_REGION is 'eu-west-9', but the bucket in S3_BUCKET lies in another one");
            }
        }
    }

    @Test
    void namesTheBucketWhenTheKeyMayNotUseIt() throws IOException {
        try (ScriptedS3 server = new ScriptedS3()) {
            server.answer(request -> ScriptedS3.error(403, "AccessDenied"));
            S3Settings settings = server.settings(Map.of());

            assertThatThrownBy(() -> S3ImageStore.create(settings))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage("S3_BUCKET is 'pictures', but the store does not let the key in S3_ACCESS_KEY"
                            + " list that bucket");
        }
    }

    @Test
    void blamesNoSettingForAStoreThatFails() throws IOException {
        try (ScriptedS3 server = new ScriptedS3()) {
            server.answer(request -> ScriptedS3.error(503, "ServiceUnavailable"));
            S3Settings settings = server.settings(Map.of());

            assertThatThrownBy(() -> S3ImageStore.create(settings))
                    .isInstanceOf(StoreUnavailableException.class)
                    .hasMessage("Can't use the store: the store answers 503 ServiceUnavailable");
        }
    }

    @Test
    void leavesNoThreadBehind() throws IOException {
        Set<Thread> before = liveThreads();

        S3ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(values)));
        ObjectKey key = new ObjectKey("cat.png");
        store.put(key, TestContent.ofSize(1000, 1));
        store.open(key).close();
        store.linkSigner()
                .orElseThrow()
                .signedLink(key, Duration.ofHours(1), new AnswerHeaders("image/png", "inline", "no-store"));
        store.close();
        values.put("S3_BUCKET", "no-such-bucket-at-all");
        assertThat(catchThrowable(() -> S3ImageStore.create(S3Settings.from(Settings.of(values)))))
                .isInstanceOf(SettingsException.class);

        Instant end = Instant.now().plusSeconds(10);
        while (!before.containsAll(liveThreads()) && Instant.now().isBefore(end)) {
            Thread.onSpinWait();
        }
        assertThat(liveThreads()).isSubsetOf(before);
    }

    private void assertRefused(String message) {
        assertRefused(message, CallLimits.DEFAULT);
    }

    private void assertRefused(String message, CallLimits limits) {
        S3Settings settings = S3Settings.from(Settings.of(values));

        assertThatThrownBy(() -> S3ImageStore.create(settings, limits))
                .isInstanceOf(SettingsException.class)
                .hasMessage(message)
                .hasMessageNotContaining(settings.accessKey().orElseThrow().secret());
    }

    private static Set<Thread> liveThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }
}
