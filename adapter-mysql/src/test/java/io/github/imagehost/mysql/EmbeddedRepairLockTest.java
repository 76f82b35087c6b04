package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.port.repository.RepositoryUnavailableException;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.LockAttempt;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedRepairLockTest extends RepairLockContract {

    @TempDir(factory = InMemory.class)
    private Path directory;

    @Override
    protected TestDatabase createDatabase(String name) {
        return TestDatabases.embedded(directory.resolve(name));
    }

    @Test
    void anAttemptThatIsRefusedLetsNoOtherProcessIn() throws Exception {
        MySqlSettings settings = MySqlSettings.from(
                Settings.of(Map.of("DATA_DIR", directory.resolve("one").toString())));
        try (RepairLock held = RepairLock.take(settings)) {
            assertThatThrownBy(() -> RepairLock.take(settings))
                    .as("while there is %s", held)
                    .isInstanceOf(RepositoryUnavailableException.class);

            assertThat(LockAttempt.succeedsOn(settings.repairFile())).isFalse();
        }
        assertThat(LockAttempt.succeedsOn(settings.repairFile())).isTrue();
    }
}
