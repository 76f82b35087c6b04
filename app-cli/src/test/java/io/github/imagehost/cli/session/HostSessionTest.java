package io.github.imagehost.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.settings.Settings;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSessionTest {

    @TempDir
    private Path directory;

    @Test
    void whatTakesLongLetsOthersGoOnBesideIt() throws IOException {
        try (HostSession session = new HostSession(Settings.of(Map.of("DATA_DIR", directory.toString())))) {
            assertThat(session.host().find(1)).isEmpty();
            assertThat(isTurnFree()).isFalse();

            session.endTurn();

            assertThat(isTurnFree()).isTrue();
            assertThat(session.host().find(1)).isEmpty();
            session.endTurn();
        }
        assertThat(isTurnFree()).isTrue();
    }

    private boolean isTurnFree() throws IOException {
        try (FileChannel file = FileChannel.open(directory.resolve("command.lock"), StandardOpenOption.WRITE)) {
            return file.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }
}
