package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.util.concurrent.Uninterruptibles;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.github.imagehost.core.diagnosis.Area;
import io.github.imagehost.core.diagnosis.Finding;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.s3.testing.PretendedBucket;
import io.github.imagehost.s3.testing.ScriptedS3;
import io.github.imagehost.s3.testing.ScriptedS3.Answer;
import io.github.imagehost.s3.testing.ScriptedS3.Request;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the checkup finds at stores that are not as they should be, or answer as only AWS does. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3CheckupTest {

    private ScriptedS3 server;
    private final PretendedBucket bucket = new PretendedBucket();

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedS3();
        server.answer(bucket);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void findsNothingWrongWithAGoodStoreAndLeavesNothingBehind() {
        List<Finding> findings = run(Map.of("S3_PREFIX", "images"));

        assertThat(findings).allSatisfy(finding -> {
            assertThat(finding.outcome()).as(finding.toString()).isEqualTo(Outcome.OK);
            assertThat(finding.area()).isEqualTo(Area.STORE);
        });
        assertThat(findings).extracting(Finding::check).doesNotHaveDuplicates().hasSize(19);
        assertThat(bucket.names()).isEmpty();
        assertThat(server.requests())
                .filteredOn(S3CheckupTest::isPut)
                .hasSizeGreaterThan(8)
                .extracting(Request::target)
                .allMatch(target -> target.startsWith("/pictures/images/imagehost-doctor-"));
    }

    @Test
    void namesTheRightRegionAndChecksTheRestInIt() {
        Answer malformed = new Answer(
                400,
                Map.of(),
                "<Error><Code>AuthorizationHeaderMalformed</Code><Message>The authorization header is malformed; the region"
                        + " 'us-east-1' is wrong; expecting 'eu-west-1'</Message><Region>eu-west-1</Region></Error>");
        bucket.answering(request -> signedFor(request, "us-east-1"), malformed);

        List<Finding> findings = run(Map.of());

        assertThat(find(findings, "region"))
                .isEqualTo(Outcome.SETTING_WRONG
                        .answer(
                                "S3_REGION is 'us-east-1', but the bucket in S3_BUCKET lies in 'eu-west-1'",
                                "Set S3_REGION=eu-west-1")
                        .because(find(findings, "region").cause().orElseThrow())
                        .to(Area.STORE, "region"));
        assertThat(findings)
                .filteredOn(finding -> !finding.check().equals("region"))
                .extracting(Finding::outcome)
                .containsOnly(Outcome.OK);
    }

    @Test
    void takesTheRightRegionFromTheHeaderOfARedirection() {
        bucket.answering(
                request -> true,
                new Answer(
                        301,
                        Map.of("x-amz-bucket-region", "ap-south-1"),
                        "<Error><Code>PermanentRedirect</Code></Error>"));

        List<Finding> findings = run(Map.of());

        assertThat(find(findings, "region").advice()).contains("Set S3_REGION=ap-south-1");
        assertThat(outcome(findings, "key")).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(outcome(findings, "put")).isEqualTo(Outcome.NOT_CHECKED);
    }

    @Test
    void repeatsNothingFromTheStoreThatIsNoRegion() {
        bucket.answering(
                request -> true,
                new Answer(
                        400,
                        Map.of(),
                        "<Error><Code>AuthorizationHeaderMalformed</Code><Message>expecting '-no-region-'</Message></Error>"));

        assertThat(find(run(Map.of()), "region").advice()).contains("Set S3_REGION to the region of the bucket");
    }

    @ParameterizedTest
    @CsvSource({"400, AccessControlListNotSupported", "403, AccessDenied", "501, NotImplemented"})
    void tellsThatTheAclIsRefusedAndChecksTheRestWithout(int status, String code) {
        bucket.answering(request -> request.header("x-amz-acl").isPresent(), ScriptedS3.error(status, code));

        List<Finding> findings = run(Map.of("S3_ACL", "public-read"));

        assertThat(outcome(findings, "acl")).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(find(findings, "acl").seen()).contains("public-read", "the store answers " + status + " " + code);
        assertThat(find(findings, "acl").advice().orElseThrow()).startsWith("Leave S3_ACL out, or let the bucket have");
        assertThat(findings)
                .filteredOn(finding -> !finding.check().equals("acl"))
                .extracting(Finding::outcome)
                .containsOnly(Outcome.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "403, InvalidAccessKeyId, key, SETTING_WRONG",
        "403, SignatureDoesNotMatch, key, SETTING_WRONG",
        "403, RequestTimeTooSkewed, clock, FAILED",
        "404, NoStoreAtAll, endpoint, SETTING_WRONG",
        "503, ServiceUnavailable, endpoint, UNREACHABLE"
    })
    void tellsWhatARefusalMeans(int status, String code, String check, Outcome outcome) {
        bucket.answering(request -> true, ScriptedS3.error(status, code));

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, check)).isEqualTo(outcome);
        assertThat(findings)
                .filteredOn(finding -> finding.outcome().isFailure())
                .extracting(Finding::check)
                .containsExactly(check);
        assertThat(outcome(findings, "put")).isEqualTo(Outcome.NOT_CHECKED);
    }

    @ParameterizedTest
    @CsvSource({
        "40, OK, less than a minute",
        "-200, WARNING, ahead of ours",
        "200, WARNING, behind ours",
        "1000, FAILED, 16 min",
        "-10000, FAILED, 2 h 46 min"
    })
    void measuresHowFarTheClocksAreApart(int secondsWeAreAhead, Outcome outcome, String seen) {
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(secondsWeAreAhead));

        Finding finding = find(new S3Checkup(server.settings(Map.of()), clock).run(), "clock");

        assertThat(finding.outcome()).isEqualTo(outcome);
        assertThat(finding.seen()).contains(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "http, WARNING, Requests go over plain http: the secret key only signs them",
        "https, OK, Requests go over https"
    })
    void warnsOfPlainHttpAlsoWhereNothingAnswers(String scheme, Outcome outcome, String seen) {
        List<Finding> findings = run(Map.of("S3_ENDPOINT", scheme + "://store.invalid"));

        assertThat(outcome(findings, "encryption")).isEqualTo(outcome);
        assertThat(find(findings, "encryption").seen()).startsWith(seen);
        assertThat(outcome(findings, "endpoint")).isEqualTo(Outcome.UNREACHABLE);
    }

    @Test
    void findsOutThatTheBucketIsNamedInTheWrongPlace() {
        int port = server.settings(Map.of()).endpoint().orElseThrow().getPort();

        List<Finding> findings = run(Map.of("S3_PATH_STYLE", "false", "S3_ENDPOINT", "http://localhost:" + port));

        assertThat(outcome(findings, "path style")).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(find(findings, "path style").advice()).contains("Set S3_PATH_STYLE=true");
        assertThat(outcome(findings, "range")).isEqualTo(Outcome.OK);
    }

    @ParameterizedTest
    @CsvSource({
        "x-amz-checksum-sha256, digest, WARNING",
        "If-None-Match, conditional put, WARNING",
        "Range, range, FAILED",
    })
    void noticesWhatTheStoreIgnores(String header, String check, Outcome outcome) {
        bucket.ignoring(header);

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, check)).isEqualTo(outcome);
        assertThat(findings)
                .filteredOn(finding -> finding.outcome() != Outcome.OK)
                .hasSize(1);
        assertThat(bucket.names()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"If-None-Match, conditional put", "x-amz-copy-source, copy"})
    void onlyWarnsOfWhatTheStoreDoesNotKnowAndNobodyNeeds(String header, String check) {
        bucket.answering(request -> request.header(header).isPresent(), ScriptedS3.error(501, "NotImplemented"));

        assertThat(outcome(run(Map.of()), check)).isEqualTo(Outcome.WARNING);
    }

    @Test
    void noticesAnotherOrderOfTheListing() {
        bucket.listingInOrder(String.CASE_INSENSITIVE_ORDER);

        assertThat(outcome(run(Map.of()), "listing order")).isEqualTo(Outcome.FAILED);
    }

    @ParameterizedTest
    @CsvSource({"501, <Error><Code>NotImplemented</Code></Error>", "200, <DeleteResult></DeleteResult>"})
    void deletesOneByOneIfBatchesAreNotDeleted(int status, String body) {
        bucket.answering(S3CheckupTest::isBatchDelete, new Answer(status, Map.of(), body));

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, "batch delete")).isEqualTo(Outcome.FAILED);
        assertThat(outcome(findings, "clean-up")).isEqualTo(Outcome.OK);
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void doesNotMindAStoreThatDemandsMd5() {
        bucket.answering(
                request ->
                        isBatchDelete(request) && request.header("Content-MD5").isEmpty(),
                ScriptedS3.error(400, "InvalidRequest"));

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, "batch delete")).isEqualTo(Outcome.OK);
        assertThat(outcome(findings, "batch delete without MD5")).isEqualTo(Outcome.OK);
        assertThat(find(findings, "batch delete without MD5").seen()).contains("400 InvalidRequest");
    }

    @Test
    void namesTheRightThatStoringNeeds() {
        bucket.answering(S3CheckupTest::isPut, ScriptedS3.error(403, "AccessDenied"));

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, "put")).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(find(findings, "put").advice().orElseThrow()).contains("s3:PutObject");
        assertThat(outcome(findings, "range")).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(findings).extracting(Finding::check).doesNotHaveDuplicates().hasSize(19);
    }

    @Test
    void checksObjectsThoughTheBucketCanNotBeListed() {
        bucket.answering(request -> request.target().contains("list-type=2"), ScriptedS3.error(403, "AccessDenied"));

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, "bucket")).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(outcome(findings, "listing order")).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(outcome(findings, "range")).isEqualTo(Outcome.OK);
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void saysWhatIsLeftBehindIfItCanNotBeDeleted() {
        bucket.answering(
                request -> isBatchDelete(request) || request.method().equals("DELETE"),
                ScriptedS3.error(403, "AccessDenied"));

        List<Finding> findings = run(Map.of());

        assertThat(outcome(findings, "batch delete")).isEqualTo(Outcome.SETTING_WRONG);
        assertThat(outcome(findings, "clean-up")).isEqualTo(Outcome.WARNING);
        String folder = bucket.names().iterator().next().replaceFirst("/.*", "/");
        assertThat(find(findings, "clean-up").advice().orElseThrow()).contains("below " + folder);
    }

    @Test
    void tellsThatACertificateIsNotTrusted(@TempDir Path directory) throws Exception {
        HttpsServer stranger = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        stranger.setHttpsConfigurator(new HttpsConfigurator(selfSigned(directory.resolve("keys"))));
        stranger.start();
        try {
            String endpoint = "https://localhost:" + stranger.getAddress().getPort();

            Finding finding = find(run(Map.of("S3_ENDPOINT", endpoint)), "endpoint");

            assertThat(finding.outcome()).isEqualTo(Outcome.SETTING_WRONG);
            assertThat(finding.seen())
                    .isEqualTo("S3_ENDPOINT is '" + endpoint
                            + "', but this Java does not trust the certificate of what answers there");
        } finally {
            stranger.stop(0);
        }
    }

    private static SSLContext selfSigned(Path keys) throws Exception {
        String password = "changeit";
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=localhost",
                        "-keystore",
                        keys.toString(),
                        "-storepass",
                        password)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStore.getInstance(keys.toFile(), password.toCharArray()), password.toCharArray());
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(managers.getKeyManagers(), null, null);
        return context;
    }

    @Test
    void endsInTimeIfTheStoreFallsSilent() {
        CountDownLatch ending = new CountDownLatch(1);
        server.answer(request -> {
            if (isPut(request)) {
                Uninterruptibles.awaitUninterruptibly(ending);
            }
            return bucket.apply(request);
        });
        S3Settings hasty = server.settings(Map.of()).withCallLimit(Duration.ofSeconds(1));

        List<Finding> findings = new S3Checkup(hasty).run();
        ending.countDown();

        assertThat(outcome(findings, "bucket")).isEqualTo(Outcome.OK);
        assertThat(outcome(findings, "put")).isEqualTo(Outcome.UNREACHABLE);
        assertThat(outcome(findings, "range")).isEqualTo(Outcome.NOT_CHECKED);
        assertThat(outcome(findings, "clean-up")).isEqualTo(Outcome.WARNING);
        assertThat(find(findings, "clean-up").advice().orElseThrow()).contains("imagehost-doctor-");
    }

    private List<Finding> run(Map<String, String> more) {
        List<Finding> findings = new S3Checkup(server.settings(more)).run();
        assertThat(findings).noneMatch(finding -> finding.toString().contains("hush-hush"));
        return findings;
    }

    private static boolean isPut(Request request) {
        return request.method().equals("PUT");
    }

    private static boolean isBatchDelete(Request request) {
        return request.method().equals("POST");
    }

    private static boolean signedFor(Request request, String region) {
        return request.header("Authorization")
                .filter(authorization -> authorization.contains("/" + region + "/"))
                .isPresent();
    }

    private static Outcome outcome(List<Finding> findings, String check) {
        return find(findings, check).outcome();
    }

    private static Finding find(List<Finding> findings, String check) {
        return findings.stream()
                .filter(finding -> finding.check().equals(check))
                .findFirst()
                .orElseThrow(() -> new AssertionError("No " + check + " in " + findings));
    }
}
