package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.LinkSigner.AnswerHeaders;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.PretendedBucket;
import io.github.imagehost.s3.testing.ScriptedS3;
import io.github.imagehost.s3.testing.ScriptedS3.Request;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the store makes of answers that a healthy server does not give. */
class S3ImageStoreTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final TestContent CONTENT = TestContent.ofSize(2000, 1);
    private static final String NO_ERRORS = "<DeleteResult></DeleteResult>";

    private ScriptedS3 server;
    private S3ImageStore store;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedS3();
        store = server.store(Map.of());
    }

    @AfterEach
    void stop() {
        store.close();
        server.close();
    }

    @Test
    void putsOnceUnderACondition() {
        server.answer(request -> ScriptedS3.ok(""));

        store.put(KEY, CONTENT);

        assertThat(server.requests()).singleElement().satisfies(put -> {
            assertThat(put.method()).isEqualTo("PUT");
            assertThat(put.target()).isEqualTo("/pictures/cat.png");
            assertThat(put.header("If-None-Match")).contains("*");
            assertThat(put.header("Content-Type")).contains("image/png");
            assertThat(put.header("Cache-Control")).contains("public, max-age=31536000, immutable");
            assertThat(put.header("Content-Length")).contains("2000");
            assertThat(put.header("x-amz-meta-sha256"))
                    .contains(CONTENT.digest().hex());
            assertThat(put.header("x-amz-checksum-sha256"))
                    .contains(
                            Base64.getEncoder().encodeToString(CONTENT.digest().bytes()));
            assertThat(put.header("x-amz-sdk-checksum-algorithm")).contains("SHA256");
            assertThat(put.header("x-amz-content-sha256"))
                    .contains(CONTENT.digest().hex());
            assertThat(put.header("x-amz-acl")).isEmpty();
            assertThat(put.header("Content-Encoding")).isEmpty();
        });
    }

    @Test
    void sendsTheConfiguredAclAndPrefix() {
        try (S3ImageStore configured = server.store(Map.of("S3_ACL", "public-read", "S3_PREFIX", "images"))) {
            server.answer(request -> ScriptedS3.ok(""));

            configured.put(KEY, CONTENT);
        }

        assertThat(server.requests()).singleElement().satisfies(put -> {
            assertThat(put.target()).isEqualTo("/pictures/images/cat.png");
            assertThat(put.header("x-amz-acl")).contains("public-read");
        });
    }

    @Test
    void findsAStoreBelowAPath() throws IOException {
        PretendedBucket bucket = new PretendedBucket();
        String path = "/storage/s3";
        server.answer(request -> request.target().startsWith(path + "/pictures")
                ? bucket.apply(new Request(
                        request.method(), request.target().substring(path.length()), request.headers(), request.body()))
                : ScriptedS3.error(404, "NoSuchBucket"));
        String endpoint = server.values(Map.of()).get("S3_ENDPOINT") + path;
        try (S3ImageStore below = server.store(Map.of("S3_ENDPOINT", endpoint + "/"))) {
            below.put(KEY, TestContent.of("a picture".getBytes(StandardCharsets.UTF_8)));

            assertThat(below.size(KEY)).isPresent();
            try (InputStream in = below.open(KEY)) {
                assertThat(in.readAllBytes()).isNotEmpty();
            }
            assertThat(below.list(Optional.empty(), 10)).hasSize(1);
            assertThat(below.linkSigner()
                            .orElseThrow()
                            .signedLink(
                                    KEY, Duration.ofMinutes(5), new AnswerHeaders("image/png", "inline", "no-store"))
                            .toString())
                    .startsWith(endpoint + "/pictures/cat.png?");
            assertThat(below.delete(List.of(KEY))).isEmpty();
        }
        assertThat(bucket.names()).isEmpty();
    }

    @Test
    void sendsAllBytesAgainAfterAPassingFailure() {
        AtomicInteger puts = new AtomicInteger();
        server.answer(request -> switch (puts.incrementAndGet()) {
            case 1 -> ScriptedS3.error(503, "SlowDown");
            case 2 -> ScriptedS3.error(409, "ConditionalRequestConflict");
            default -> ScriptedS3.ok("");
        });
        CountedContent content = new CountedContent(CONTENT);

        store.put(KEY, content);

        assertThat(server.requests())
                .hasSize(3)
                .allSatisfy(
                        put -> assertThat(put.body()).isEqualTo(new String(CONTENT.bytes(), StandardCharsets.UTF_8)));
        assertThat(content.opened).hasPositiveValue();
        assertThat(content.closed).hasValue(content.opened.get());
    }

    @Test
    void givesUpAfterFourAttempts() {
        server.answer(request -> ScriptedS3.error(500, "InternalError"));

        assertThatThrownBy(() -> store.put(KEY, CONTENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't store cat.png: the store answers 500 InternalError");
        assertThat(server.requests()).hasSize(4);
    }

    @Test
    void leavesPutsToTheSdkForAWhileAfterARefusalThatPasses() {
        AtomicInteger puts = new AtomicInteger();
        server.answer(request -> puts.incrementAndGet() == 1 ? ScriptedS3.error(503, "SlowDown") : ScriptedS3.ok(""));

        store.put(KEY, CONTENT);
        store.put(new ObjectKey("dog.png"), CONTENT);

        assertThat(server.requests())
                .extracting(request -> request.header("amz-sdk-invocation-id").isPresent())
                .containsExactly(false, true, true);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "public-read"})
    void sendsWhatTheSdkSends(String acl) {
        AtomicInteger puts = new AtomicInteger();
        server.answer(request -> request.method().equals("PUT") && puts.incrementAndGet() == 1
                ? ScriptedS3.error(503, "SlowDown")
                : ScriptedS3.ok(""));
        try (S3ImageStore withAcl = server.store(acl.isEmpty() ? Map.of() : Map.of("S3_ACL", acl))) {
            withAcl.put(KEY, CONTENT);
        }

        Request direct = server.requests().get(0);
        Request bySdk = server.requests().get(1);
        assertThat(direct.target()).isEqualTo(bySdk.target());
        assertThat(direct.body()).isEqualTo(bySdk.body());
        assertThat(significantHeaders(direct)).isEqualTo(significantHeaders(bySdk));
    }

    /** Without those that tell of the SDK and of the moment. */
    private static Map<String, List<String>> significantHeaders(Request request) {
        Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(request.headers());
        headers.keySet()
                .removeIf(name ->
                        Set.of("authorization", "user-agent", "x-amz-date").contains(name.toLowerCase(Locale.ROOT))
                                || name.toLowerCase(Locale.ROOT).startsWith("amz-sdk-"));
        return headers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>Forbidden</body>",
                "<Error><Code>&secret;</Code></Error>",
                "<!DOCTYPE Error [<!ENTITY secret SYSTEM 'file:///etc/passwd'>]><Error><Code>&secret;</Code></Error>",
            })
    void makesNothingOfARefusalThatIsNoErrorOfS3(String body) {
        server.answer(request -> new ScriptedS3.Answer(403, Map.of(), body));

        assertThatThrownBy(() -> store.put(KEY, CONTENT))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Can't store cat.png: the store answers 403");
        assertThat(server.requests()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "507, XMinioStorageFull",
        "507, InsufficientStorage",
        "400, XMinioAdminBucketQuotaExceeded",
        "403, QuotaExceeded",
        "403, ObjectQuotaExceeded",
        "500, XMinioStorageFull",
    })
    void saysThatTheStoreIsFull(int status, String code) {
        server.answer(request -> ScriptedS3.error(status, code));

        assertThatThrownBy(() -> store.put(KEY, CONTENT))
                .isInstanceOf(StoreFullException.class)
                .hasMessage("Can't store cat.png: the store is full: it answers " + status + " " + code);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void isFullUntilSomethingIsStored() {
        server.answer(request ->
                request.method().equals("PUT") ? ScriptedS3.error(507, "XMinioStorageFull") : ScriptedS3.ok(""));
        assertThatThrownBy(() -> store.put(KEY, CONTENT)).isInstanceOf(StoreFullException.class);
        assertThatThrownBy(store::check).isInstanceOf(StoreFullException.class);
        server.answer(request -> ScriptedS3.ok(""));

        store.put(KEY, CONTENT);

        store.check();
    }

    @Test
    void sendsNothingOfBytesThatAreNotWhatTheyWereAnnounced() {
        CountedContent content = new CountedContent(CONTENT.withDigest(TestContent.digestOf(new byte[0])));

        assertThatThrownBy(() -> store.put(KEY, content)).isInstanceOf(ContentMismatchException.class);

        assertThat(server.requests()).isEmpty();
        assertThat(content.opened).hasValue(1);
        assertThat(content.closed).hasValue(1);
    }

    @Test
    void sendsNothingOfBytesThatGoOnAfterWhatWasAnnounced() {
        byte[] announced = Arrays.copyOf(CONTENT.bytes(), 1999);
        TestContent longer = CONTENT.withSize(1999).withDigest(TestContent.digestOf(announced));
        TestContent notEmpty = CONTENT.withSize(0).withDigest(TestContent.digestOf(new byte[0]));

        for (TestContent content : List.of(longer, notEmpty)) {
            assertThatThrownBy(() -> store.put(KEY, content))
                    .isInstanceOf(ContentMismatchException.class)
                    .hasMessage("The bytes to store under cat.png go on after the announced " + content.size());
        }
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void namesTheKeyOfBytesThatCannotBeOpened() {
        ObjectContent gone = new CountedContent(CONTENT) {
            @Override
            public InputStream open() throws IOException {
                throw new IOException("gone");
            }
        };

        assertThatThrownBy(() -> store.put(KEY, gone))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Can't read the bytes to store under cat.png")
                .hasRootCauseMessage("gone");
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void namesTheKeyOfBytesThatCannotBeReadWhileTheyAreSent() {
        CountedContent failing = new CountedContent(CONTENT) {
            @Override
            public InputStream open() {
                opened.incrementAndGet();
                return new BrokenInputStream(CONTENT.bytes(), 1000);
            }
        };

        assertThatThrownBy(() -> store.put(KEY, failing))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Can't read the bytes to store under cat.png");
        assertThat(failing.opened).hasValue(1);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void neverSendsAllBytesThatAreNotWhatTheyWereAnnounced() {
        TestContent large = TestContent.ofSize(500_000, 1).withDigest(CONTENT.digest());
        server.answer(request -> ScriptedS3.ok(""));

        assertThatThrownBy(() -> store.put(KEY, large)).isInstanceOf(ContentMismatchException.class);

        assertThat(server.requests()).isEmpty();
    }

    @Test
    void aRefusedPutOfWhatIsThereAlreadyIsASuccess() {
        server.answer(request -> request.method().equals("PUT")
                ? ScriptedS3.error(412, "PreconditionFailed")
                : ScriptedS3.ok(Map.of(
                        "Content-Length",
                        "2000",
                        "x-amz-meta-sha256",
                        CONTENT.digest().hex())));

        store.put(KEY, CONTENT);

        assertThat(server.requests()).extracting(Request::method).containsExactly("PUT", "HEAD");
    }

    @Test
    void aRefusedPutOfWhatIsNotThereMayBeTriedLater() {
        server.answer(request -> request.method().equals("PUT")
                ? ScriptedS3.error(412, "PreconditionFailed")
                : ScriptedS3.error(404, "NoSuchKey"));

        assertThatThrownBy(() -> store.put(KEY, CONTENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("cat.png");
    }

    @Test
    void looksFirstWhereTheStoreKnowsNoConditions() {
        server.answer(request -> {
            if (request.header("If-None-Match").isPresent()) {
                return ScriptedS3.error(501, "NotImplemented");
            }
            return request.method().equals("HEAD") ? ScriptedS3.error(404, "NoSuchKey") : ScriptedS3.ok("");
        });

        store.put(KEY, CONTENT);
        store.put(new ObjectKey("dog.png"), CONTENT);

        assertThat(server.requests())
                .extracting(request -> request.method() + " " + request.target() + " "
                        + request.header("If-None-Match").orElse("always"))
                .containsExactly(
                        "PUT /pictures/cat.png *",
                        "HEAD /pictures/cat.png always",
                        "PUT /pictures/cat.png always",
                        "HEAD /pictures/dog.png always",
                        "PUT /pictures/dog.png always");
    }

    @Test
    void overwritesNothingWhereTheStoreKnowsNoConditions() {
        server.answer(request -> request.method().equals("HEAD")
                ? ScriptedS3.ok(Map.of(
                        "Content-Length",
                        "2000",
                        "x-amz-meta-sha256",
                        TestContent.digestOf(new byte[0]).hex()))
                : ScriptedS3.error(501, "NotImplemented"));

        assertThatThrownBy(() -> store.put(KEY, CONTENT)).isInstanceOf(ObjectAlreadyExistsException.class);

        assertThat(server.requests()).extracting(Request::method).containsExactly("PUT", "HEAD");
    }

    @Test
    void refusesAnswersWithMoreOrOtherBytesThanTheRange() {
        for (Map<String, String> headers : List.of(
                Map.<String, String>of(), Map.of("Content-Range", "bytes 0-9/20"), Map.of("Content-Range", "none"))) {
            server.answer(request -> new ScriptedS3.Answer(206, headers, "0123456789"));

            assertThatThrownBy(() -> store.open(KEY, new ByteRange(10, 10)))
                    .isExactlyInstanceOf(StoreException.class)
                    .hasMessageContaining("cat.png");
        }
    }

    @Test
    void tellsAMissingBucketFromAMissingObject() {
        server.answer(request -> ScriptedS3.error(404, "NoSuchBucket"));

        assertThatThrownBy(() -> store.open(KEY))
                .isExactlyInstanceOf(StoreException.class)
                .hasMessage("Can't open cat.png: the store answers 404 NoSuchBucket");
    }

    @Test
    void sendsContentMd5WithABatchDelete() {
        server.answer(request -> ScriptedS3.ok(NO_ERRORS));

        store.delete(List.of(KEY));

        assertThat(server.requests()).singleElement().satisfies(delete -> {
            assertThat(delete.body()).contains("<Key>cat.png</Key>");
            assertThat(delete.header("Content-MD5")).contains(md5(delete.body()));
        });
    }

    @Test
    void tellsWhichObjectsCouldNotBeDeleted() {
        server.answer(request -> ScriptedS3.ok("<DeleteResult>"
                + "<Error><Key>images/dog.png</Key><Code>AccessDenied</Code><Message>locked</Message></Error>"
                + "<Error><Key>images/cow.png</Key><Code>NoSuchKey</Code><Message>absent</Message></Error>"
                + "</DeleteResult>"));
        ObjectKey dog = new ObjectKey("dog.png");

        try (S3ImageStore prefixed = server.store(Map.of("S3_PREFIX", "images/"))) {
            assertThat(prefixed.delete(List.of(KEY, dog, new ObjectKey("cow.png"))))
                    .containsExactly(Map.entry(dog, "the store answers AccessDenied"));
        }
    }

    @Test
    void deletesTheOtherBatchesWhenOneIsRefused() {
        List<ObjectKey> keys = IntStream.range(0, 2500)
                .mapToObj(i -> new ObjectKey("%04d.png".formatted(i)))
                .toList();
        server.answer(request ->
                request.body().contains("1500.png") ? ScriptedS3.error(403, "AccessDenied") : ScriptedS3.ok(NO_ERRORS));

        Map<ObjectKey, String> failures = store.delete(keys);

        assertThat(server.requests()).hasSize(3);
        assertThat(failures).containsOnlyKeys(keys.subList(1000, 2000));
        assertThat(failures.values()).containsOnly("the store answers 403 AccessDenied");
    }

    @Test
    void stopsDeletingWhenTheStoreIsOverloaded() {
        List<ObjectKey> keys = IntStream.range(0, 1001)
                .mapToObj(i -> new ObjectKey("%04d.png".formatted(i)))
                .toList();
        server.answer(request -> ScriptedS3.error(503, "SlowDown"));

        assertThatThrownBy(() -> store.delete(keys))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't delete 1000 objects, the first of them 0000.png: the store answers 503 SlowDown");
        assertThat(server.requests())
                .allSatisfy(request -> assertThat(request.body()).contains("0000.png"));
    }

    private static String md5(String body) {
        @SuppressWarnings("deprecation") // the protocol has it
        byte[] md5 = Hashing.md5().hashString(body, StandardCharsets.UTF_8).asBytes();
        return Base64.getEncoder().encodeToString(md5);
    }

    private static class CountedContent implements ObjectContent {

        final AtomicInteger opened = new AtomicInteger();
        final AtomicInteger closed = new AtomicInteger();
        private final TestContent content;

        CountedContent(TestContent content) {
            this.content = content;
        }

        @Override
        public Digest digest() {
            return content.digest();
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public String mimeType() {
            return content.mimeType();
        }

        @Override
        public InputStream open() throws IOException {
            opened.incrementAndGet();
            return new FilterInputStream(content.open()) {
                @Override
                public void close() throws IOException {
                    closed.incrementAndGet();
                    super.close();
                }
            };
        }
    }
}
