package io.github.imagehost.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.s3.testing.RawS3;
import io.github.imagehost.s3.testing.RawS3.Head;
import io.github.imagehost.s3.testing.RawS3.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkGlobalTime;

/** What happens when the clock of this machine and that of the store drift apart while the service runs. */
class ClockSkewTest {

    private static final ObjectKey KEY = new ObjectKey("cat.png");
    private static final TestContent CONTENT = TestContent.ofSize(2000, 1);
    private static final String LISTING = "<ListBucketResult><IsTruncated>false</IsTruncated></ListBucketResult>";
    private static final Duration LIMIT = Duration.ofMinutes(15);
    private static final DateTimeFormatter SIGNED_TIME = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmssX", Locale.ROOT);

    private volatile Clock clockOfStore = Clock.systemUTC();
    private volatile boolean tellsItsTime = true;
    private String refusal = "RequestTimeTooSkewed";
    private RawS3 server;
    private S3ImageStore store;

    @BeforeEach
    void start() throws IOException {
        server = new RawS3(this::answer);
        store = S3ImageStore.create(S3Settings.from(Settings.of(Map.of(
                "S3_ENDPOINT",
                server.endpoint(),
                "S3_BUCKET",
                "pictures",
                "S3_ACCESS_KEY",
                "access",
                "S3_SECRET_KEY",
                "hush-hush"))));
    }

    @AfterEach
    void stop() throws IOException {
        // what the SDK learns is known to all its clients
        SdkGlobalTime.setGlobalTimeOffset(0);
        store.close();
        server.close();
    }

    @Test
    void storesWithTheTimeOfTheStoreAfterTwoRefusals() {
        clockOfStore = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

        store.put(KEY, CONTENT);
        int refusals = puts() - 1;
        store.put(KEY, CONTENT);

        // the second is the SDK's, which learns from it
        assertThat(refusals).isEqualTo(2);
        assertThat(puts()).isEqualTo(4);
    }

    @Test
    void storesWhenTheClockIsFarAhead() {
        clockOfStore = Clock.offset(Clock.systemUTC(), Duration.ofDays(-400));

        store.put(KEY, CONTENT);

        assertThat(puts()).isEqualTo(3);
    }

    @Test
    void storesWhereTheStoreDoesNotSayThatItIsTheClock() {
        clockOfStore = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        refusal = "AccessDenied";

        store.put(KEY, CONTENT);

        assertThat(puts()).isEqualTo(3);
    }

    @Test
    void looksUpAndChecksWithTheTimeOfTheStore() {
        clockOfStore = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));

        store.check();
        assertThat(store.size(KEY)).contains(0L);
    }

    @Test
    void namesTheClockIfTheStoreDoesNotTellItsTime() {
        clockOfStore = Clock.offset(Clock.systemUTC(), Duration.ofHours(1));
        tellsItsTime = false;

        String message = "the clocks of this machine and of the store differ too much";
        assertThatThrownBy(() -> store.put(KEY, CONTENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(store::check)
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(message);
        assertThatThrownBy(() -> store.size(KEY))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(message);
    }

    private int puts() {
        return (int) server.requests().stream()
                .filter(head -> head.method().equals("PUT"))
                .count();
    }

    private Reply answer(Head head) {
        Instant now = clockOfStore.instant();
        Map<String, String> date = tellsItsTime
                ? Map.of("Date", DateTimeFormatter.RFC_1123_DATE_TIME.format(now.atZone(ZoneOffset.UTC)))
                : Map.of();
        Instant signed = ZonedDateTime.parse(head.header("X-Amz-Date").orElseThrow(), SIGNED_TIME)
                .toInstant();
        boolean isHead = head.method().equals("HEAD");
        if (Duration.between(signed, now).abs().compareTo(LIMIT) > 0) {
            return new Reply(
                    true,
                    true,
                    "403 Forbidden",
                    date,
                    isHead ? "" : "<Error><Code>" + refusal + "</Code><Message>no</Message></Error>");
        }
        return new Reply(true, true, "200 OK", date, isHead ? "" : LISTING);
    }
}
