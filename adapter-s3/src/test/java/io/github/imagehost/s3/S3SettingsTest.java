package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class S3SettingsTest {

    private static final Map<String, String> LEAST =
            Map.of("S3_BUCKET", "pictures", "S3_ACCESS_KEY", "access", "S3_SECRET_KEY", "hush-hush");

    @Test
    void hasDefaultsForAllButBucketAndKey() {
        assertThat(S3Settings.from(Settings.of(LEAST)))
                .isEqualTo(new S3Settings(
                        Optional.empty(),
                        "us-east-1",
                        "pictures",
                        Optional.of(AccessKey.of("access", "hush-hush")),
                        true,
                        Optional.empty(),
                        "",
                        Duration.ofSeconds(30)));
    }

    @Test
    void readsEverySetting() {
        Map<String, String> all = new HashMap<>(LEAST);
        all.putAll(Map.of(
                "S3_ENDPOINT", "http://127.0.0.1:9000/",
                "S3_REGION", "eu-central-1",
                "S3_PATH_STYLE", "false",
                "S3_ACL", "public-read",
                "S3_PREFIX", "a/images"));

        assertThat(S3Settings.from(Settings.of(all)))
                .isEqualTo(new S3Settings(
                        Optional.of(URI.create("http://127.0.0.1:9000")),
                        "eu-central-1",
                        "pictures",
                        Optional.of(AccessKey.of("access", "hush-hush")),
                        false,
                        Optional.of("public-read"),
                        "a/images/",
                        Duration.ofSeconds(30)));
    }

    @ParameterizedTest
    @CsvSource({
        "s3.example.com, https://s3.example.com",
        "s3.example.com:9000, https://s3.example.com:9000",
        "localhost, https://localhost",
        "127.0.0.1:9000, https://127.0.0.1:9000",
        "http://minio:9000, http://minio:9000",
        "https://example.com/storage/s3/, https://example.com/storage/s3",
        "[::1]:9000, https://[::1]:9000"
    })
    void takesAnEndpointWithOrWithoutScheme(String text, String endpoint) {
        assertThat(with("S3_ENDPOINT", text).endpoint()).contains(URI.create(endpoint));
    }

    @ParameterizedTest
    @CsvSource({
        "S3_ENDPOINT, ftp://s3.example.com",
        "S3_ENDPOINT, https://",
        "S3_ENDPOINT, http://s3.example.com?a=b",
        "S3_ENDPOINT, two words",
        "S3_REGION, eu central",
        "S3_REGION, -eu",
        "S3_BUCKET, ab",
        "S3_BUCKET, a/b/c",
        "S3_BUCKET, -pictures",
        "S3_PATH_STYLE, yes",
        "S3_ACL, everybody",
        "S3_PREFIX, /images",
        "S3_PREFIX, images//",
        "S3_PREFIX, a/../b",
        "S3_PREFIX, a b"
    })
    void namesTheSettingThatIsNotLegal(String name, String value) {
        assertThatThrownBy(() -> with(name, value))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith(name + " is '" + value + "', but legal is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"S3_ACCESS_KEY", "S3_SECRET_KEY"})
    void refusesHalfAKey(String missing) {
        for (String nothing : new String[] {"", "  "}) {
            assertThatThrownBy(() -> with(missing, nothing))
                    .isInstanceOf(SettingsException.class)
                    .hasMessage(missing + " is not set, but it has to be, because "
                            + (missing.equals("S3_ACCESS_KEY") ? "S3_SECRET_KEY" : "S3_ACCESS_KEY") + " is set");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "S3_ENDPOINT",
                "S3_REGION",
                "S3_ACCESS_KEY",
                "S3_SECRET_KEY",
                "S3_SESSION_TOKEN",
                "S3_PATH_STYLE",
                "S3_ACL",
                "S3_PREFIX"
            })
    void missesTheBucketWhenAnythingElseIsSet(String name) {
        Settings half = Settings.of(Map.of(name, "x"));

        assertThat(S3Settings.areIn(half)).isTrue();
        assertThatThrownBy(() -> S3Settings.from(half))
                .isInstanceOf(SettingsException.class)
                .hasMessage("S3_BUCKET is not set, but it has to be, because " + name + " is set");
    }

    @Test
    void isNotConfiguredByOtherSettings() {
        Settings others = Settings.of(Map.of("S3_PUBLIC_URL", "https://cdn.example.com", "S3_BUCKET", " "));

        assertThat(S3Settings.areIn(others)).isFalse();
        assertThatThrownBy(() -> S3Settings.from(others))
                .hasMessage("S3_BUCKET is not set, but it has to be, because pictures are to be kept in S3");
    }

    @Test
    void needsNoKeyWhereTheSdkFindsOne() {
        assertThat(S3Settings.from(Settings.of(Map.of("S3_BUCKET", "pictures"))).accessKey())
                .isEmpty();
    }

    @Test
    void readsASessionToken() {
        assertThat(with("S3_SESSION_TOKEN", "for-an-hour").accessKey())
                .contains(new AccessKey("access", "hush-hush", Optional.of("for-an-hour")));
        assertThat(with("S3_SESSION_TOKEN", "for-an-hour").toString()).doesNotContain("for-an-hour");
        assertThatThrownBy(() -> S3Settings.from(
                        Settings.of(Map.of("S3_BUCKET", "pictures", "S3_SESSION_TOKEN", "for-an-hour"))))
                .isInstanceOf(SettingsException.class)
                .hasMessage("S3_ACCESS_KEY is not set, but it has to be, because S3_SESSION_TOKEN is set");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://my_minio:9000",
                "https://my_minio",
                "my_minio:9000",
                "http://_minio/s3/",
                "http://s3.my_net.example"
            })
    void saysWhyAHostCannotHaveAnUnderscore(String endpoint) {
        assertThatThrownBy(() -> with("S3_ENDPOINT", endpoint))
                .isInstanceOf(SettingsException.class)
                .hasMessage("S3_ENDPOINT is '" + endpoint + "', but the name of a host can't have a '_': give that host"
                        + " another name (in Docker Compose a network alias or the name of the service), or use its"
                        + " address");
    }

    @Test
    void anUnderscoreMayBeInThePath() {
        assertThat(with("S3_ENDPOINT", "http://minio:9000/my_store").endpoint())
                .contains(URI.create("http://minio:9000/my_store"));
    }

    @Test
    void keepsWhiteSpaceOfTheSecretKey() {
        assertThat(with("S3_SECRET_KEY", " hush ").accessKey().orElseThrow().secret())
                .isEqualTo(" hush ");
    }

    @Test
    void neverPrintsTheSecretKey() {
        S3Settings settings = S3Settings.from(Settings.of(LEAST));

        assertThat(settings)
                .hasToString("S3Settings[endpoint=AWS, region=us-east-1, bucket=pictures, accessKey=access:***,"
                        + " pathStyle=true, acl=none, prefix=none, callLimit=PT30S]");
    }

    @Test
    void neverRepeatsAPasswordInTheEndpoint() {
        assertThatThrownBy(() -> with("S3_ENDPOINT", "https://access:hush-hush@s3.example.com"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("S3_ENDPOINT holds a user or a password")
                .hasMessageNotContaining("hush-hush");
        assertThatThrownBy(() -> new S3Settings(
                        Optional.of(URI.create("https://access:hush-hush@s3.example.com")),
                        "us-east-1",
                        "pictures",
                        Optional.of(AccessKey.of("access", "hush-hush")),
                        true,
                        Optional.empty(),
                        "",
                        S3Settings.DEFAULT_CALL_LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("hush-hush");
    }

    @Test
    void boundsACallWellBelowTheLeaseOfAReservation() {
        S3Settings settings = S3Settings.from(Settings.of(LEAST));

        assertThat(settings.withCallLimit(Duration.ofSeconds(60)).callLimit()).isEqualTo(Duration.ofSeconds(60));
        for (Duration illegal : new Duration[] {Duration.ZERO, Duration.ofMillis(999), Duration.ofMillis(60_001)}) {
            assertThatThrownBy(() -> settings.withCallLimit(illegal))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("The limit of a call is '" + illegal + "', but legal is from 1 to 60 seconds");
        }
    }

    @Test
    void refusesAPrefixWithoutASlashAtItsEnd() {
        assertThatThrownBy(() -> new S3Settings(
                        Optional.empty(),
                        "us-east-1",
                        "pictures",
                        Optional.of(AccessKey.of("access", "hush-hush")),
                        true,
                        Optional.empty(),
                        "images",
                        S3Settings.DEFAULT_CALL_LIMIT))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'images'");
    }

    @Test
    void whatIsDescribedByParametersIsTheSameAsByVariables() {
        AccessKey key = new AccessKey("access", "hush", Optional.of("for-an-hour"));

        assertThat(S3ImageStore.builder("pictures").accessKey(key).settings())
                .isEqualTo(S3Settings.from(Settings.of(Map.of(
                        "S3_BUCKET", "pictures",
                        "S3_ACCESS_KEY", "access",
                        "S3_SECRET_KEY", "hush",
                        "S3_SESSION_TOKEN", "for-an-hour"))));
        assertThat(S3ImageStore.builder("pictures")
                        .endpoint(URI.create("http://127.0.0.1:9000"))
                        .region("eu-central-1")
                        .virtualHostStyle()
                        .acl("private")
                        .prefix("images/")
                        .callLimit(Duration.ofSeconds(5))
                        .settings())
                .isEqualTo(S3Settings.from(Settings.of(Map.of(
                                "S3_BUCKET", "pictures",
                                "S3_ENDPOINT", "http://127.0.0.1:9000",
                                "S3_REGION", "eu-central-1",
                                "S3_PATH_STYLE", "false",
                                "S3_ACL", "private",
                                "S3_PREFIX", "images")))
                        .withCallLimit(Duration.ofSeconds(5)));
    }

    @Test
    void aParameterThatIsNotLegalIsNamed() {
        assertThatThrownBy(() -> S3ImageStore.builder("No bucket").settings())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("The bucket is 'No bucket', but legal is a name of 3 to 255 characters a-z A-Z 0-9 . _ -");
        assertThatThrownBy(
                        () -> S3ImageStore.builder("pictures").prefix("images").open())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("The prefix is 'images', but legal is segments such as images/");
    }

    @Test
    void aParameterThatKeepsTheStoreFromBeingUsedIsNamed() throws IOException {
        URI nobody;
        try (ServerSocket closedSoon = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            nobody = URI.create("http://127.0.0.1:" + closedSoon.getLocalPort());
        }
        S3ImageStoreBuilder builder =
                S3ImageStore.builder("pictures").endpoint(nobody).accessKey(AccessKey.of("access", "hush"));

        assertThatThrownBy(builder::open)
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("endpoint is '" + nobody + "', but no S3 store can be reached there");
        assertThatThrownBy(() -> S3ImageStore.create(builder.settings()))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("S3_ENDPOINT is '" + nobody + "', but no S3 store can be reached there");
    }

    private static S3Settings with(String name, String value) {
        Map<String, String> settings = new HashMap<>(LEAST);
        settings.put(name, value);
        return S3Settings.from(Settings.of(settings));
    }
}
