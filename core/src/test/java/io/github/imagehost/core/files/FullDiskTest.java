package io.github.imagehost.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FullDiskTest {

    @TempDir
    private Path directory;

    @Test
    @EnabledOnOs(OS.LINUX)
    void isTheReasonOfWhatTheSystemSays() throws IOException {
        IOException failure;
        try (OutputStream full = Files.newOutputStream(Path.of("/dev/full"))) {
            failure = catchThrowableOfType(IOException.class, () -> full.write(1));
        }

        assertThat(FullDisk.isReasonOf(failure, directory, 1)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded", "File too large"})
    void isTheReasonOfWhatSystemsSayInEnglish(String reason) {
        assertThat(FullDisk.isReasonOf(new IOException(reason), directory, 1)).isTrue();
        assertThat(FullDisk.isReasonOf(new FileSystemException("a.png", null, reason), directory, 1))
                .isTrue();
    }

    @Test
    void isTheReasonInAnyLanguageIfThereIsLessRoomThanNeeded() {
        IOException failure = new IOException("设备上没有空间");

        assertThat(FullDisk.isReasonOf(failure, directory, Long.MAX_VALUE)).isTrue();
        assertThat(FullDisk.isReasonOf(failure, directory, 1)).isFalse();
    }

    @Test
    void isNotTheReasonIfADiskIsBrokenOrGone() {
        assertThat(FullDisk.isReasonOf(new IOException("Input/output error"), directory, 1))
                .isFalse();
        assertThat(FullDisk.isReasonOf(new IOException(), directory.resolve("absent"), Long.MAX_VALUE))
                .isFalse();
    }
}
