package io.github.imagehost.s3;

import static io.github.imagehost.core.testing.FaultProxy.anyRequest;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.FaultProxy.Fault;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;

/** What the store does when the connection or the server fails in the middle of things. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class S3FaultsIT {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final int LARGE = 12 * 1024 * 1024;
    private static final CallLimits SHORT =
            new CallLimits(Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofSeconds(2));

    private FaultProxy proxy;
    private S3Settings settings;
    private S3ImageStore store;

    @BeforeEach
    void connect() {
        proxy = FaultProxy.to(S3TestServer.shared().endpoint());
        Map<String, String> values = S3TestServer.shared().freshBucket();
        values.put("S3_ENDPOINT", proxy.endpoint().toString());
        settings = S3Settings.from(Settings.of(values));
        store = S3ImageStore.create(settings);
    }

    @AfterEach
    void disconnect() throws IOException {
        store.close();
        proxy.close();
    }

    static Stream<Integer> lostAnswers() {
        return Depth.of(List.of(1, 3), List.of(1, 2, 3));
    }

    @ParameterizedTest
    @MethodSource("lostAnswers")
    void aPutWhoseAnswerWasLostIsASuccess(int lost) throws IOException {
        for (int size : new int[] {1000, LARGE}) {
            ObjectKey key = new ObjectKey(size + ".png");
            TestContent content = TestContent.ofSize(size, 1);
            loseAnswers(lost);

            store.put(key, content);

            assertThat(proxy.faultsAreUsedUp()).isTrue();
            assertThat(read(key)).isEqualTo(content.bytes());
        }
    }

    @Test
    void aPutWhoseAnswersWereAllLostCanBeRepeated() throws IOException {
        TestContent content = TestContent.ofSize(1000, 1);
        // one, three of the SDK, and three more that ask before they send the body
        loseAnswers(7);

        assertThatThrownBy(() -> store.put(KEY, content))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't store cat.png: the connection to the store failed");
        assertThat(proxy.faultsAreUsedUp()).isTrue();
        store.put(KEY, content);

        assertThat(read(KEY)).isEqualTo(content.bytes());
    }

    @Test
    void comparesTheBytesThemselvesWhereTheirDigestIsNotKnown() throws IOException {
        TestContent content = TestContent.ofSize(200_000, 1);
        try (S3Client client = S3TestServer.shared().client()) {
            client.putObject(
                    put -> put.bucket(settings.bucket()).key(KEY.value()), RequestBody.fromBytes(content.bytes()));
        }

        store.put(KEY, content);

        assertThatThrownBy(() -> store.put(KEY, TestContent.ofSize(200_000, 2)))
                .isInstanceOf(ObjectAlreadyExistsException.class)
                .hasMessageContaining("cat.png");
        assertThat(read(KEY)).isEqualTo(content.bytes());
    }

    @Test
    void lostAnswersAreAskedForAgain() throws IOException {
        TestContent content = TestContent.ofSize(1000, 1);
        store.put(KEY, content);

        loseAnswers(1);
        assertThat(read(KEY)).isEqualTo(content.bytes());
        loseAnswers(1);
        assertThat(store.size(KEY)).contains(1000L);
        loseAnswers(1);
        assertThat(store.list(Optional.empty(), 10)).hasSize(1);
        loseAnswers(1);
        assertThat(store.delete(List.of(KEY))).isEmpty();
        assertThat(store.size(KEY)).isEmpty();
        assertThat(proxy.faultsAreUsedUp()).isTrue();
    }

    @Test
    void aStreamThatBreaksOffFails() throws IOException {
        store.put(KEY, TestContent.ofSize(LARGE, 1));

        proxy.next(anyRequest(), Fault.cutAnswerAfter(500_000));
        try (InputStream in = store.open(KEY)) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
        proxy.next(anyRequest(), Fault.cutAnswerAfter(500_000));
        try (InputStream in = store.open(KEY, new ByteRange(1000, 2_000_000))) {
            assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {5000, LARGE})
    void bytesThatWereDamagedOnTheirWayNeverEndWell(int size) throws IOException {
        store.put(KEY, TestContent.ofSize(size, 1));

        proxy.next(anyRequest(), Fault.damageAnswerAfter(4000));
        try (InputStream in = store.open(KEY)) {
            assertThatThrownBy(in::readAllBytes)
                    .isInstanceOf(IOException.class)
                    .hasMessage("The store gave other bytes for cat.png than it was given");
        }

        assertThat(proxy.faultsAreUsedUp()).isTrue();
        assertThat(read(KEY)).hasSize(size);
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStreamThatStallsFails() throws IOException {
        store.put(KEY, TestContent.ofSize(LARGE, 1));

        try (S3ImageStore impatient = S3ImageStore.create(settings, SHORT)) {
            proxy.next(anyRequest(), Fault.stallAnswerAfter(500_000));
            try (InputStream in = impatient.open(KEY)) {
                assertThatThrownBy(in::readAllBytes).isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void nothingHangsOnAServerThatNeverAnswers() throws Exception {
        try (S3ImageStore impatient = S3ImageStore.create(settings, SHORT)) {
            proxy.fallSilent();

            Concurrently.run(List.<Callable<Boolean>>of(
                    () -> isUnavailable(() -> impatient.put(KEY, TestContent.ofSize(100_000, 1))),
                    () -> isUnavailable(() -> impatient.open(KEY)),
                    () -> isUnavailable(() -> impatient.open(KEY, new ByteRange(0, 10))),
                    () -> isUnavailable(() -> impatient.size(KEY)),
                    () -> isUnavailable(() -> impatient.delete(List.of(KEY))),
                    () -> isUnavailable(() -> impatient.list(Optional.empty(), 10)),
                    () -> isUnavailable(impatient::check)));
        }
    }

    @Test
    @Timeout(value = 20, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aPutEndsWithTheLimitOfACall() {
        try (S3ImageStore hurried = S3ImageStore.create(settings.withCallLimit(Duration.ofSeconds(1)))) {
            proxy.fallSilent();

            isUnavailable(() -> hurried.put(KEY, TestContent.ofSize(LARGE, 1)));
        }
    }

    @Test
    @Timeout(value = 240, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aServerThatWasKilledAndReturnsIsUsedAgain() throws IOException {
        try (S3TestServer server = S3TestServer.dedicated();
                S3ImageStore lasting = S3ImageStore.create(server.freshBucketSettings())) {
            TestContent content = TestContent.ofSize(1000, 1);
            ObjectKey later = new ObjectKey("later.png");
            lasting.put(KEY, content);

            server.stop();
            isUnavailable(() -> lasting.put(later, content));
            isUnavailable(() -> lasting.open(KEY));
            isUnavailable(lasting::check);
            server.start();

            lasting.check();
            lasting.put(later, content);
            for (ObjectKey key : List.of(KEY, later)) {
                try (InputStream in = lasting.open(key)) {
                    assertThat(in.readAllBytes()).isEqualTo(content.bytes());
                }
            }
        }
    }

    @Test
    void anInterruptedCallFailsAndKeepsTheInterrupt() {
        Thread.currentThread().interrupt();

        isUnavailable(() -> store.put(KEY, TestContent.ofSize(1000, 1)));

        assertThat(Thread.interrupted()).isTrue();
    }

    private void loseAnswers(int count) {
        for (int i = 0; i < count; i++) {
            proxy.next(anyRequest(), Fault.loseAnswer());
        }
    }

    private byte[] read(ObjectKey key) throws IOException {
        try (InputStream in = store.open(key)) {
            return in.readAllBytes();
        }
    }

    private static boolean isUnavailable(Runnable call) {
        assertThatThrownBy(call::run).isInstanceOf(StoreUnavailableException.class);
        return true;
    }
}
