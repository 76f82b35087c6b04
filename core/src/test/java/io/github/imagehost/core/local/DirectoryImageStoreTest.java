package io.github.imagehost.core.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Gate;
import io.github.imagehost.core.testing.ImageStoreContract;
import io.github.imagehost.core.testing.TestContent;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DirectoryImageStoreTest extends ImageStoreContract {

    private static final TestContent CONTENT = TestContent.ofSize(200_000, 1);

    @TempDir
    private Path directory;

    @Override
    protected ImageStore createStore() {
        return DirectoryImageStore.at(root());
    }

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a..", "abc/d/e..f.png", "incoming/x.png", "images", "--/__/-"})
    void everyObjectLiesBelowTheRoot(String name) throws IOException {
        ObjectKey key = new ObjectKey(name);

        store().put(key, CONTENT);

        assertThat(files()).singleElement().satisfies(file -> {
            assertThat(file.toRealPath()).startsWith(root().toRealPath());
            assertThat(file).hasBinaryContent(CONTENT.bytes());
            assertThat(file).isEqualTo(root().resolve(DirectoryImageStore.pathInCopy(key)));
        });
        assertThat(children(directory)).containsExactly(root());
        assertThat(lister().list(Optional.empty(), 10))
                .extracting(StoredObject::key)
                .containsExactly(key);
    }

    @Test
    void leavesNoTemporaryFileBehindASuccess() throws IOException {
        ObjectKey key = freshKey();

        store().put(key, CONTENT);
        store().put(key, CONTENT);

        assertThat(files()).hasSize(1);
        assertThat(incoming()).isEmptyDirectory();
    }

    @Test
    void leavesNoTemporaryFileBehindAFailure() throws IOException {
        ObjectKey key = freshKey();
        store().put(key, CONTENT);

        assertThatThrownBy(() -> store().put(key, TestContent.ofSize(100, 2)))
                .isInstanceOf(ObjectAlreadyExistsException.class);
        assertThatThrownBy(() -> store().put(freshKey(), CONTENT.withSize(1)))
                .isInstanceOf(ContentMismatchException.class);
        assertThatThrownBy(() ->
                        store().put(freshKey(), opening(() -> new BrokenInputStream(CONTENT.bytes(), 150_000))))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(StoreUnavailableException.class);
        assertThatThrownBy(() -> store().put(freshKey(), opening(() -> {
                    throw new IOException("gone");
                })))
                .isInstanceOf(StoreException.class);

        assertThat(files()).hasSize(1);
        assertThat(incoming()).isEmptyDirectory();
    }

    @Test
    void anObjectIsInvisibleUntilItIsWhole() throws Exception {
        ObjectKey key = freshKey();
        Gate gate = new Gate();
        Faults<Closeable> end = Faults.before(Closeable.class, () -> {});
        end.next("close", gate.before());
        ObjectContent content = opening(() -> new FilterInputStream(CONTENT.open()) {
            @Override
            public void close() throws IOException {
                end.port().close();
            }
        });

        Concurrently.run(List.<Callable<Void>>of(
                () -> {
                    store().put(key, content);
                    return null;
                },
                () -> {
                    gate.awaitArrival();
                    assertThat(children(incoming()))
                            .singleElement()
                            .satisfies(file -> assertThat(file).hasBinaryContent(CONTENT.bytes()));
                    assertThat(store().size(key)).isEmpty();
                    assertThat(lister().list(Optional.empty(), 10)).isEmpty();
                    gate.open();
                    return null;
                }));

        assertThat(store().size(key)).contains(CONTENT.size());
    }

    @Test
    void aCrashBetweenWritingAndLinkingLeavesNothingVisible() throws IOException {
        Files.write(incoming().resolve("object-123.tmp"), CONTENT.bytes());

        try (DirectoryImageStore restarted = DirectoryImageStore.at(root())) {
            assertThat(restarted.list(Optional.empty(), 10)).isEmpty();
            ObjectKey key = freshKey();
            restarted.put(key, CONTENT);
            assertThat(restarted.list(Optional.empty(), 10)).hasSize(1);
        }
    }

    @Test
    void whatACrashLeftBehindIsGoneAfterAStart() throws IOException {
        Files.write(incoming().resolve("object-123.tmp"), CONTENT.bytes());
        ObjectKey key = freshKey();
        store().put(key, CONTENT);

        DirectoryImageStore.at(root()).close();

        assertThat(children(incoming())).isEmpty();
        assertThat(store().size(key)).isPresent();
    }

    @Test
    void whatIsJustBeingWrittenOutlivesAnotherStart() throws IOException {
        ObjectKey key = freshKey();
        ObjectContent slow = new ObjectContent() {
            @Override
            public Digest digest() {
                return CONTENT.digest();
            }

            @Override
            public long size() {
                return CONTENT.size();
            }

            @Override
            public String mimeType() {
                return CONTENT.mimeType();
            }

            @Override
            public InputStream open() {
                DirectoryImageStore.at(root()).close();
                return CONTENT.open();
            }
        };

        store().put(key, slow);

        assertThat(store().size(key)).contains(CONTENT.size());
    }

    @Test
    void twoStoresShareOneDirectory() throws Exception {
        try (DirectoryImageStore other = DirectoryImageStore.at(root())) {
            ObjectKey key = freshKey();

            store().put(key, CONTENT);

            assertThat(other.size(key)).contains(CONTENT.size());
            assertThatThrownBy(() -> other.put(key, TestContent.ofSize(100, 2)))
                    .isInstanceOf(ObjectAlreadyExistsException.class)
                    .hasMessage("There is other content under " + key);
            assertThat(other.delete(List.of(key))).isEmpty();
            assertThat(store().size(key)).isEmpty();
        }
    }

    @Test
    void ofManyWritersThroughTwoStoresExactlyOneWins() throws Exception {
        try (DirectoryImageStore other = DirectoryImageStore.at(root())) {
            for (int round = 0; round < 20; round++) {
                ObjectKey key = freshKey();
                List<Callable<Boolean>> writers = new ArrayList<>();
                for (int i = 0; i < 6; i++) {
                    ImageStore store = i % 2 == 0 ? store() : other;
                    TestContent content = TestContent.ofSize(10_000, i);
                    writers.add(() -> wins(store, key, content));
                }

                assertThat(Concurrently.run(writers)).containsOnlyOnce(true);
            }
        }
        assertThat(incoming()).isEmptyDirectory();
    }

    @Test
    void aDeletedObjectCanBeReadToItsEnd() throws IOException {
        ObjectKey key = freshKey();
        store().put(key, CONTENT);

        try (InputStream in = store().open(key)) {
            store().delete(List.of(key));

            assertThat(in.readAllBytes()).isEqualTo(CONTENT.bytes());
        }
    }

    @Test
    void filesThatAreNoObjectsAreNotListed() throws IOException {
        ObjectKey key = freshKey();
        store().put(key, CONTENT);
        Files.createFile(files().get(0).resolveSibling(".DS_Store"));
        Files.createFile(files().get(0).resolveSibling("copy of x.png"));
        Files.createFile(Files.createDirectory(root().resolve("lost+found")).resolve("#123"));
        Files.createFile(root().resolve("README"));
        Files.createFile(Files.createDirectory(root().resolve("backup")).resolve("of-yesterday.tar"));

        assertThat(lister().list(Optional.empty(), 10))
                .extracting(StoredObject::key)
                .containsExactly(key);
    }

    @Test
    void aWalkTellsEachForeignNameOnce() throws IOException {
        for (String key : List.of("aa1", "aa2", "cc1", "cc2")) {
            store().put(new ObjectKey(key), CONTENT);
        }
        List<String> foreign = List.of("readme.txt", "aa/.hidden", "bb/x y", "cc/aa1", "dd/~");
        for (String name : foreign) {
            Path file = root().resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }

        for (int limit = 1; limit <= 5; limit++) {
            List<String> told = new ArrayList<>();
            Optional<ObjectKey> after = Optional.empty();
            List<StoredObject> page;
            do {
                page = lister().list(after, limit, told::add);
                after = page.isEmpty()
                        ? after
                        : Optional.of(page.get(page.size() - 1).key());
            } while (page.size() == limit);
            assertThat(told).as("with a limit of %d", limit).containsExactlyInAnyOrderElementsOf(foreign);
        }
    }

    @Test
    void canBeListedWhileObjectsAreDeleted() throws Exception {
        List<ObjectKey> keys = new ArrayList<>();
        Path shard = Files.createDirectory(root().resolve("sh"));
        for (int i = 0; i < 3000; i++) {
            ObjectKey key = new ObjectKey("shard" + i);
            keys.add(key);
            Files.write(shard.resolve(key.value()), new byte[10]);
        }
        AtomicBoolean deleted = new AtomicBoolean();

        Concurrently.run(List.<Callable<Void>>of(
                () -> {
                    try {
                        store().delete(keys);
                    } finally {
                        deleted.set(true);
                    }
                    return null;
                },
                () -> {
                    while (!deleted.get()) {
                        assertThat(lister().list(Optional.empty(), 1000)).hasSizeLessThanOrEqualTo(1000);
                    }
                    return null;
                }));

        assertThat(lister().list(Optional.empty(), 10)).isEmpty();
    }

    @Test
    void aFileIsNoDirectoryForImages() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> DirectoryImageStore.at(file))
                .isInstanceOf(StoreException.class)
                .hasMessage("Can't make a directory for images at " + file);
    }

    @Test
    void aDirectoryThatDisappearedIsNoticed() throws IOException {
        ObjectKey key = freshKey();
        try (Stream<Path> files = Files.walk(root())) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> assertThat(file.toFile().delete()).isTrue());
        }

        assertThatThrownBy(() -> store().check())
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining(root().toString());
        assertThatThrownBy(() -> store().put(key, CONTENT))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessage("Can't put object " + key);
    }

    private DirectoryImageStore lister() {
        return (DirectoryImageStore) store();
    }

    private Path root() {
        return directory.resolve("images");
    }

    private Path incoming() {
        return root().resolve(".incoming");
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static List<Path> children(Path parent) throws IOException {
        try (Stream<Path> files = Files.list(parent)) {
            return files.toList();
        }
    }

    private static boolean wins(ImageStore store, ObjectKey key, TestContent content) {
        try {
            store.put(key, content);
            return true;
        } catch (ObjectAlreadyExistsException e) {
            return false;
        }
    }

    private static ObjectContent opening(Callable<InputStream> source) {
        Faults<ObjectContent> content = Faults.before(ObjectContent.class, CONTENT);
        content.next("open", call -> source.call());
        return content.port();
    }
}
