package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectFiles;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store keeps to whose objects are files of this machine. */
public abstract class ObjectFilesContract {

    /** What the tests store. */
    protected static final TestContent CONTENT = TestContent.ofSize(200_000, 1);

    private ImageStore store = new InMemoryImageStore(new MutableClock());

    /** An empty store, which the contract closes. */
    protected abstract ImageStore createStore() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = createStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    /** The store that is under test. */
    protected final ImageStore store() {
        return store;
    }

    /** The files of the store that is under test. */
    protected final ObjectFiles files() {
        return store.objectFiles().orElseThrow();
    }

    /** Ends the store that is under test, and goes on with another one as {@link #createStore} gives it. */
    protected final void reopenStore() throws Exception {
        store.close();
        store = createStore();
    }

    /** A key that no other test uses. */
    protected static ObjectKey freshKey() {
        return ObjectKeysContract.freshKey();
    }

    /** Stores content under a new key. */
    protected final ObjectKey stored(TestContent content) {
        ObjectKey key = freshKey();
        store.put(key, content);
        return key;
    }

    /** The file of an object. */
    protected final Optional<Path> file(ObjectKey key, TestContent content) {
        return files().file(key, content.digest(), content.size());
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 4096, 1_000_001})
    void aFileHasTheBytesOfItsObject(int size) {
        TestContent content = TestContent.ofSize(size, size);
        ObjectKey key = stored(content);

        for (int i = 0; i < 2; i++) {
            assertThat(file(key, content))
                    .hasValueSatisfying(file -> assertThat(file).isAbsolute().hasBinaryContent(content.bytes()));
        }
    }

    @Test
    void aKeyMayHaveSeveralSegments() {
        ObjectKey key = new ObjectKey("derived/" + freshKey() + "/320.webp");
        store.put(key, CONTENT);

        assertThat(file(key, CONTENT))
                .hasValueSatisfying(file -> assertThat(file).hasBinaryContent(CONTENT.bytes()));
    }

    @Test
    void theAbsentHasNoFile() {
        ObjectKey key = freshKey();

        assertThatThrownBy(() -> file(key, CONTENT))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(key.value());
    }

    @ParameterizedTest
    @ValueSource(longs = {199_999, 200_001})
    void anObjectOfAnotherSizeIsRefused(long size) {
        ObjectKey key = stored(CONTENT);

        assertThatThrownBy(() -> file(key, CONTENT.withSize(size)))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(key.value());
    }

    @Test
    void whatIsDeletedHasNoFileAnyMore() {
        ObjectKey key = stored(CONTENT);
        Path file = file(key, CONTENT).orElseThrow();

        store.delete(List.of(key));

        assertThatThrownBy(() -> file(key, CONTENT)).isInstanceOf(ObjectNotFoundException.class);
        assertThat(Files.exists(file)).isFalse();
    }

    @Test
    void aDeletedKeyThatTakesOtherContentHasAFileWithThat() {
        ObjectKey key = stored(CONTENT);
        assertThat(file(key, CONTENT)).isPresent();
        store.delete(List.of(key));
        TestContent other = TestContent.ofSize(200_000, 2);
        store.put(key, other);

        assertThat(file(key, other)).hasValueSatisfying(file -> assertThat(file).hasBinaryContent(other.bytes()));
    }

    @Test
    void manyMayAskAtOnce() throws Exception {
        ObjectKey key = stored(CONTENT);

        List<byte[]> read =
                Concurrently.run(16, () -> Files.readAllBytes(file(key, CONTENT).orElseThrow()));

        assertThat(read).allSatisfy(bytes -> assertThat(bytes).isEqualTo(CONTENT.bytes()));
    }

    @Test
    void aClosedStoreGivesNoFiles() {
        ObjectKey key = stored(CONTENT);
        ObjectFiles files = files();
        store.close();

        assertThatThrownBy(() -> files.file(key, CONTENT.digest(), CONTENT.size()))
                .isInstanceOf(StoreException.class);
    }
}
