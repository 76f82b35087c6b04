package io.github.imagehost.core.bulk;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.operation.Progress;
import io.github.imagehost.core.port.CommitStateUnknownException;
import io.github.imagehost.core.port.ObjectContent;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdoptTaskTest {

    @TempDir
    Path directory;

    private final TestHost test = new TestHost();

    @Test
    void objectsBecomeImagesUnderTheirKeys() throws IOException {
        byte[] picture = Pictures.uniquePng();
        put("first.png", picture);
        put("second.png", picture);
        put("a/b.gif", Pictures.uniqueGif());
        Image uploaded = test.upload(Pictures.uniquePng()).image();
        int puts = test.store().calls("put");

        BulkReport report = run(BulkJournal.NONE);

        assertThat(report.count(Outcome.NEW)).isEqualTo(2);
        assertThat(report.count(Outcome.DUPLICATE)).isEqualTo(1);
        assertThat(report.count(Outcome.KNOWN)).isEqualTo(1);
        assertThat(report.bytesStored()).isZero();
        assertThat(test.images(ALICE))
                .contains(uploaded)
                .extracting(image -> image.objectKey().value())
                .contains("first.png", "a/b.gif");
        assertThat(test.rows().findByFilename("second.png"))
                .isEqualTo(test.rows().findByFilename("first.png"));
        assertThat(test.store().calls("put")).isEqualTo(puts);
    }

    @Test
    void whatIsKnownIsNotRead() throws IOException {
        put("first.png", Pictures.uniquePng());
        run(BulkJournal.NONE);

        assertThat(run(BulkJournal.NONE).count(Outcome.KNOWN)).isOne();

        assertThat(test.store().calls("open")).isOne();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aKillInTheMiddleOfAnAdoptionIsMadeGood(boolean hadItsEffect) throws IOException {
        byte[] picture = Pictures.uniquePng();
        put("deep/first.png", picture);
        put("deep/second.png", picture);
        RuntimeException death = new CommitStateUnknownException("killed", new IOException());
        test.repository().next("adopt", hadItsEffect ? Faults.failAfter(death) : Faults.failBefore(death));
        test.repository().always("adopt", Faults.failBefore(death));
        try (FileJournal journal = journal()) {
            assertThat(run(journal).complete()).isFalse();
        }
        test.repository().heal();

        BulkReport report;
        try (FileJournal journal = journal()) {
            report = run(journal);
        }

        assertThat(report.count(Outcome.NEW)).isOne();
        assertThat(report.count(Outcome.DUPLICATE)).isOne();
        assertThat(report.count(Outcome.KNOWN)).isZero();
        assertThat(test.images(ALICE)).hasSize(1);
    }

    @Test
    void aConnectionThatBreaksIsMadeAnew() throws IOException {
        put("first.png", Pictures.uniquePng());
        test.store().next("open", call -> new BrokenInputStream(new byte[10], 10));

        assertThat(run(BulkJournal.NONE).count(Outcome.NEW)).isOne();
    }

    @Test
    void anObjectThatGoesMeanwhileStopsNothing() throws IOException {
        put("first.png", Pictures.uniquePng());
        put("second.png", Pictures.uniquePng());
        test.store()
                .next("open", Faults.doBefore(() -> test.store().port().delete(List.of(new ObjectKey("first.png")))));

        BulkReport report = run(BulkJournal.NONE);

        assertThat(report.complete()).isTrue();
        assertThat(report.count(Outcome.NEW)).isOne();
        assertThat(report.count(Outcome.FAILED)).isOne();
    }

    private BulkReport run(BulkJournal journal) {
        AdoptTask task = AdoptTask.adopting(
                test.host(), test.store().port(), test.repository().port(), ALICE);
        return new BulkRun<AdoptableItem>(task, journal, 1, List.of(Duration.ofNanos(1)))
                .run(new StoreSource(test.store().port()), (item, result) -> {}, Progress.UNOBSERVED);
    }

    private FileJournal journal() {
        return FileJournal.open(directory.resolve("journal"), "test");
    }

    private void put(String key, byte[] bytes) {
        ObjectContent content = TestContent.of(bytes);
        test.store().port().put(new ObjectKey(key), content);
    }
}
