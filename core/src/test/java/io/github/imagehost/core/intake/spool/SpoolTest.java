package io.github.imagehost.core.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.io.ByteStreams;
import com.sun.management.ThreadMXBean;
import io.github.imagehost.core.intake.refusal.EmptyUploadException;
import io.github.imagehost.core.intake.refusal.UploadTooLargeException;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.TestContent;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpoolTest {

    private static final int THRESHOLD = 1000;
    private static final long MEMORY = 4 * THRESHOLD;
    private static final long UNLIMITED = Long.MAX_VALUE;

    @TempDir
    private Path temporary;

    private Path directory() {
        return temporary.resolve("spool");
    }

    @Test
    void keepsOnlySoManyInMemoryAtOnce() throws IOException {
        Spool spool = new Spool(directory(), THRESHOLD, 2 * THRESHOLD);
        SpooledContent first = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED);
        try (SpooledContent second = spool.receive(new ByteArrayInputStream(bytes(20)), UNLIMITED);
                SpooledContent third = spool.receive(new ByteArrayInputStream(bytes(30)), UNLIMITED)) {
            assertThat(files())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasSize(30));
            assertHolds(second, bytes(20));
            assertHolds(third, bytes(30));
        }
        first.close();
        first.close();

        assertThat(files()).isEmpty();
        try (SpooledContent again = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED);
                SpooledContent andAgain = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED)) {
            assertHolds(again, bytes(10));
            assertHolds(andAgain, bytes(10));
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void takesNoMoreMemoryThanAnUploadHasBytes() throws IOException {
        int chunk = 64 * 1024;
        Spool spool = new Spool(directory(), 16 * chunk, 16L * chunk);
        List<SpooledContent> contents = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            contents.add(spool.receive(new ByteArrayInputStream(bytes(chunk + 1)), UNLIMITED));
        }
        try (SpooledContent last = spool.receive(new ByteArrayInputStream(bytes(2 * chunk)), UNLIMITED);
                SpooledContent tooMuch = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED)) {
            assertHolds(last, bytes(2 * chunk));
            assertHolds(tooMuch, bytes(10));
            assertThat(contents).allMatch(SpooledContent::isInMemory);
            assertThat(last.isInMemory()).isTrue();
            assertThat(tooMuch.isInMemory()).isFalse();
        }
        contents.forEach(SpooledContent::close);
    }

    @Test
    void largeUploadsLeaveRoomForSmallOnes() throws IOException {
        int chunk = 64 * 1024;
        int small = 16 * chunk - 1;
        int large = 48 * chunk;
        Spool spool = new Spool(directory(), large, 2L * large);
        List<SpooledContent> contents = new ArrayList<>();
        for (int size : new int[] {large, large, small, small, small, 1}) {
            contents.add(spool.receive(new ByteArrayInputStream(bytes(size)), UNLIMITED));
        }

        assertThat(contents)
                .extracting(SpooledContent::isInMemory)
                .as("the second large one would take the room of the small ones; the last one finds no more")
                .containsExactly(true, false, true, true, true, false);
        for (SpooledContent content : contents) {
            content.close();
            content.close();
        }
        try (SpooledContent again = spool.receive(new ByteArrayInputStream(bytes(large)), UNLIMITED)) {
            assertThat(again.isInMemory()).isTrue();
        }
    }

    @Test
    void whatHasGoneToAFileTakesNoMemoryWhileTheRestArrives() throws IOException {
        Spool spool = new Spool(directory(), THRESHOLD, THRESHOLD);
        List<Boolean> othersInMemory = new ArrayList<>();
        InputStream source = new SequenceInputStream(
                new ByteArrayInputStream(bytes(THRESHOLD + 1)), new FilterInputStream(InputStream.nullInputStream()) {
                    @Override
                    public int read(byte[] buffer, int offset, int length) throws IOException {
                        try (SpooledContent other = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED)) {
                            othersInMemory.add(other.isInMemory());
                        }
                        return super.read(buffer, offset, length);
                    }
                });

        spool.receive(source, UNLIMITED).close();

        assertThat(othersInMemory).isNotEmpty().containsOnly(true);
    }

    @Test
    void aRefusedUploadGivesItsPlaceBack() throws IOException {
        Spool spool = new Spool(directory(), THRESHOLD, THRESHOLD);
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> spool.receive(new ByteArrayInputStream(bytes(10)), 5))
                    .isInstanceOf(UploadTooLargeException.class);
        }

        try (SpooledContent content = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED)) {
            assertHolds(content, bytes(10));
            assertThat(files()).isEmpty();
        }
    }

    @Test
    void deletesWhatKilledProcessesLeftBehindAndNothingElse() throws IOException {
        Spool spool = new Spool(directory(), 0, 0);
        spool.deleteLeftovers();
        Files.createDirectories(directory());
        Path old = Files.createFile(directory().resolve("imagehost-upload-1.tmp"));
        Path others = Files.createFile(directory().resolve("others.tmp"));
        try (SpooledContent content = spool.receive(new ByteArrayInputStream(bytes(10)), UNLIMITED)) {
            spool.deleteLeftovers();

            assertHolds(content, bytes(10));
            assertThat(old).doesNotExist();
            assertThat(others).exists();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, THRESHOLD - 1, THRESHOLD})
    void keepsUpToTheThresholdInMemory(int size) throws IOException {
        try (SpooledContent content = receive(bytes(size), UNLIMITED)) {
            assertThat(files()).isEmpty();
            assertHolds(content, bytes(size));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {THRESHOLD + 1, THRESHOLD + 2, 20 * THRESHOLD, 100 * THRESHOLD})
    void keepsMoreThanTheThresholdInATemporaryFile(int size) throws IOException {
        try (SpooledContent content = receive(bytes(size), UNLIMITED)) {
            assertThat(files())
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasSize(size));
            assertHolds(content, bytes(size));
        }
        assertThat(files()).isEmpty();
    }

    @Test
    void withoutAThresholdEverythingGoesIntoAFile() throws IOException {
        Spool spool = new Spool(directory(), 0, MEMORY);

        try (SpooledContent content = spool.receive(new ByteArrayInputStream(bytes(1)), UNLIMITED)) {
            assertThat(files()).hasSize(1);
            assertHolds(content, bytes(1));
        }
    }

    @Test
    void aClosedContentLeavesNothingAndMayBeClosedAgain() throws IOException {
        SpooledContent content = receive(bytes(5 * THRESHOLD), UNLIMITED);

        content.close();
        content.close();

        assertThat(files()).isEmpty();
        assertThatThrownBy(content::open).isInstanceOf(IOException.class);
    }

    @Test
    void onlyTheOwnerOfTheProcessCanReadTheFile() throws IOException {
        try (SpooledContent content = receive(bytes(5 * THRESHOLD), UNLIMITED)) {
            assertThat(content.size()).isEqualTo(5 * THRESHOLD);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files().get(0))))
                    .isEqualTo("rw-------");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, THRESHOLD - 1, THRESHOLD, THRESHOLD + 1, 50 * THRESHOLD})
    void acceptsExactlyTheLargestSize(int maxSize) throws IOException {
        try (SpooledContent content = receive(bytes(maxSize), maxSize)) {
            assertHolds(content, bytes(maxSize));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, THRESHOLD - 1, THRESHOLD, THRESHOLD + 1, 50 * THRESHOLD})
    void refusesOneByteMoreThanTheLargestSizeAndLeavesNothing(int maxSize) throws IOException {
        assertThatThrownBy(() -> receive(bytes(maxSize + 1), maxSize))
                .isInstanceOfSatisfying(
                        UploadTooLargeException.class,
                        e -> assertThat(e.maxFileSize()).isEqualTo(maxSize))
                .hasMessage("The file is larger than " + maxSize + " bytes");

        assertThat(files()).isEmpty();
    }

    @Test
    void stopsReadingSoonAfterTheLargestSize() {
        CountingSource endless = new CountingSource(new EndlessSource());

        assertThatThrownBy(() -> new Spool(directory(), THRESHOLD, MEMORY).receive(endless, 100_000))
                .isInstanceOf(UploadTooLargeException.class);

        assertThat(endless.count).isLessThan(200_000);
    }

    @Test
    void refusesTheEmpty() throws IOException {
        assertThatThrownBy(() -> receive(new byte[0], UNLIMITED))
                .isInstanceOf(EmptyUploadException.class)
                .hasMessage("The file is empty");
        assertThat(files()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, THRESHOLD / 2, THRESHOLD, THRESHOLD + 1, 40 * THRESHOLD})
    void aSourceThatFailsMidwayLeavesNothing(int readable) throws IOException {
        InputStream source = new BrokenInputStream(bytes(50 * THRESHOLD), readable);

        assertThatThrownBy(() -> new Spool(directory(), THRESHOLD, MEMORY).receive(source, UNLIMITED))
                .isInstanceOf(IOException.class)
                .hasMessage("the source broke off");
        assertThat(files()).isEmpty();
    }

    @Test
    void theSourceStaysOpen() throws IOException {
        boolean[] closed = {false};
        InputStream source = new FilterInputStream(new ByteArrayInputStream(bytes(5 * THRESHOLD))) {
            @Override
            public void close() {
                closed[0] = true;
            }
        };

        new Spool(directory(), THRESHOLD, MEMORY).receive(source, UNLIMITED).close();

        assertThat(closed[0]).isFalse();
    }

    @Test
    void readsSourcesThatGiveFewBytesAtATime() throws IOException {
        byte[] bytes = bytes(5 * THRESHOLD);
        InputStream trickling = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                return super.read(buffer, offset, Math.min(length, 7));
            }
        };

        try (SpooledContent content = new Spool(directory(), THRESHOLD, MEMORY).receive(trickling, UNLIMITED)) {
            assertHolds(content, bytes);
        }
    }

    @Test
    void moreThanTheThresholdIsNeverWholeInTheHeap() throws IOException {
        long size = 64L * 1024 * 1024;
        InputStream source = ByteStreams.limit(new EndlessSource(), size);
        Spool spool = new Spool(directory(), THRESHOLD, MEMORY);
        ThreadMXBean threads = ManagementFactory.getPlatformMXBean(ThreadMXBean.class);
        long before = threads.getCurrentThreadAllocatedBytes();

        try (SpooledContent content = spool.receive(source, size);
                InputStream in = content.open()) {
            ByteStreams.exhaust(in);
        }

        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(size / 32);
    }

    @Test
    void aSpoolDirectoryThatCannotBeMadeIsNoFaultOfTheUpload() throws IOException {
        Path file = Files.createFile(temporary.resolve("file"));
        Spool spool = new Spool(file.resolve("spool"), THRESHOLD, MEMORY);

        assertThatThrownBy(() -> spool.receive(new ByteArrayInputStream(bytes(2 * THRESHOLD)), UNLIMITED))
                .isInstanceOf(SpoolException.class)
                .hasMessage("The spool directory can't be used")
                .hasCauseInstanceOf(IOException.class);
        spool.receive(new ByteArrayInputStream(bytes(THRESHOLD)), UNLIMITED).close();
    }

    @Test
    void aSpoolDirectoryThatDisappearedIsMadeAgain() throws IOException {
        Spool spool = new Spool(directory(), THRESHOLD, MEMORY);
        spool.receive(new ByteArrayInputStream(bytes(2 * THRESHOLD)), UNLIMITED).close();
        Files.delete(directory());

        spool.receive(new ByteArrayInputStream(bytes(2 * THRESHOLD)), UNLIMITED).close();

        assertThat(directory()).isEmptyDirectory();
    }

    @Test
    void refusesNegativeSizes() {
        assertThatThrownBy(() -> new Spool(directory(), -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A memory threshold and a memory limit are at least 0, not -1 and 1");
    }

    private SpooledContent receive(byte[] bytes, long maxSize) throws IOException {
        return new Spool(directory(), THRESHOLD, MEMORY).receive(new ByteArrayInputStream(bytes), maxSize);
    }

    private List<Path> files() throws IOException {
        if (!Files.exists(directory())) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory())) {
            return files.toList();
        }
    }

    private static void assertHolds(SpooledContent content, byte[] bytes) throws IOException {
        assertThat(content.size()).isEqualTo(bytes.length);
        assertThat(content.digest()).isEqualTo(TestContent.digestOf(bytes));
        for (int i = 0; i < 2; i++) {
            try (InputStream in = content.open()) {
                assertThat(in.readAllBytes()).isEqualTo(bytes);
            }
        }
    }

    private static byte[] bytes(int size) {
        return TestContent.ofSize(size, size).bytes();
    }

    private static final class EndlessSource extends InputStream {

        @Override
        public int read() {
            return 1;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) {
            return length;
        }
    }

    private static final class CountingSource extends FilterInputStream {

        private long count;

        CountingSource(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int result = super.read(buffer, offset, length);
            count += result;
            return result;
        }
    }
}
