package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ContentMismatchException;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ImageStore} promises. A subclass supplies the store, empty at first. */
public abstract class ImageStoreContract extends ObjectKeysContract {

    private static final int MULTIPART_SIZE = 12 * 1024 * 1024;

    @ParameterizedTest
    @ValueSource(ints = {1, 1023, 64 * 1024, 1024 * 1024 + 1, MULTIPART_SIZE})
    void givesBackTheBytesItWasGiven(int size) throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(size, size);

        store().put(key, content);

        assertThat(read(key)).isEqualTo(content.bytes());
        assertThat(store().size(key)).contains((long) size);
    }

    @Test
    void storesAnEmptyObject() throws IOException {
        ObjectKey key = freshKey();

        store().put(key, TestContent.of(new byte[0]));

        assertThat(read(key)).isEmpty();
        assertThat(store().size(key)).contains(0L);
    }

    @Test
    void puttingTheSameBytesAgainIsASuccess() throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(5000, 2);

        store().put(key, content);
        store().put(key, content);

        assertThat(read(key)).isEqualTo(content.bytes());
    }

    @Test
    void refusesBytesOfAnotherDigestAndStoresNothing() {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(5000, 5);
        TestContent lying = content.withDigest(TestContent.digestOf(new byte[] {1}));

        assertThatThrownBy(() -> store().put(key, lying))
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining(key.value());
        assertThat(store().size(key)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {4999, 5001})
    void refusesBytesOfAnotherLengthAndStoresNothing(long announced) {
        ObjectKey key = freshKey();
        TestContent lying = TestContent.ofSize(5000, 6).withSize(announced);

        assertThatThrownBy(() -> store().put(key, lying))
                .isInstanceOf(ContentMismatchException.class)
                .hasMessageContaining(key.value());
        assertThat(store().size(key)).isEmpty();
    }

    @Test
    void storesNothingWhenTheBytesCannotBeRead() {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(2_000_000, 7);
        ObjectContent failing = new FailingContent(content, 1_500_000);

        assertThatThrownBy(() -> store().put(key, failing))
                .isInstanceOf(StoreException.class)
                .hasMessageContaining(key.value());
        assertThat(store().size(key)).isEmpty();
    }

    @Test
    void opensARangeAnywhere() throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(100_000, 8);
        store().put(key, content);

        for (ByteRange range : List.of(
                new ByteRange(0, 1), new ByteRange(99_999, 1), new ByteRange(777, 65_537), new ByteRange(0, 100_000))) {
            try (InputStream in = store().open(key, range)) {
                byte[] expected = Arrays.copyOfRange(content.bytes(), (int) range.offset(), (int) range.last() + 1);
                assertThat(in.readAllBytes()).isEqualTo(expected);
            }
        }
    }

    @Test
    void refusesARangeOutsideTheObject() {
        ObjectKey key = freshKey();
        store().put(key, TestContent.ofSize(100, 9));

        assertThatThrownBy(() -> store().open(key, new ByteRange(100, 1)))
                .isInstanceOf(StoreException.class)
                .isNotInstanceOf(ObjectNotFoundException.class)
                .hasMessageContaining(key.value());
        assertThatThrownBy(() -> store().open(key, new ByteRange(50, 51))).isInstanceOf(StoreException.class);
    }

    @Test
    void aStreamMayBeClosedBeforeItsEnd() throws IOException {
        ObjectKey key = freshKey();
        TestContent content = TestContent.ofSize(MULTIPART_SIZE, 10);
        store().put(key, content);

        // more often than any pool of connections is large: a stream that is not released blocks the next
        for (int i = 0; i < 150; i++) {
            try (InputStream in = store().open(key)) {
                assertThat(in.read()).isEqualTo(content.bytes()[0] & 0xff);
            }
        }
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
                        store().put(key, content);
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
            store().put(key, content);
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
                        store().put(key, content);
                    } finally {
                        stored.set(true);
                    }
                    return true;
                },
                () -> {
                    while (!stored.get()) {
                        Optional<Long> size = store().size(key);
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
    void answersItsCheckUntilItIsClosed() {
        store().check();

        store().close();
        store().close();

        assertThatThrownBy(store()::check).isInstanceOf(StoreException.class);
        assertThatThrownBy(() -> store().open(freshKey())).isInstanceOf(StoreException.class);
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
