package io.github.imagehost.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.LockAttempt;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TemporaryFileTest {

    private static final String PREFIX = "test-";
    private static final byte[] BYTES = "what was written".getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path directory;

    @Test
    void isReadAnyNumberOfTimesAndThenGone() throws IOException {
        try (TemporaryFile file = TemporaryFile.createIn(directory, PREFIX)) {
            file.write(BYTES, 4);
            file.write(BYTES, BYTES.length);
            file.sync();

            for (int i = 0; i < 2; i++) {
                try (InputStream in = file.open()) {
                    assertThat(in.read()).isEqualTo('w');
                    assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                            .isEqualTo("hatwhat was written");
                    assertThat(in.read()).isEqualTo(-1);
                }
            }
        }
        assertThat(filesIn(directory)).isEmpty();
    }

    @Test
    void anInterruptedReaderKeepsNobodyFromReading() throws IOException {
        try (TemporaryFile file = TemporaryFile.createIn(directory, PREFIX)) {
            file.write(BYTES, BYTES.length);

            Thread.currentThread().interrupt();
            try {
                assertThat(file.open().readAllBytes()).isEqualTo(BYTES);
            } finally {
                assertThat(Thread.interrupted()).isTrue();
            }
            assertThat(file.open().readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void canBeReadByItsOwnerOnly() throws IOException {
        try (TemporaryFile file = TemporaryFile.createIn(directory, PREFIX)) {
            assertThat(file.path().toFile().canRead()).isTrue();
            if (Files.getFileStore(directory).supportsFileAttributeView("posix")) {
                assertThat(Files.getPosixFilePermissions(file.path()))
                        .extracting(Enum::name)
                        .containsExactlyInAnyOrder("OWNER_READ", "OWNER_WRITE");
            }
        }
    }

    @Test
    void aDirectoryThatIsNotThereIsAnError() {
        Path absent = directory.resolve("absent");

        assertThatThrownBy(() -> TemporaryFile.createIn(absent, PREFIX)).isInstanceOf(IOException.class);
    }

    @Test
    void aFileOfThisProcessIsNoLeftover() throws IOException {
        try (TemporaryFile file = TemporaryFile.createIn(directory, PREFIX)) {
            file.write(BYTES, BYTES.length);

            TemporaryFile.deleteLeftovers(directory, PREFIX);
            TemporaryFile.deleteLeftovers(directory.resolve("..").resolve(directory.getFileName()), PREFIX);

            assertThat(file.path()).exists();
            assertThat(file.open().readAllBytes()).isEqualTo(BYTES);
        }
    }

    @Test
    void aFileOfThisProcessStaysLockedWhenItsDirectoryIsSweptUnderAnotherName() throws Exception {
        Path home = Files.createDirectory(directory.resolve("home"));
        Path otherName = Files.createSymbolicLink(directory.resolve("other"), home);
        try (TemporaryFile file = TemporaryFile.createIn(home, PREFIX)) {
            TemporaryFile.deleteLeftovers(otherName, PREFIX);

            assertThat(LockAttempt.succeedsOn(file.path())).isFalse();
        }
    }

    @Test
    void aFileOfAnotherProcessIsALeftoverOnlyWhenItWasKilled() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        FileHolder.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            Path file = Path.of(output.readLine());

            TemporaryFile.deleteLeftovers(directory, PREFIX);
            assertThat(file).exists();

            process.destroyForcibly().waitFor(60, TimeUnit.SECONDS);
            TemporaryFile.deleteLeftovers(directory, PREFIX);
            assertThat(file).doesNotExist();
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void filesWithOtherNamesAreNobodysLeftovers() throws IOException {
        Path leftover = Files.createFile(directory.resolve("test-1.tmp"));
        Path other = Files.createFile(directory.resolve("other-1.tmp"));

        TemporaryFile.deleteLeftovers(directory, PREFIX);
        TemporaryFile.deleteLeftovers(directory.resolve("absent"), PREFIX);

        assertThat(leftover).doesNotExist();
        assertThat(other).exists();
    }

    private static List<Path> filesIn(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.toList();
        }
    }

    /** A process that has a temporary file until it is killed. */
    static final class FileHolder {

        private FileHolder() {}

        public static void main(String[] arguments) throws Exception {
            try (TemporaryFile file = TemporaryFile.createIn(Path.of(arguments[0]), PREFIX)) {
                System.out.println(file.path());
                Thread.currentThread().join();
            }
        }
    }
}
