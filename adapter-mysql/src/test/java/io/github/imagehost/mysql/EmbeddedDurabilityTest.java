package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * H2 shows a commit to others a moment before it has written it. Whoever was told of an image in that moment would have
 * been told of something that a kill can take away.
 */
class EmbeddedDurabilityTest {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Set<Thread.State> AT_REST =
            EnumSet.of(Thread.State.BLOCKED, Thread.State.WAITING, Thread.State.TIMED_WAITING, Thread.State.TERMINATED);

    @TempDir
    private Path directory;

    private MySqlMetadataRepository repository;

    @BeforeEach
    void open() {
        // H2 reads what it is to listen on when its classes are loaded
        TestDatabases.embedded(directory).databaseSettings();
        JdbcDataSource h2 = new JdbcDataSource();
        h2.setURL("jdbc:h2:" + HeldFiles.register() + ":" + directory.resolve("db")
                + ";MODE=MySQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0;DB_CLOSE_DELAY=-1");
        h2.setUser("imagehost");
        repository = MySqlMetadataRepository.create(h2);
    }

    @AfterEach
    void close() {
        HeldFiles.release();
        repository.close();
    }

    @Test
    void anImageIsToldOfOnlyWhenItIsInTheFile() throws Exception {
        Reservation<UploadRequest> reservation = Uploads.reserve(repository);
        UploadRequest request = reservation.request();
        HeldFiles.hold();
        FutureTask<Optional<Image>> completion = new FutureTask<>(() -> repository.complete(reservation));
        new Thread(completion).start();
        HeldFiles.awaitWriter(LIMIT);
        while (repository.findByFilename(request.filename()).isEmpty()) {
            // it writes something else before
            HeldFiles.letOnePass();
            HeldFiles.awaitWriter(LIMIT);
        }

        List<FutureTask<Boolean>> wasWritten = Stream.<Callable<?>>of(
                        () -> repository.findExisting(
                                request.owner(), List.of(request.content().digest())),
                        () -> repository.claim(Uploads.request(request.owner(), request.content())),
                        () -> repository.complete(reservation))
                .map(question -> new FutureTask<>(() -> {
                    question.call();
                    return !HeldFiles.isHeld();
                }))
                .toList();
        List<Thread> asking = wasWritten.stream().map(Thread::new).toList();
        asking.forEach(Thread::start);
        while (!asking.stream().map(Thread::getState).allMatch(AT_REST::contains)) {
            Thread.onSpinWait();
        }
        HeldFiles.release();

        assertThat(completion.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isPresent();
        for (FutureTask<Boolean> answered : wasWritten) {
            assertThat(answered.get(LIMIT.toSeconds(), TimeUnit.SECONDS)).isTrue();
        }
    }

    /** Whoever made it may not have come to that yet. */
    @Test
    void anImageIsToldOfOnlyWhenTheFileIsFlushed() {
        Reservation<UploadRequest> reservation = Uploads.reserve(repository);
        UploadRequest request = reservation.request();
        repository.complete(reservation);

        assertThat(flushes(() -> repository.findExisting(
                        request.owner(), List.of(request.content().digest()))))
                .isPositive();
        assertThat(flushes(() -> repository.claim(Uploads.request(request.owner(), request.content()))))
                .isGreaterThan(flushes(() -> repository.claim(Uploads.request(request.owner(), Uploads.content()))));
        assertThat(flushes(() -> repository.complete(reservation))).isPositive();
    }

    /** What is deleted then could not come back if a loss of power undid it. */
    @Test
    void nothingIsDeletedBeforeItIsFlushedThatNothingPointsToIt() {
        Reservation<UploadRequest> reservation = Uploads.reserve(repository);
        assertThat(flushes(() -> repository.condemned(0, 10))).isZero();
        repository.abandon(reservation);

        assertThat(flushes(() -> repository.isLost(reservation.objectKey()))).isPositive();
        assertThat(flushes(() -> repository.condemned(0, 10))).isPositive();
    }

    /** What is stored under a key whose row a loss of power took away would stay for ever. */
    @Test
    void aVariantIsReservedAgainOnlyWhenItsRowIsFlushed() {
        Image image = repository.complete(Uploads.reserve(repository)).orElseThrow();
        VariantRequest request = new VariantRequest(
                image.objectKey(),
                Uploads.content().digest(),
                ImageType.WEBP,
                new ObjectKey("variants/thumb.webp"),
                Uploads.LEASE);
        repository.claimVariant(request);

        assertThat(flushes(() -> repository.claimVariant(request))).isPositive();
    }

    private static long flushes(Runnable question) {
        long before = HeldFiles.flushes();
        question.run();
        return HeldFiles.flushes() - before;
    }
}
