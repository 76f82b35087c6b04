package io.github.imagehost.rest.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CachedFilesTest {

    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final int BLOCK = 4096;
    /** Room for three files that stay, and one that goes. */
    private static final long ROOM = 4 * BLOCK;

    private static final Digest DIGEST = TestContent.digestOf(new byte[BLOCK]);

    private final ScheduledExecutorService background = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private Path directory;

    @AfterEach
    void end() {
        background.shutdownNow();
    }

    @Test
    void whatDoesNotStayIsThereForAMomentAndCounts() throws IOException {
        CachedFiles files = new CachedFiles(directory, ROOM, background, LIMIT);
        assertThat(hasRoomFor(files, BLOCK)).isTrue();

        List<Path> added = add(files, 4);

        assertThat(added).allSatisfy(path -> assertThat(path).exists());
        assertThat(hasRoomFor(files, 1)).isFalse();
    }

    @Test
    void whatIsBeingMadeCounts() {
        CachedFiles files = new CachedFiles(directory, ROOM, background, LIMIT);

        assertThat(files.reserve(BLOCK)).isTrue();
        assertThat(files.reserve(1)).isFalse();
        files.release(BLOCK);

        assertThat(files.reserve(1)).isTrue();
    }

    @Test
    void whatDoesNotStayIsDeletedInTheEnd() throws Exception {
        CachedFiles files = new CachedFiles(directory, ROOM, background, Duration.ZERO);

        List<Path> added = add(files, 20);

        Waiting.until(
                "three files are left",
                LIMIT,
                () -> added.stream().filter(Files::exists).count() == 3);
        assertThat(hasRoomFor(files, BLOCK)).isTrue();
    }

    @Test
    void whatComesAgainMeanwhileStays() throws Exception {
        CachedFiles files = new CachedFiles(directory, ROOM, background, Duration.ofMillis(1));

        for (int i = 0; i < 200; i++) {
            files.add(name(i % 5), write(), DIGEST, BLOCK, () -> true);
        }
        Waiting.until("nothing is left to delete", LIMIT, () -> hasRoomFor(files, BLOCK));

        List<CachedFile> left = IntStream.range(0, 5)
                .mapToObj(number -> files.find(name(number)))
                .flatMap(Optional::stream)
                .toList();
        assertThat(left).hasSize(3).allSatisfy(file -> assertThat(file.path()).exists());
    }

    @Test
    void whatIsFoundAtTheStartCountsAndOtherFilesAreLeftAlone() throws Exception {
        List<Path> left = add(new CachedFiles(directory, ROOM, background, LIMIT), 3);
        Path foreign = Files.writeString(left.get(0).resolveSibling("readme"), "");
        CachedFiles files = new CachedFiles(directory, ROOM, background, Duration.ZERO);

        files.discoverAll();

        assertThat(files.find(name(0)))
                .hasValueSatisfying(file -> assertThat(file.size()).isEqualTo(BLOCK));
        List<Path> all = new ArrayList<>(left);
        all.add(files.add(name(3), write(), DIGEST, BLOCK, () -> true)
                .orElseThrow()
                .path());
        Waiting.until(
                "three files are left",
                LIMIT,
                () -> all.stream().filter(Files::exists).count() == 3);
        assertThat(foreign).exists();
    }

    @Test
    void whatIsNotWantedIsNotKept() throws IOException {
        CachedFiles files = new CachedFiles(directory, ROOM, background, LIMIT);

        assertThat(files.add(name(0), write(), DIGEST, BLOCK, () -> false)).isEmpty();
        assertThat(files.discover(name(0))).isEmpty();
    }

    private List<Path> add(CachedFiles files, int count) throws IOException {
        List<Path> added = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            added.add(files.add(name(i), write(), DIGEST, BLOCK, () -> true)
                    .orElseThrow()
                    .path());
        }
        return added;
    }

    private Path write() throws IOException {
        return Files.write(directory.resolve("written"), new byte[BLOCK]);
    }

    private static String name(int number) {
        return "%064x".formatted(number);
    }

    private static boolean hasRoomFor(CachedFiles files, long size) {
        boolean reserved = files.reserve(size);
        if (reserved) {
            files.release(size);
        }
        return reserved;
    }
}
