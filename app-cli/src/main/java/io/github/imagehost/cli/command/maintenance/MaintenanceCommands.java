package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;

/** Makes the commands with which administrators look after a store and a database. */
public final class MaintenanceCommands {

    private MaintenanceCommands() {}

    /** {@code stats}. */
    public static Object stats(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        return new StatsCommand(options, terminal, pauses);
    }

    /** {@code sweep}. */
    public static Object sweep(CommonOptions options, Terminal terminal) {
        return new SweepCommand(options, terminal);
    }

    /** {@code fsck}. */
    public static Object fsck(CommonOptions options, Terminal terminal) {
        return new FsckCommand(options, terminal);
    }

    /** {@code migrate-store}. */
    public static Object migrateStore(CommonOptions options, Terminal terminal) {
        return new MigrateStoreCommand(options, terminal);
    }

    /** {@code export}. */
    public static Object export(CommonOptions options, Terminal terminal) {
        return new ExportCommand(options, terminal);
    }

    /** {@code restore}. */
    public static Object restore(CommonOptions options, Terminal terminal) {
        return new RestoreCommand(options, terminal);
    }

    /** {@code doctor}. */
    public static Object doctor(CommonOptions options, Terminal terminal) {
        return new DoctorCommand(options, terminal);
    }
}
