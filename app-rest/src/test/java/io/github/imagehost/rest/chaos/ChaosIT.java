package io.github.imagehost.rest.chaos;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two service processes, killed under load over and over, lose nothing and leave nothing behind; see {@link ChaosRun}.
 *
 * <p>Runs some cycles on each kind of installation with the profile {@code deep}. The long form runs nothing else and
 * prints a table with a line for each cycle:
 *
 * <pre>{@code mvn -B verify -Pchaos}</pre>
 *
 * <p>System properties: {@code imagehost.chaos.server.cycles} and {@code imagehost.chaos.embedded.cycles} say how many
 * cycles there are, {@code imagehost.chaos.print} whether the table is printed even if all went well, and
 * {@code imagehost.chaos.seed} is the seed of an earlier run, of which the same processes are killed at the same
 * instants.
 */
@Tag("deep")
@Timeout(value = 3, unit = TimeUnit.HOURS)
class ChaosIT {

    private static final String PROPERTIES = "imagehost.chaos.";
    private static final int CYCLES_ON_SERVERS = 4;
    private static final int CYCLES_EMBEDDED = 3;

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @Test
    void nothingIsLostAndNothingIsLeftOnADatabaseServerAndS3() throws Exception {
        assertThatNothingIsLostAndNothingIsLeft(
                Installation.onServers(directory), Integer.getInteger(PROPERTIES + "server.cycles", CYCLES_ON_SERVERS));
    }

    @Test
    void nothingIsLostAndNothingIsLeftOnTheEmbeddedDefault() throws Exception {
        assertThatNothingIsLostAndNothingIsLeft(
                Installation.embedded(directory), Integer.getInteger(PROPERTIES + "embedded.cycles", CYCLES_EMBEDDED));
    }

    private void assertThatNothingIsLostAndNothingIsLeft(Installation installation, int cycles) throws Exception {
        long seed =
                Long.getLong(PROPERTIES + "seed", ThreadLocalRandom.current().nextLong());
        List<String> lines = new ArrayList<>();
        Table table = new Table(line -> {
            lines.add(line);
            if (Boolean.getBoolean(PROPERTIES + "print")) {
                System.out.println(line);
            }
        });
        table.title("Kills of processes on " + installation.database().databaseSettings() + ", seed " + seed
                + "; * marks kills of the one that served the embedded database to the other");
        try (installation) {
            List<Violation> violations = new ChaosRun(installation, seed, table).run(cycles);
            assertThat(violations)
                    .as("%s%nThe processes' output is in %s", String.join("\n", lines), directory)
                    .isEmpty();
        }
    }
}
