package io.github.imagehost.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.LockAttempt;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HostSessionTest {

    @TempDir
    private Path directory;

    @Test
    void whatTakesLongLetsOthersGoOnBesideIt() throws Exception {
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

    private boolean isTurnFree() throws IOException, InterruptedException {
        return LockAttempt.succeedsOn(directory.resolve("command.lock"));
    }
}
