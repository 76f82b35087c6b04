package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.ContentMismatchException;
import io.github.imagehost.core.port.ImageStore;
import io.github.imagehost.core.port.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.ObjectContent;
import io.github.imagehost.core.port.ObjectLister.StoredObject;
import io.github.imagehost.core.port.ObjectNotFoundException;
import io.github.imagehost.core.port.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ImageStore} promises. A subclass supplies the store, empty at first. */
public abstract class ImageStoreContract {

    private static final int MULTIPART_SIZE = 12 * 1024 * 1024;

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

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 64 * 1024, 1024 * 1024 + 1, MULTIPART_SIZE})
    void givesBackTheBytesItWasGiven(int size) throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(size, size);

        store.put(key, content);

        assertThat(read(key)).isEqualTo(content.bytes());
        assertThat(store.size(key)).contains((long) size);
    }

    @Test
    void storesAnEmptyObject() throws IOException {
        ObjectKey key = freshKey();

        store.put(key, TestContent.of(new byte[0]));

        assertThat(read(key)).isEmpty();
        assertThat(store.size(key)).contains(0L);
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
    void puttingTheSameBytesAgainIsASuccess() throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(5000, 2);

        store.put(key, content);
        store.put(key, content);

        assertThat(read(key)).isEqualTo(content.bytes());
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
    void refusesBytesOfAnotherDigestAndStoresNothing() {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(5000, 5);
        TestContent lying = content.withDigest(TestContent.digestOf(new byte[] {1}));

        assertThatThrownBy(() -> store.put(key, lying))
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining(key.value());
        assertThat(store.size(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {4999, 5001})
    void refusesBytesOfAnotherLengthAndStoresNothing(long announced) {
        ObjectKey key = freshKey();
        TestContent lying = TestContent.ofSize(5000, 6).withSize(announced);

        assertThatThrownBy(() -> store.put(key, lying))
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining(key.value());
        assertThat(store.size(key)).isEmpty();
    }

    @Test
    void storesNothingWhenTheBytesCannotBeRead() {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(2_000_000, 7);
        ObjectContent failing = new FailingContent(content, 1_500_000);

        assertThatThrownBy(() -> store.put(key, failing))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(key.value());
        assertThat(store.size(key)).isEmpty();
    }

    @Test
    void opensARangeAnywhere() throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(100_000, 8);
        store.put(key, content);

        for (ByteRange range : List.of(
                new ByteRange(0, 1), new ByteRange(99_999, 1), new ByteRange(777, 65_537), new ByteRange(0, 100_000))) {
            try (InputStream in = store.open(key, range)) {
                byte[] expected = Arrays.copyOfRange(content.bytes(), (int) range.offset(), (int) range.last() + 1);
                assertThat(in.readAllBytes()).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesARangeOutsideTheObject() {
        ObjectKey key = freshKey();
        store.put(key, TestContent.ofSize(100, 9));

        assertThatThrownBy(() -> store.open(key, new ByteRange(100, 1)))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(key.value());
        assertThatThrownBy(() -> store.open(key, new ByteRange(50, 51))).isInstanceOf(StoreException.class);
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
    void aStreamMayBeClosedBeforeItsEnd() throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(MULTIPART_SIZE, 10);
        store.put(key, content);

        // more often than any pool of connections is large: a stream that is not released blocks the next
        for (int i = 0; i < 150; i++) {
            try (InputStream in = store.open(key)) {
                assertThat(in.read()).isEqualTo(content.bytes()[0] & 0xff);
            }
        }
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
    void ofManyWritersWithOtherBytesExactlyOneWins() throws Exception {
        ObjectKey key = freshKey();
        List<TestContent> contents = IntStream.range(0, 8)
                .mapToObj(i -> TestContent.ofSize(300_000, 100 + i))
                .toList();

        List<Boolean> won = Concurrently.run(contents.stream()
                .map(content -> (Callable<Boolean>) () -> {
                    try {
                        store.put(key, content);
                        return true;
                    } catch (ObjectAlreadyExistsException e) {
                        return false;
                    }
                })
                .toList());

        assertThat(won).containsOnlyOnce(true);
        assertThat(read(key)).isEqualTo(contents.get(won.indexOf(true)).bytes());
    }

    @Test
    void manyWritersWithTheSameBytesAllSucceed() throws Exception {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(300_000, 200);

        Concurrently.run(8, () -> {
            store.put(key, content);
            return true;
        });

        assertThat(read(key)).isEqualTo(content.bytes());
    }

    @Test
    void aReaderNeverSeesPartOfAnObject() throws Exception {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(MULTIPART_SIZE, 201);
        AtomicBoolean stored = new AtomicBoolean();

        List<Boolean> sawOnlyWhole = Concurrently.run(List.<Callable<Boolean>>of(
                () -> {
                    try {
                        store.put(key, content);
                    } finally {
                        stored.set(true);
                    }
                    return true;
                },
                () -> {
                    while (!stored.get()) {
                        Optional<Long> size = store.size(key);
                        if (size.isPresent() && size.get() != content.size()) {
                            return false;
                        }
                    }
                    return true;
                }));

        assertThat(sawOnlyWhole).containsOnly(true);
        assertThat(read(key)).isEqualTo(content.bytes());
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

    @Test
    void answersItsCheckUntilItIsClosed() {
        store.check();

        store.close();
        store.close();

        assertThatThrownBy(store::check).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store.open(freshKey())).isInstanceOf(StoreException.class);
    }

    private byte[] read(ObjectKey key) throws IOException {
        try (InputStream in = store.open(key)) {
            return in.readAllBytes();
        }
    }

    private record FailingContent(TestContent content, int readable) implements ObjectContent {

        @Override
        public Digest digest() {
            return content.digest();
        }

        @Override
        public long size() {
            return content.size();
        }

        @Override
        public String mimeType() {
            return content.mimeType();
        }

        @Override
        public InputStream open() {
            return new BrokenInputStream(content.bytes(), readable);
        }
    }
}
