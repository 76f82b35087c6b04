package io.github.imagehost.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.LockAttempt;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {

    @TempDir
    private Path directory;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = directory.resolve("some.lock");
    }

    @Test
    void isHadByOneAtATime() throws Exception {
        LockFile first = LockFile.tryLock(file).orElseThrow();

        assertThat(LockFile.tryLock(file)).isEmpty();
        assertThat(LockAttempt.succeedsOn(file)).isFalse();

        first.close();
        assertThat(LockAttempt.succeedsOn(file)).isTrue();
        LockFile.tryLock(file).orElseThrow().close();
        assertThat(file).isRegularFile();
    }

    @Test
    void isHadByOneAtATimeUnderAllNamesOfTheFile() throws Exception {
        LockFile first = LockFile.tryLock(file).orElseThrow();
        Path link = Files.createSymbolicLink(directory.resolve("link"), file);
        Path name = Files.createLink(directory.resolve("name"), file);

        assertThat(LockFile.tryLock(link)).isEmpty();
        assertThat(LockFile.tryLock(name)).isEmpty();
        assertThat(LockFile.tryLock(
                        directory.resolve("..").resolve(directory.getFileName()).resolve("some.lock")))
                .isEmpty();

        assertThat(LockAttempt.succeedsOn(file)).isFalse();
        first.close();
    }

    @Test
    void oneOfManyThreadsHasIt() throws Exception {
        List<LockFile> locks = Concurrently.run(16, () -> LockFile.tryLock(file)).stream()
                .flatMap(Optional::stream)
                .toList();

        assertThat(locks).hasSize(1);
        assertThat(LockAttempt.succeedsOn(file)).isFalse();
        locks.get(0).close();
    }

    @Test
    void whatAnInterruptedThreadHasClosedIsFree() throws Exception {
        LockFile first = LockFile.tryLock(file).orElseThrow();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> first.channel().size()).isInstanceOf(ClosedByInterruptException.class);
        assertThat(Thread.interrupted()).isTrue();

        LockFile second = LockFile.tryLock(file).orElseThrow();

        first.close();
        assertThat(LockFile.tryLock(file)).isEmpty();
        assertThat(LockAttempt.succeedsOn(file)).isFalse();
        second.close();
    }

    @Test
    void endsOnce() throws Exception {
        LockFile first = LockFile.tryLock(file).orElseThrow();
        first.close();
        LockFile second = LockFile.tryLock(file).orElseThrow();

        first.close();

        assertThat(LockFile.tryLock(file)).isEmpty();
        assertThat(LockAttempt.succeedsOn(file)).isFalse();
        second.close();
    }

    @Test
    void anotherFileOfTheSameNameIsAnotherLock() throws Exception {
        LockFile first = LockFile.tryLock(file).orElseThrow();
        Files.delete(file);

        LockFile second = LockFile.tryLock(file).orElseThrow();

        first.close();
        assertThat(LockFile.tryLock(file)).isEmpty();
        assertThat(LockAttempt.succeedsOn(file)).isFalse();
        second.close();
    }

    @Test
    void whatWasDeletedBeforeItIsLockedKeepsNobodyOut() throws IOException {
        FileChannel opened =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        Files.delete(file);

        assertThatThrownBy(() -> LockFile.tryLockOpen(opened, file)).isInstanceOf(NoSuchFileException.class);
        assertThatThrownBy(() -> LockFile.tryLockExisting(file)).isInstanceOf(NoSuchFileException.class);
        opened.close();
    }

    @Test
    void isNoneWhereOtherCodeOfThisProcessHasLockedTheFile() throws IOException {
        try (FileChannel other = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            assertThat(other.lock().isValid()).isTrue();

            assertThat(LockFile.tryLock(file)).isEmpty();
        }
        LockFile.tryLock(file).orElseThrow().close();
    }

    @Test
    void aNewFileGetsTheAttributes() throws IOException {
        LockFile.tryLock(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                .orElseThrow()
                .close();

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
    }

    @Test
    void needsADirectory() {
        assertThatThrownBy(() -> LockFile.tryLock(directory.resolve("absent").resolve("some.lock")))
                .isInstanceOf(NoSuchFileException.class);
    }
}
