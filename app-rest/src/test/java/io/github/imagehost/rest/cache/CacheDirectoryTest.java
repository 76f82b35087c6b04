package io.github.imagehost.rest.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.files.TemporaryFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheDirectoryTest {

    @TempDir
    private Path root;

    @Test
    void isLeftAloneForAWhileAfterAFailure() {
        try (CacheDirectory directory = open(Duration.ofMinutes(1))) {
            assertThat(directory.isUsable()).isTrue();

            directory.pause(new IOException("No space left on device"));

            assertThat(directory.isUsable()).isFalse();
        }
    }

    @Test
    void isUsedAgainAfterThat() throws IOException {
        try (CacheDirectory directory = open(Duration.ZERO)) {
            directory.pause(new IOException("No space left on device"));

            assertThat(directory.isUsable()).isTrue();
            try (TemporaryFile file = directory.newFile()) {
                assertThat(file.path()).exists();
            }
        }
    }

    @Test
    void belongsToOneAtATime() {
        try (CacheDirectory first = open(Duration.ZERO);
                CacheDirectory second = open(Duration.ZERO)) {
            assertThat(first.isUsable()).isTrue();
            assertThat(second.isUsable()).isFalse();
        }
        try (CacheDirectory third = open(Duration.ZERO)) {
            assertThat(third.isUsable()).isTrue();
        }
    }

    private CacheDirectory open(Duration pause) {
        CacheDirectory directory = new CacheDirectory(root, pause);
        directory.openFor(new CachedFiles(root, 1_000_000, directory.background()));
        return directory;
    }
}
