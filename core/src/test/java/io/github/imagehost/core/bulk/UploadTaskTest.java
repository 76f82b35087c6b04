package io.github.imagehost.core.bulk;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static io.github.imagehost.core.testing.TestHost.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.source.BulkItem;
import io.github.imagehost.core.source.PictureItem;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UploadTaskTest {

    private static final Instant DATE = Instant.parse("2001-02-03T04:05:06.789Z");

    @TempDir
    Path directory;

    private final TestHost test = new TestHost();
    private final ImageHost impatient = test.another(Duration.ZERO);
    private Path pictures;

    @BeforeEach
    void makeDirectory() throws IOException {
        pictures = Files.createDirectory(directory.resolve("pictures"));
    }

    @Test
    void namesAndDatesAreKept() throws IOException {
        write("a/cat.png", Pictures.uniquePng());

        run();

        assertThat(test.images(ALICE)).singleElement().satisfies(image -> {
            assertThat(image.originalName()).isEqualTo("cat.png");
            assertThat(image.uploadedAt()).isEqualTo(DATE);
            assertThat(image.updatedAt()).isEqualTo(DATE);
        });
    }

    @Test
    void datesThatNoImageCanHaveAreMadeLegal() throws IOException {
        Files.setLastModifiedTime(
                write("old.png", Pictures.uniquePng()), FileTime.from(Instant.parse("1901-02-03T00:00:00Z")));
        Files.setLastModifiedTime(
                write("fine.png", Pictures.uniquePng()), FileTime.from(Instant.parse("2020-01-01T00:00:00.123456Z")));

        run();

        assertThat(test.images(ALICE))
                .extracting(Image::uploadedAt)
                .containsExactlyInAnyOrder(Instant.EPOCH, Instant.parse("2020-01-01T00:00:00.123Z"));
    }

    @Test
    void ofFilesWithTheSameBytesTheFirstOneGivesTheName() throws IOException {
        for (int round = 0; round < 20; round++) {
            byte[] picture = Pictures.uniquePng();
            for (int i = 0; i < 8; i++) {
                write("round" + round + "/" + i + ".png", picture);
            }
        }

        BulkReport report = run();

        assertThat(test.images(ALICE))
                .hasSize(20)
                .allMatch(image -> image.originalName().equals("0.png"));
        assertThat(report.count(Outcome.DUPLICATE)).isEqualTo(140);
    }

    @Test
    void theForecastEqualsTheOutcome() throws IOException {
        byte[] there = Pictures.uniqueJpeg();
        byte[] bobs = Pictures.uniqueGif();
        byte[] twice = TaggedPictures.jpeg();
        test.upload(there);
        test.upload(BOB, bobs);
        write("there.jpg", there);
        write("bobs.gif", bobs);
        write("new.png", Pictures.uniquePng());
        write("twice.jpg", twice);
        write("x/twice.jpg", twice);
        write("empty.png", new byte[0]);
        write("page.html", Pictures.html());
        write("cut.png", Arrays.copyOf(Pictures.uniquePng(), 100));

        BulkReport forecast = run(new ForecastTask(test.host(), ALICE), BulkJournal.NONE);

        assertThat(test.images(ALICE)).hasSize(1);
        assertThat(forecast.outcomes())
                .isEqualTo(Map.of(
                        Outcome.NEW,
                        3L,
                        Outcome.DUPLICATE,
                        2L,
                        Outcome.REFUSED,
                        3L,
                        Outcome.FAILED,
                        0L,
                        Outcome.KNOWN,
                        0L));
        assertThat(forecast.bytesStored()).isLessThan(forecast.bytesRead());
        assertThat(forecast.remarks()).containsOnlyKeys("image_truncated", "file_empty", "unsupported_image");
        assertThat(run()).isEqualTo(forecast);
    }

    @ParameterizedTest
    @CsvSource({"claim, false", "claim, true", "complete, false", "complete, true"})
    void aKillInTheMiddleOfAnUploadIsMadeGood(String call, boolean hadItsEffect) throws IOException {
        byte[] picture = Pictures.uniquePng();
        write("a.png", picture);
        write("b.png", picture);
        RuntimeException death = new CommitStateUnknownException("killed", new IOException());
        test.repository().next(call, hadItsEffect ? Faults.failAfter(death) : Faults.failBefore(death));
        test.repository().next("findExisting", Faults.pass());
        List.of("findExisting", "claim", "complete", "abandon")
                .forEach(any -> test.repository().always(any, Faults.failBefore(death)));
        if (call.equals("complete")) {
            test.repository().next("claim", Faults.pass());
        }
        try (FileJournal killed = journal()) {
            assertThat(run(new UploadTask(impatient, ALICE), killed).complete()).isFalse();
        }
        test.repository().heal();

        BulkReport report;
        try (FileJournal journal = journal()) {
            report = run(new UploadTask(impatient, ALICE), journal);
        }

        assertThat(report.failure()).isEmpty();
        assertThat(report.count(Outcome.NEW)).isOne();
        assertThat(report.count(Outcome.DUPLICATE)).isOne();
        assertThat(test.images(ALICE)).hasSize(1);
        test.letLeasesAndQuarantinesEnd();
        test.host().sweep();
        assertThat(test.objects()).containsExactly(test.images(ALICE).get(0).objectKey());
    }

    @Test
    void aKillBeforeTheJournalKnowsIsNoDuplicate() throws IOException {
        write("a.png", Pictures.uniquePng());
        try (FileJournal journal = journal()) {
            run(new UploadTask(test.host(), ALICE), new Forgetful(journal));
        }

        try (FileJournal journal = journal()) {
            BulkReport report = run(new UploadTask(test.host(), ALICE), journal);

            assertThat(report.count(Outcome.NEW)).isOne();
            assertThat(report.count(Outcome.DUPLICATE)).isZero();
        }
        assertThat(test.images(ALICE)).hasSize(1);
    }

    /** @param otherWasFirst whose object it is: the other owner's, or the one that has the deleted name for its key */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatWasDeletedSinceAKillGetsAnotherNameHoweverLate(boolean otherWasFirst) throws IOException {
        byte[] picture = Pictures.uniquePng();
        if (otherWasFirst) {
            test.upload(BOB, picture);
        }
        write("a.png", picture);
        try (FileJournal journal = journal()) {
            run(new UploadTask(test.host(), ALICE), new Forgetful(journal));
        }
        if (!otherWasFirst) {
            test.upload(BOB, picture);
        }
        Image deleted = test.images(ALICE).get(0);
        test.host().delete(ALICE, List.of(deleted.id()));
        test.letFilenamesBeForgotten();

        try (FileJournal journal = journal()) {
            assertThat(run(new UploadTask(test.host(), ALICE), journal).count(Outcome.NEW))
                    .isOne();
        }

        assertThat(test.rows().findByFilename(deleted.filename())).isEmpty();
        assertThat(test.images(ALICE)).hasSize(1);
    }

    @Test
    void whatWasThereBeforeIsADuplicateAlsoAfterAKill() throws IOException {
        byte[] picture = Pictures.uniquePng();
        test.upload(picture);
        write("a.png", picture);
        try (FileJournal journal = journal()) {
            run(new UploadTask(test.host(), ALICE), new Forgetful(journal));
        }

        try (FileJournal journal = journal()) {
            assertThat(run(new UploadTask(test.host(), ALICE), journal).count(Outcome.DUPLICATE))
                    .isOne();
        }
    }

    @Test
    void aStoreThatComesBackIsNotNoticed() throws IOException {
        write("a.png", Pictures.uniquePng());
        test.store().next("put", Faults.failAfter(new StoreUnavailableException("the answer was lost")));

        BulkReport report = run();

        assertThat(report.count(Outcome.NEW)).isOne();
        assertThat(test.images(ALICE)).hasSize(1);
    }

    @Test
    void whatIsThereIsNeitherLookedAtNorClaimed() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image there = test.upload(picture).image();
        write("a.png", picture);
        write("b/c.png", picture);
        int claims = test.repository().calls("claim");
        ImageHost refusing = ImageHost.builder()
                .store(test.store().port())
                .metadata(test.repository().port())
                .policy(new UploadPolicy(1_000_000, Set.of(ImageType.GIF)))
                .build();

        List<BulkResult> results = new ArrayList<>();
        BulkReport report = new BulkRun<FileItem>(new UploadTask(refusing, ALICE), BulkJournal.NONE, 4)
                .run(new DirectorySource(pictures), (item, result) -> results.add(result), Progress.UNOBSERVED);

        assertThat(report.complete()).isTrue();
        assertThat(test.repository().calls("claim")).isEqualTo(claims);
        assertThat(report.bytesSaved()).isEqualTo(2 * there.content().storedSize());
        assertThat(results).hasSize(2).allSatisfy(result -> {
            assertThat(result.outcome()).isEqualTo(Outcome.DUPLICATE);
            assertThat(result.image()).contains(there);
            assertThat(result.bytesRead()).isEqualTo(picture.length);
        });
    }

    @Test
    void eachPictureIsAskedForOnceAndNotAgainAfterAFailure() throws IOException {
        write("a.png", Pictures.uniquePng());
        write("b.png", Pictures.uniquePng());
        test.store().next("put", Faults.failBefore(new StoreUnavailableException("away")));

        assertThat(run().count(Outcome.NEW)).isEqualTo(2);

        assertThat(test.repository().calls("findExisting")).isEqualTo(2);
    }

    @Test
    void whatIsMissingIsBroughtBack() throws IOException {
        byte[] picture = Pictures.uniquePng();
        Image there = test.upload(picture).image();
        test.store().port().delete(List.of(there.objectKey()));
        test.rows().markMissing(test.rows().blobAt(there.objectKey()).orElseThrow());
        write("a.png", picture);

        BulkReport forecast = run(new ForecastTask(test.host(), ALICE), BulkJournal.NONE);
        assertThat(test.objects()).isEmpty();
        assertThat(forecast.count(Outcome.DUPLICATE)).isOne();
        assertThat(run()).isEqualTo(forecast);
        assertThat(test.objects()).containsExactly(there.objectKey());
    }

    @Test
    void whatOnlySomebodyElseHasIsNew() throws IOException {
        byte[] picture = Pictures.uniquePng();
        test.upload(BOB, picture);
        write("a.png", picture);

        assertThat(run().count(Outcome.NEW)).isOne();
        assertThat(test.images(ALICE)).hasSize(1);
    }

    @Test
    void aRepositoryThatComesBackWhileItIsAskedIsNotNoticed() throws IOException {
        write("a.png", Pictures.uniquePng());
        test.repository().next("findExisting", Faults.failBefore(new RepositoryUnavailableException("away")));

        assertThat(run().count(Outcome.NEW)).isOne();
    }

    private BulkReport run() {
        return run(new UploadTask(test.host(), ALICE), BulkJournal.NONE);
    }

    private BulkReport run(BulkTask<PictureItem> task, BulkJournal journal) {
        return new BulkRun<FileItem>(task, journal, 4, List.of(Duration.ofNanos(1)))
                .run(new DirectorySource(pictures), (item, result) -> {}, Progress.UNOBSERVED);
    }

    private FileJournal journal() {
        return FileJournal.open(directory.resolve("journal"), "test");
    }

    private Path write(String name, byte[] bytes) throws IOException {
        Path file = pictures.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
        return Files.setLastModifiedTime(file, FileTime.from(DATE));
    }

    /** As after a kill: what came to its end was not noted. */
    private record Forgetful(BulkJournal journal) implements BulkJournal {

        @Override
        public Optional<BulkResult> result(BulkItem item) {
            return journal.result(item);
        }

        @Override
        public List<String> attempts(BulkItem item) {
            return journal.attempts(item);
        }

        @Override
        public void begin(BulkItem item, String filename) {
            journal.begin(item, filename);
        }

        @Override
        public void end(BulkItem item, BulkResult result) {}
    }
}
