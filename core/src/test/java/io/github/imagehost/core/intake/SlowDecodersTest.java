package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.imagehost.core.decoding.Requester;
import io.github.imagehost.core.decoding.RequesterGoneException;
import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.intake.PlantedReaderSpi.Decoder;
import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.intake.spool.SpooledContent;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.SlowJpegs;
import io.github.imagehost.core.testing.TestIntake;
import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What becomes of others, and of the processors, when a decoder does not come to its end. WebP is the kind that is dear
 * here.
 */
@Timeout(60)
class SlowDecodersTest {

    private static final long MEBIBYTE = 1 << 20;
    private static final Duration SHORT = Duration.ofMillis(500);
    private static final Duration LONG = Duration.ofMinutes(5);
    /** So many pixels are dear whatever is done with them. */
    private static final byte[] DEAR = Pictures.losslessWebp(2000, 2000);

    /** Reading its codes takes many seconds, unless somebody stops it. */
    private static final byte[] SLOW_WITHOUT_END = SlowJpegs.withoutEnd(65_500, 65_500);

    private static final byte[] GIF = Pictures.uniqueGif();

    /** Lacks nothing but the byte that says that no frame follows. */
    private static final byte[] GIF_WITHOUT_END = Arrays.copyOf(GIF, GIF.length - 1);

    @TempDir
    private Path directory;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch begun = new CountDownLatch(1);
    private final ExecutorService requesters = Executors.newCachedThreadPool();
    private final List<AutoCloseable> toClose = new ArrayList<>();

    @AfterEach
    void endDecoders() throws Exception {
        end.countDown();
        requesters.shutdown();
        assertThat(requesters.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        for (AutoCloseable closeable : toClose) {
            closeable.close();
        }
    }

    @Test
    void aDecoderThatNeitherReadsNorReportsIsAnsweredInTime() throws InterruptedException {
        PixelCheck check = check(LONG, SHORT, (reader, input) -> end.await());

        assertThat(failure(check, DEAR, Requester.PATIENT)).isInstanceOfSatisfying(DamagedImageException.class, e -> {
            assertThat(e.damage()).isEqualTo(Damage.TOO_SLOW);
            assertThat(e).hasMessage("Decoding the picture takes longer than 0 s");
        });
        assertThat(check.isIdle()).isFalse();
        // others pass meanwhile
        assertThat(failure(check, Pictures.uniqueJpeg(), Requester.PATIENT)).isNull();

        end.countDown();
        awaitIdle(check);
    }

    @Test
    void whatStuckDecodersHoldIsBounded() throws InterruptedException {
        PixelCheck check = check(SHORT, SHORT, (reader, input) -> end.await());

        // one in its place, and one instead of it when it is overdue
        assertThat(failure(check, DEAR, Requester.PATIENT)).isInstanceOf(DamagedImageException.class);
        assertThat(failure(check, DEAR, Requester.PATIENT)).isInstanceOf(DamagedImageException.class);
        assertThat(failure(check, DEAR, Requester.PATIENT)).isInstanceOf(IntakeBusyException.class);
        assertThat(failure(check, Pictures.uniqueJpeg(), Requester.PATIENT)).isNull();

        end.countDown();
        awaitIdle(check);
        assertThat(failure(check, DEAR, Requester.PATIENT)).isNull();
    }

    @Test
    void aDecoderThatReadsForEverEndsWhenItsTimeIsOver() throws InterruptedException {
        PixelCheck check = check(LONG, SHORT, (reader, input) -> {
            while (input.read() >= 0) {
                input.seek(0);
            }
        });

        assertThat(failure(check, DEAR, Requester.PATIENT))
                .isInstanceOfSatisfying(
                        DamagedImageException.class, e -> assertThat(e.damage()).isEqualTo(Damage.TOO_SLOW));
        awaitIdle(check);
    }

    @Test
    void aDecoderThatReportsForEverEndsWhenItsTimeIsOver() throws InterruptedException {
        PixelCheck check = check(LONG, SHORT, (reader, input) -> {
            while (true) {
                reader.report();
            }
        });

        assertThat(failure(check, DEAR, Requester.PATIENT))
                .isInstanceOfSatisfying(
                        DamagedImageException.class, e -> assertThat(e.damage()).isEqualTo(Damage.TOO_SLOW));
        awaitIdle(check);
    }

    @Test
    void aDecoderEndsWhenNobodyWaitsForItAnyMore() throws Exception {
        PixelCheck check = check(LONG, LONG, (reader, input) -> {
            begun.countDown();
            while (input.read() >= 0) {
                input.seek(0);
            }
        });
        AtomicBoolean waits = new AtomicBoolean(true);
        CompletableFuture<Throwable> failure = later(check, DEAR, waits::get);
        begun.await();

        waits.set(false);

        assertThat(failure.get()).isInstanceOf(RequesterGoneException.class);
        awaitIdle(check);
    }

    @Test
    void nobodyWhoHasLeftStaysInTheQueue() throws Exception {
        PixelCheck check = check(LONG, LONG, (reader, input) -> {
            begun.countDown();
            end.await();
        });
        CompletableFuture<Throwable> first = later(check, DEAR, Requester.PATIENT);
        begun.await();

        assertThat(failure(check, DEAR, () -> false)).isInstanceOf(RequesterGoneException.class);

        assertThat(first).isNotDone();
        end.countDown();
        assertThat(first.get()).isNull();
        awaitIdle(check);
    }

    @Test
    void cheapPicturesPassWhileDearOnesFillTheirLane() throws Exception {
        PixelCheck check = check(LONG, LONG, (reader, input) -> {
            begun.countDown();
            end.await();
        });
        List<CompletableFuture<Throwable>> dear = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            dear.add(later(check, DEAR, Requester.PATIENT));
        }
        begun.await();

        for (int i = 0; i < 10; i++) {
            assertThat(failure(check, Pictures.uniqueJpeg(), Requester.PATIENT)).isNull();
        }

        assertThat(dear).noneMatch(CompletableFuture::isDone);
        end.countDown();
        for (CompletableFuture<Throwable> picture : dear) {
            assertThat(picture.get()).isNull();
        }
    }

    @Test
    void aPictureWhoseDecoderWouldNeedMoreMemoryThanThereIsIsRefused() throws InterruptedException {
        PixelCheck check = check(16 * MEBIBYTE, LONG, LONG, (reader, input) -> {});

        assertThat(failure(check, DEAR, Requester.PATIENT))
                .isInstanceOfSatisfying(ImageTooComplexException.class, e -> {
                    assertThat(e.excess()).isEqualTo(Excess.PIXELS);
                    assertThat(e.limit()).isBetween(1_500_000L, 2_500_000L);
                });
        awaitIdle(check);
    }

    @Test
    void closingEndsDecodersAndThreads() throws Exception {
        PixelCheck check = check(LONG, LONG, (reader, input) -> {
            begun.countDown();
            while (input.read() >= 0) {
                input.seek(0);
            }
        });
        CompletableFuture<Throwable> running = later(check, DEAR, Requester.PATIENT);
        begun.await();

        check.close();

        assertThat(running.get()).isInstanceOf(IntakeBusyException.class);
        assertThat(check.isIdle()).isTrue();
        assertThatThrownBy(() -> TestIntake.receive(intake(check), "a", Pictures.uniqueJpeg()))
                .isInstanceOf(IntakeBusyException.class);
    }

    @Test
    void aSecondLookEndsWhenNobodyWaitsForItAnyMore() throws InterruptedException {
        PixelCheck check = check(LONG, LONG, (reader, input) -> {});
        AtomicBoolean wasCounted = new AtomicBoolean();

        Throwable failure = failure(check, SLOW_WITHOUT_END, () -> {
            wasCounted.set(!check.isIdle());
            return false;
        });

        assertThat(failure).isInstanceOf(RequesterGoneException.class);
        assertThat(wasCounted).isTrue();
        awaitIdle(check);
    }

    @Test
    void aSecondLookThatTakesTooLongEndsAndLeavesTheFirstRefusal() throws InterruptedException {
        PixelCheck check = check(LONG, SHORT, (reader, input) -> {});

        assertThat(failure(check, SLOW_WITHOUT_END, Requester.PATIENT))
                .isInstanceOfSatisfying(
                        DamagedImageException.class, e -> assertThat(e.damage()).isEqualTo(Damage.TRUNCATED));
        awaitIdle(check);
    }

    @Test
    void aSecondLookAtAJpegWaitsForOtherDearPictures() throws Exception {
        PixelCheck check = check(SHORT, LONG, (reader, input) -> {
            begun.countDown();
            end.await();
        });
        CompletableFuture<Throwable> dear = later(check, DEAR, Requester.PATIENT);
        begun.await();

        assertThat(failure(check, SLOW_WITHOUT_END, Requester.PATIENT)).isInstanceOf(IntakeBusyException.class);
        // a second look at others is as cheap as the first one
        assertThat(failure(check, GIF_WITHOUT_END, Requester.PATIENT)).isNull();

        end.countDown();
        assertThat(dear.get()).isNull();
    }

    /** One dear picture at a time, and two others. */
    private PixelCheck check(Duration patience, Duration time, Decoder decoderOfWebp) {
        return check(128 * MEBIBYTE, patience, time, decoderOfWebp);
    }

    private PixelCheck check(long memory, Duration patience, Duration time, Decoder decoderOfWebp) {
        PlantedReaderSpi planted = new PlantedReaderSpi(decoderOfWebp);
        PixelCheck check = new PixelCheck(
                new DecodingLimits(2, 1, memory, patience, time),
                type -> type == ImageType.WEBP
                        ? Optional.of(planted)
                        : PixelCheck.readers().apply(type));
        toClose.add(check);
        return check;
    }

    private Intake intake(PixelCheck check) {
        return new Intake(
                new Spool(directory, 1000, 1000), UploadPolicy.DEFAULT.withLimits(ImageLimits.UNLIMITED), check);
    }

    private CompletableFuture<Throwable> later(PixelCheck check, byte[] picture, Requester requester) {
        return CompletableFuture.supplyAsync(() -> failure(check, picture, requester), requesters);
    }

    /** What an upload fails with; null if it does not. */
    private Throwable failure(PixelCheck check, byte[] picture, Requester requester) {
        return catchThrowable(() -> {
            Intake intake = intake(check);
            try (SpooledContent content = intake.spool(new ByteArrayInputStream(picture), Long.MAX_VALUE)) {
                intake.inspect("a", content, requester);
            }
        });
    }

    private static void awaitIdle(PixelCheck check) throws InterruptedException {
        while (!check.isIdle()) {
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }
}
