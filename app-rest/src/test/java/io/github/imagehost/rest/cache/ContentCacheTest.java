package io.github.imagehost.rest.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Gate;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.ObjectFilesContract;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Waiting;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ContentCacheTest extends ObjectFilesContract {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int MEBIBYTE = 1024 * 1024;
    private static final long ROOM = 64L * MEBIBYTE;
    /** As many as may be copied at once. */
    private static final int PLACES = 32;

    private final InMemoryImageStore objects = new InMemoryImageStore(new MutableClock());
    private final Faults<ImageStore> source = Faults.before(ImageStore.class, objects);

    @TempDir
    private Path directory;

    @Override
    protected ImageStore createStore() {
        // it outlives those that use it, as a bucket does
        source.always("close", call -> null);
        return CachedImageStore.open(source.port(), root(), ROOM, LIMIT);
    }

    @Test
    void whatManyWantAtOnceIsReadOnce() throws Exception {
        ObjectKey key = stored(CONTENT);
        Gate gate = new Gate();
        source.next("open", gate.before());

        List<Callable<byte[]>> readers = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            readers.add(() -> Files.readAllBytes(file(key, CONTENT).orElseThrow()));
        }
        readers.add(() -> {
            gate.awaitArrival();
            gate.open();
            return CONTENT.bytes();
        });

        assertThat(Concurrently.run(readers))
                .allSatisfy(bytes -> assertThat(bytes).isEqualTo(CONTENT.bytes()));
        assertThat(source.calls("open")).isOne();
    }

    @Test
    void whoHasWaitedForTheCopyOfAnotherReadsFromTheStore() throws Exception {
        ObjectKey key = stored(CONTENT);
        Gate gate = new Gate();
        source.next("open", gate.before());
        store().close();
        try (CachedImageStore impatient = CachedImageStore.open(source.port(), root(), ROOM, Duration.ofMillis(1))) {
            FutureTask<Optional<Path>> slow = inBackground(() -> fileOf(impatient, key));
            gate.awaitArrival();

            assertThat(fileOf(impatient, key)).isEmpty();

            gate.open();
            assertThat(slow.get()).isPresent();
        }
    }

    @Test
    void whatWasReadIsThereAfterARestartAndComparedOnce() throws Exception {
        ObjectKey key = stored(CONTENT);
        Path file = file(key, CONTENT).orElseThrow();
        reopenStore();

        assertThat(file(key, CONTENT)).contains(file);
        assertThat(source.calls("open")).isOne();
    }

    @Test
    void aFileThatWasDamagedWhileNobodyUsedItIsMadeAnew() throws Exception {
        ObjectKey key = stored(CONTENT);
        Path file = file(key, CONTENT).orElseThrow();
        FileTime time = Files.getLastModifiedTime(file);
        byte[] damaged = CONTENT.bytes();
        damaged[100_000]++;
        Files.write(file, damaged);
        Files.setLastModifiedTime(file, time);
        reopenStore();

        assertThat(file(key, CONTENT))
                .hasValueSatisfying(again -> assertThat(again).hasBinaryContent(CONTENT.bytes()));
        assertThat(source.calls("open")).isEqualTo(2);
    }

    @Test
    void aFileThatIsDamagedGrowsOrDisappearsInUseIsMadeAnew() throws IOException {
        ObjectKey key = stored(CONTENT);
        byte[] damaged = CONTENT.bytes();
        damaged[0]++;
        for (byte[] other :
                new byte[][] {damaged, Arrays.copyOf(damaged, 10), Arrays.copyOf(CONTENT.bytes(), 300_000)}) {
            Path file = file(key, CONTENT).orElseThrow();
            Files.write(file, other);
            Files.setLastModifiedTime(file, FileTime.fromMillis(0));

            assertThat(file(key, CONTENT))
                    .hasValueSatisfying(again -> assertThat(again).hasBinaryContent(CONTENT.bytes()));
        }
        Files.delete(file(key, CONTENT).orElseThrow());

        assertThat(file(key, CONTENT))
                .hasValueSatisfying(again -> assertThat(again).hasBinaryContent(CONTENT.bytes()));
        assertThat(source.calls("open")).isEqualTo(5);
    }

    @Test
    void bytesThatAreNotThoseThatWereStoredAreNeverKept() throws IOException {
        ObjectKey key = stored(CONTENT);
        byte[] damaged = CONTENT.bytes();
        damaged[199_999]++;
        source.next(
                "open",
                call -> new ByteArrayInputStream(damaged),
                call -> new ByteArrayInputStream(damaged, 0, 1000),
                call -> new ByteArrayInputStream(Arrays.copyOf(CONTENT.bytes(), 200_001)));

        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> file(key, CONTENT))
                    .isInstanceOf(StoreException.class)
                    .isNotInstanceOf(StoreUnavailableException.class)
                    .hasMessageContaining(key.value());
            assertThat(copies()).isEmpty();
        }
        assertThat(file(key, CONTENT)).isPresent();
    }

    @Test
    void aStoreThatBreaksOffMayBeAskedAgain() throws IOException {
        ObjectKey key = stored(CONTENT);
        source.next("open", call -> new BrokenInputStream(CONTENT.bytes(), 150_000));

        assertThatThrownBy(() -> file(key, CONTENT)).isInstanceOf(StoreUnavailableException.class);
        assertThat(copies()).isEmpty();
        assertThat(file(key, CONTENT)).isPresent();
    }

    @Test
    void whoWaitsForAnotherFailsAsThatOneDoes() throws Exception {
        ObjectKey key = freshKey();
        Gate gate = new Gate();
        source.next("open", gate.before());
        FutureTask<Optional<Path>> first = inBackground(() -> file(key, CONTENT));
        gate.awaitArrival();
        FutureTask<Optional<Path>> second = inBackground(() -> file(key, CONTENT));
        gate.open();

        for (FutureTask<Optional<Path>> reader : List.of(first, second)) {
            assertThatThrownBy(reader::get).hasCauseInstanceOf(ObjectNotFoundException.class);
        }
    }

    @Test
    void whatIsDeletedWhileItIsCopiedIsNotKept() throws Exception {
        ObjectKey key = stored(CONTENT);
        Gate gate = new Gate();
        source.next("open", gate.after());
        FutureTask<Optional<Path>> reader = inBackground(() -> file(key, CONTENT));
        gate.awaitArrival();

        store().delete(List.of(key));
        gate.open();

        assertThat(reader.get()).isEmpty();
        assertThat(copies()).isEmpty();
    }

    @Test
    void whoHasOpenedAFileReadsItToItsEndThoughItIsDeleted() throws IOException {
        ObjectKey key = stored(CONTENT);
        try (InputStream in = Files.newInputStream(file(key, CONTENT).orElseThrow())) {
            store().delete(List.of(key));

            assertThat(in.readAllBytes()).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void largeObjectsAreLeftToTheStore() throws IOException {
        TestContent large = TestContent.ofSize((int) (ROOM / 16) + 1, 1);

        assertThat(file(stored(large), large)).isEmpty();
        assertThat(source.calls("open")).isZero();
        assertThat(file(stored(CONTENT), CONTENT)).isPresent();
    }

    @Test
    void allFilesTogetherTakeNoMoreThanTheirRoom() throws IOException {
        TestContent content = TestContent.ofSize(4 * MEBIBYTE, 1);
        List<Optional<Path>> given = new ArrayList<>();

        for (long asked = 0; asked <= ROOM; asked += content.size()) {
            Optional<Path> file = file(stored(content), content);
            given.add(file);
            file.ifPresent(path -> assertThat(path).hasSize(content.size()));
            assertThat(bytesOfCopies()).isLessThanOrEqualTo(ROOM);
        }

        assertThat(given.get(0)).isPresent();
        assertThat(given).contains(Optional.empty());
    }

    @Test
    void noMoreThanSomeAreCopiedAtOnce() throws Exception {
        List<FutureTask<Optional<Path>>> readers = new ArrayList<>();
        List<Gate> gates = new ArrayList<>();
        for (int i = 0; i < PLACES; i++) {
            ObjectKey key = stored(CONTENT);
            Gate gate = new Gate();
            gates.add(gate);
            source.next("open", gate.before());
            readers.add(inBackground(() -> file(key, CONTENT)));
            gate.awaitArrival();
        }
        ObjectKey further = stored(CONTENT);

        assertThatThrownBy(() -> file(further, CONTENT)).isInstanceOf(StoreUnavailableException.class);
        assertThat(source.calls("open")).isEqualTo(PLACES);

        gates.forEach(Gate::open);
        for (FutureTask<Optional<Path>> reader : readers) {
            assertThat(reader.get()).isPresent();
        }
        assertThat(file(further, CONTENT)).isPresent();
    }

    @Test
    void ofTwoProcessesTheSecondHasNoCopiesUntilTheFirstEnds() throws Exception {
        ObjectKey key = stored(CONTENT);
        Path file = file(key, CONTENT).orElseThrow();
        try (CachedImageStore second = CachedImageStore.open(objects, root(), ROOM)) {
            assertThat(fileOf(second, key)).isEmpty();
            assertThat(file(key, CONTENT)).contains(file);

            store().close();

            Waiting.until(
                    "the second has the files", LIMIT, () -> fileOf(second, key).equals(Optional.of(file)));
        }
    }

    @Test
    void whereNoFilesCanBeKeptTheStoreServes() throws IOException {
        Path noDirectory = Files.createFile(directory.resolve("file"));
        ObjectKey key = stored(CONTENT);
        try (CachedImageStore store = CachedImageStore.open(objects, noDirectory, ROOM)) {
            assertThat(fileOf(store, key)).isEmpty();
            assertThat(store.open(key, new ByteRange(0, 1)).read()).isEqualTo(CONTENT.bytes()[0] & 0xff);
        }
    }

    @Test
    void aDirectoryThatCanNotBeWrittenToIsLeftAloneForAWhile() throws IOException {
        ObjectKey key = stored(CONTENT);
        Path incoming = root().resolve(".incoming");
        Files.delete(incoming);
        Files.createFile(incoming);

        assertThat(file(key, CONTENT)).isEmpty();
        Files.delete(incoming);
        assertThat(file(key, CONTENT)).isEmpty();
    }

    @Test
    void whatAKilledProcessLeftIsDeleted() throws Exception {
        store().close();
        Path left = Files.write(root().resolve(".incoming").resolve("copy-1.tmp"), CONTENT.bytes());

        try (CachedImageStore store = CachedImageStore.open(objects, root(), ROOM)) {
            Waiting.until("it is gone", LIMIT, () -> !Files.exists(left));
            store.check();
        }
    }

    private Optional<Path> fileOf(ImageStore store, ObjectKey key) {
        return store.objectFiles().orElseThrow().file(key, CONTENT.digest(), CONTENT.size());
    }

    private static <T> FutureTask<T> inBackground(Callable<T> call) {
        FutureTask<T> task = new FutureTask<>(call);
        Thread thread = new Thread(task);
        thread.setDaemon(true);
        thread.start();
        return task;
    }

    private Path root() {
        return directory.resolve("cache");
    }

    private List<Path> copies() throws IOException {
        try (Stream<Path> files = Files.walk(root())) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.endsWith(".lock"))
                    .toList();
        }
    }

    private long bytesOfCopies() throws IOException {
        long bytes = 0;
        for (Path copy : copies()) {
            bytes += Files.size(copy);
        }
        return bytes;
    }
}
