package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.PretendedBucket;
import io.github.imagehost.s3.testing.ScriptedS3;
import io.github.imagehost.s3.testing.ScriptedS3.Request;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where requests get the key from that they are signed with. */
class AccessKeysTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final TestContent CONTENT = TestContent.of("a picture".getBytes(StandardCharsets.US_ASCII));
    private static final String CONTAINER = "aws.containerCredentialsFullUri";
    private static final String ROLE = "aws.roleArn";
    private static final String TOKEN_FILE = "aws.webIdentityTokenFile";
    private static final String STS = "aws.endpointUrlSts";
    private static final String REGION = "aws.region";

    @TempDir
    private Path directory;

    private ScriptedS3 server;
    private ScriptedS3 keys;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedS3();
        server.answer(new PretendedBucket());
        keys = new ScriptedS3();
    }

    @AfterEach
    void stop() {
        Set.of(CONTAINER, ROLE, TOKEN_FILE, STS, REGION).forEach(System::clearProperty);
        server.close();
        keys.close();
    }

    @Test
    void aSessionTokenGoesWithEveryRequestAndEveryLink() {
        try (S3ImageStore store = server.store(Map.of("S3_SESSION_TOKEN", "for-an-hour"))) {
            useEverything(store);

            assertThat(server.requests())
                    .hasSize(4)
                    .allSatisfy(request -> assertSigned(request, "access", "for-an-hour"));
            assertThat(store.linkSigner()
                            .orElseThrow()
                            .signedLink(
                                    KEY, Duration.ofMinutes(5), new AnswerHeaders("image/png", "inline", "no-store"))
                            .toString())
                    .contains("X-Amz-Security-Token=for-an-hour");
        }
    }

    @Test
    void aKeyOfTheContainerIsAskedForAgainBeforeItRunsOut() {
        AtomicInteger asked = new AtomicInteger();
        keys.answer(request -> {
            int number = asked.incrementAndGet();
            return ScriptedS3.ok("""
                    {"AccessKeyId": "found-%d", "SecretAccessKey": "hush", "Token": "token-%d", "Expiration": "%s"}""".formatted(
                            number,
                            number,
                            Instant.now().plusSeconds(number == 1 ? 20 : 7200).truncatedTo(ChronoUnit.SECONDS)));
        });
        System.setProperty(CONTAINER, keys.values(Map.of()).get("S3_ENDPOINT") + "/keys");

        try (S3ImageStore store = S3ImageStore.create(withoutKey())) {
            useEverything(store);
        }

        List<Request> requests = server.requests();
        assertSigned(requests.get(0), "found-1", "token-1");
        assertThat(requests.subList(1, requests.size()))
                .hasSize(4)
                .allSatisfy(request -> assertSigned(request, "found-2", "token-2"));
        assertThat(asked).hasValue(2);
    }

    @Test
    void aCheckupTellsWhereTheKeyComesFrom() {
        keys.answer(request -> ScriptedS3.ok(
                """
                {"AccessKeyId": "found", "SecretAccessKey": "hush", "Token": "token", "Expiration": "%s"}""".formatted(Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS))));
        System.setProperty(CONTAINER, keys.values(Map.of()).get("S3_ENDPOINT") + "/keys");

        assertThat(new S3Checkup(withoutKey()).run())
                .filteredOn(finding -> finding.check().equals("key"))
                .extracting(Finding::seen)
                .containsExactly("The store accepts the access key of the container, since S3_ACCESS_KEY is not set");
    }

    @Test
    void aWebIdentityStandsForAKey() throws IOException {
        keys.answer(request -> ScriptedS3.ok(
                """
                <AssumeRoleWithWebIdentityResponse><AssumeRoleWithWebIdentityResult><Credentials>
                <AccessKeyId>assumed</AccessKeyId><SecretAccessKey>hush</SecretAccessKey>
                <SessionToken>of-the-role</SessionToken><Expiration>%s</Expiration>
                </Credentials></AssumeRoleWithWebIdentityResult></AssumeRoleWithWebIdentityResponse>""".formatted(Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS))));
        System.setProperty(ROLE, "arn:aws:iam::123456789012:role/pictures");
        System.setProperty(
                TOKEN_FILE,
                Files.writeString(directory.resolve("token"), "signed").toString());
        System.setProperty(REGION, "us-east-1");
        System.setProperty(STS, keys.values(Map.of()).get("S3_ENDPOINT"));

        try (S3ImageStore store = S3ImageStore.create(withoutKey())) {
            useEverything(store);
        }

        assertThat(server.requests()).allSatisfy(request -> assertSigned(request, "assumed", "of-the-role"));
        assertThat(keys.requests())
                .singleElement()
                .satisfies(request ->
                        assertThat(request.body()).contains("AssumeRoleWithWebIdentity", "WebIdentityToken=signed"));
    }

    @Test
    void theStartSaysThatThereIsNoKeyAnywhere() {
        S3Settings settings = withoutKey();

        assertThatThrownBy(() -> S3ImageStore.create(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage("S3_ACCESS_KEY and S3_SECRET_KEY are not set, and no other key was found: neither"
                        + " AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, nor a web identity, a profile, or one of this"
                        + " container or machine");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void theStartTellsATokenThatHasExpiredFromAWrongKey() {
        S3Settings settings = server.settings(Map.of("S3_SESSION_TOKEN", "for-an-hour"));

        server.answer(request -> ScriptedS3.error(400, "ExpiredToken"));
        assertThatThrownBy(() -> S3ImageStore.create(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "S3_SESSION_TOKEN has expired: it and its S3_ACCESS_KEY and S3_SECRET_KEY have to be set anew");
        server.answer(request -> ScriptedS3.error(403, "InvalidToken"));
        assertThatThrownBy(() -> S3ImageStore.create(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage(
                        "S3_ACCESS_KEY, S3_SECRET_KEY or S3_SESSION_TOKEN is wrong: the store does not accept them");
    }

    private static void useEverything(S3ImageStore store) {
        store.put(KEY, CONTENT);
        assertThat(store.size(KEY)).isPresent();
        assertThat(store.list(Optional.empty(), 10)).hasSize(1);
        assertThat(store.delete(List.of(KEY))).isEmpty();
    }

    private static void assertSigned(Request request, String accessKey, String token) {
        assertThat(request.header("Authorization").orElseThrow())
                .contains("Credential=" + accessKey + "/")
                .contains("x-amz-security-token");
        assertThat(request.header("X-Amz-Security-Token")).contains(token);
    }

    private S3Settings withoutKey() {
        Map<String, String> values = new HashMap<>(server.values(Map.of()));
        values.keySet().removeAll(Set.of("S3_ACCESS_KEY", "S3_SECRET_KEY"));
        return S3Settings.from(Settings.of(values));
    }
}
