package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link ImageStore} promises of the keys of objects; part of the {@link ImageStoreContract}. A subclass
 * supplies the store, empty at first.
 */
public abstract class ObjectKeysContract {

    private ImageStore store;

    /** A store with nothing in it. */
    protected abstract ImageStore createStore() throws Exception;

    @BeforeEach
    final void openStore() throws Exception {
        store = createStore();
    }

    @AfterEach
    final void closeStore() {
        store.close();
    }

    /** The store under test. */
    protected final ImageStore store() {
        return store;
    }

    /** A key that no other test uses. */
    protected static ObjectKey freshKey() {
        return new ObjectKey(UUID.randomUUID().toString().replace("-", "") + ".png");
    }

    @Test
    void acceptsKeysWithSeveralSegments() throws IOException {
        TestContent content = TestContent.ofSize(100, 1);
        ObjectKey key = new ObjectKey("derived/" + freshKey() + "/320.webp");

        store.put(key, content);

        assertThat(read(key)).isEqualTo(content.bytes());
        assertThat(store.delete(List.of(key))).isEmpty();
        assertThat(store.size(key)).isEmpty();
    }

    @Test
    void neverOverwritesOtherBytes() throws IOException {
        ObjectKey key = freshKey();
        TestContent first = TestContent.ofSize(5000, 3);
        store.put(key, first);

        assertThatThrownBy(() -> store.put(key, TestContent.ofSize(5000, 4)))
                .isInstanceOf(ObjectAlreadyExistsException.class)
                .hasMessageContaining(key.value());
        assertThatThrownBy(() -> store.put(key, TestContent.ofSize(4000, 4)))
                .isInstanceOf(ObjectAlreadyExistsException.class);
        assertThat(read(key)).isEqualTo(first.bytes());
    }

    @Test
    void openingTheAbsentNamesTheKey() {
        ObjectKey key = freshKey();

        assertThatThrownBy(() -> store.open(key))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(key.value());
        assertThatThrownBy(() -> store.open(key, new ByteRange(0, 1)))
                .isInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(key.value());
        assertThat(store.size(key)).isEmpty();
    }

    @Test
    void deletesWhatIsThereAndWhatIsNot() {
        ObjectKey present = freshKey();
        ObjectKey absent = freshKey();
        store.put(present, TestContent.ofSize(10, 11));

        Map<ObjectKey, String> failures = store.delete(List.of(present, absent));

        assertThat(failures).isEmpty();
        assertThat(store.size(present)).isEmpty();
        assertThat(store.delete(List.of(present))).isEmpty();
        assertThat(store.delete(List.of())).isEmpty();
    }

    @Test
    void deletesMoreThanAThousandAtOnce() {
        List<ObjectKey> present =
                IntStream.range(0, 12).mapToObj(i -> freshKey()).toList();
        present.forEach(key -> store.put(key, TestContent.ofSize(10, 12)));
        List<ObjectKey> all = new ArrayList<>(present);
        IntStream.range(0, 2100).forEach(i -> all.add(freshKey()));
        Collections.shuffle(all);

        assertThat(store.delete(all)).isEmpty();

        assertThat(present).allSatisfy(key -> assertThat(store.size(key)).isEmpty());
    }

    @Test
    void aDeletedKeyTakesContentAgain() throws IOException {
        ObjectKey key = freshKey();
        store.put(key, TestContent.ofSize(10, 13));
        store.delete(List.of(key));
        TestContent other = TestContent.ofSize(20, 14);

        store.put(key, other);

        assertThat(read(key)).isEqualTo(other.bytes());
    }

    @Test
    void listsInTheOrderOfKeys() {
        assertThat(store.list(Optional.empty(), 10)).isEmpty();
        List<ObjectKey> keys = new ArrayList<>();
        for (int i = 0; i < 25; i++) {
            ObjectKey key = i % 5 == 0 ? new ObjectKey("derived/" + freshKey()) : freshKey();
            keys.add(key);
            store.put(key, TestContent.ofSize(i + 1, i));
        }
        Collections.sort(keys);

        List<StoredObject> listed = new ArrayList<>();
        Optional<ObjectKey> after = Optional.empty();
        List<StoredObject> batch;
        do {
            batch = store.list(after, 10);
            listed.addAll(batch);
            after = batch.isEmpty()
                    ? after
                    : Optional.of(batch.get(batch.size() - 1).key());
        } while (batch.size() == 10);

        assertThat(listed).extracting(StoredObject::key).isEqualTo(keys);
        assertThat(listed).allSatisfy(object -> {
            assertThat(store.size(object.key())).contains(object.size());
            assertThat(object.lastModified()).isNotNull();
        });
        assertThat(store.list(Optional.of(new ObjectKey("zzzz")), 10)).isEmpty();
    }

    @Test
    void listsKeysThatShareTheirFirstCharactersInOrder() {
        List<ObjectKey> keys = Stream.of("a-b", "a.b", "a/b", "a/c", "a0", "aa/b", "aa0", "b/a")
                .map(ObjectKey::new)
                .toList();
        keys.forEach(key -> store.put(key, TestContent.ofSize(1, 1)));

        List<ObjectKey> listed = new ArrayList<>();
        Optional<ObjectKey> after = Optional.empty();
        do {
            after = store.list(after, 1).stream().map(StoredObject::key).findFirst();
            after.ifPresent(listed::add);
        } while (after.isPresent());

        assertThat(listed).isEqualTo(keys);
    }

    /** What is stored under a key. */
    final byte[] read(ObjectKey key) throws IOException {
        try (InputStream in = store.open(key)) {
            return in.readAllBytes();
        }
    }
}
