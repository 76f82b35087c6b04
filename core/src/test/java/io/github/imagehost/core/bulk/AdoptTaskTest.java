package io.github.imagehost.core.bulk;

import static io.github.imagehost.core.testing.TestHost.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.bulk.BulkResult.Outcome;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.repository.failure.CommitStateUnknownException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.core.source.AdoptableItem;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestHost;
import io.github.imagehost.core.work.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
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
    void objectsWhoseNamesAreNoKeysAreRefusedOneByOne() throws IOException {
        put("first.png", Pictures.uniquePng());
        List<String> names = List.of("a+b.png", "//a.png", "图片.png", "a\nb.png", "..", "x");
        ObjectLister shared = new ObjectLister() {
            @Override
            public List<StoredObject> list(Optional<ObjectKey> after, int limit) {
                return test.store().port().list(after, limit);
            }

            @Override
            public List<StoredObject> list(Optional<ObjectKey> after, int limit, Consumer<String> foreignNames) {
                names.forEach(foreignNames);
                foreignNames.accept("folder/");
                return list(after, limit);
            }
        };
        Map<String, String> refused = new HashMap<>();

        BulkReport report = run(
                BulkJournal.NONE,
                shared,
                (item, result) -> result.remark()
                        .ifPresent(remark -> refused.put(item.name(), remark.code() + ": " + remark.message())));

        assertThat(report.complete()).isTrue();
        assertThat(report.count(Outcome.NEW)).isOne();
        assertThat(refused.keySet()).containsExactlyInAnyOrderElementsOf(names);
        assertThat(refused.values())
                .containsOnly(
                        "object_name_illegal: An object of this name can't be adopted: legal are 2 to 200 characters,"
                                + " in segments of a-z A-Z 0-9 . _ - that do not start with a dot; copy it to such a name, or"
                                + " import it");
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

    /** An object stays as it is, and whoever renders it needs its end. */
    @Test
    void aPictureWithoutItsEndIsNotAdopted() throws IOException {
        byte[] picture = Pictures.uniqueJpeg();
        put("endless.jpg", Arrays.copyOf(picture, picture.length - 2));

        assertThat(run(BulkJournal.NONE).count(Outcome.REFUSED)).isOne();

        assertThat(test.images(ALICE)).isEmpty();
    }

    private BulkReport run(BulkJournal journal) {
        return run(journal, test.store().port(), (item, result) -> {});
    }

    private BulkReport run(BulkJournal journal, ObjectLister objects, BiConsumer<AdoptableItem, BulkResult> listener) {
        AdoptTask task = AdoptTask.adopting(
                test.host(), test.store().port(), test.repository().port(), ALICE);
        return new BulkRun<AdoptableItem>(task, journal, 1, List.of(Duration.ofNanos(1)))
                .run(new StoreSource(objects), listener, Progress.UNOBSERVED);
    }

    private FileJournal journal() {
        return FileJournal.open(directory.resolve("journal"), "test");
    }

    private void put(String key, byte[] bytes) {
        ObjectContent content = TestContent.of(bytes);
        test.store().port().put(new ObjectKey(key), content);
    }
}
