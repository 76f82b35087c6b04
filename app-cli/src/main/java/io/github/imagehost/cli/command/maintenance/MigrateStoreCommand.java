package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.session.NewStore;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.migration.SameStoreException;
import io.github.imagehost.core.migration.StoreMigration;
import io.github.imagehost.core.migration.StoreMigrationReport;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.settings.SettingsException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Copies all objects to another store. */
@Command(
        name = "migrate-store",
        description = {
            "Copy all pictures to another store, each verified by its SHA-256: from a directory to S3, from S3 to S3 or"
                    + " back.",
            "",
            "The service may run meanwhile. What the other store has already is not copied again: give the command again"
                    + " after a stop or a crash, as often as you like. The present store is never changed.",
            "",
            "The way to the other store:",
            "  1. Write the settings of the other store into a file.",
            "  2. imagehost migrate-store --to FILE, while the service runs.",
            "  3. Stop every server.",
            "  4. imagehost migrate-store --to FILE --last, until it says that everything is there.",
            "  5. Start the service with the settings in the file. Keep the old store until you have checked the new one."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost migrate-store --to new-store.env"})
final class MigrateStoreCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Option(
            names = "--to",
            paramLabel = "FILE",
            required = true,
            description =
                    "Settings of the other store, as the service is to have them: S3_BUCKET and so on, or DATA_DIR for"
                            + " a directory. The present S3_ settings do not count for it. Everything else may be absent.")
    private Path to = Path.of("");

    @Option(
            names = "--last",
            description =
                    "After every server was stopped: make sure that everything is in the other store and that nobody"
                            + " writes any more, and delete copies of what was deleted.")
    private boolean last;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many pictures to copy at once, 1 to " + StoreMigration.MOST_THREADS + "; "
                    + StoreMigration.DEFAULT_THREADS + " otherwise.")
    private int parallel = StoreMigration.DEFAULT_THREADS;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    MigrateStoreCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        if (parallel < 1 || parallel > StoreMigration.MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(), "--parallel is a whole number from 1 to " + StoreMigration.MOST_THREADS);
        }
        NewStore newStore = options.newStore(to);
        try (HostSession session = options.session()) {
            StoreMigration migration = session.migrationTo(newStore, parallel);
            session.endTurn();
            return run(session, migration, newStore);
        } catch (SameStoreException e) {
            throw new SettingsException(to + " leads to the store that is in use already", e);
        }
    }

    private int run(HostSession session, StoreMigration migration, NewStore newStore) {
        try (LongOperation operation = LongOperation.begin(terminal, "objects", options.json())) {
            StoreMigrationReport report = last ? migration.finish(operation) : migration.copy(operation);
            session.note(Act.of(AuditAction.STORE_MIGRATED)
                    .with(report.copied() + " copied" + (last && report.readyToSwitch() ? ", ready to switch" : "")));
            ExitCode exitCode = operation.end("Give the same command again to go on");
            print(report, newStore);
            return exitCode.or(exitCode(report)).value();
        }
    }

    private ExitCode exitCode(StoreMigrationReport report) {
        boolean isRefused = last && !report.readyToSwitch() && !report.stopped();
        return isRefused || report.problemCount() > 0 ? ExitCode.NOT_DONE : ExitCode.OK;
    }

    private void print(StoreMigrationReport report, NewStore newStore) {
        if (options.json()) {
            boolean isReady = last && report.readyToSwitch();
            terminal.print(Json.write(
                    new MigrationResult(report.complete(), isReady, isReady ? newStore.changes() : List.of(), report)));
            return;
        }
        terminal.print("Objects: " + report.objects());
        terminal.print("Copied: " + report.copied() + " (" + Amounts.bytes(report.copiedBytes()) + ")");
        if (report.deleted() > 0) {
            terminal.print("Copies deleted, because their pictures were: " + report.deleted());
        }
        if (report.knownMissing() > 0) {
            terminal.print("Known to be missing: " + report.knownMissing());
        }
        if (report.strangers() > 0) {
            terminal.print("Objects of others in the new store, which stay: " + report.strangers());
        }
        report.problems().forEach(problem -> terminal.error(problem.objectKey() + ": " + problem.detail()));
        conclude(report, newStore);
    }

    private void conclude(StoreMigrationReport report, NewStore newStore) {
        if (report.stopped()) {
            return;
        }
        if (report.problemCount() > 0) {
            terminal.error("Objects that could not be copied: " + report.problemCount()
                    + "; see docs/operations.md, then give the same command again");
        }
        if (!last) {
            terminal.print("Not switched yet: stop every server and give the same command with --last");
        } else if (report.readyToSwitch()) {
            terminal.print("Everything is in the new store. Start the service with the settings in " + newStore.file()
                    + ", which change:");
            newStore.changes().forEach(change -> terminal.print("  " + change));
        } else if (report.stillWritten()) {
            terminal.error(
                    "Somebody still uploads or deletes: stop every server, wait for two minutes if one of them was"
                            + " killed, and give the same command again");
        }
    }

    /** What is printed as JSON. */
    record MigrationResult(
            boolean complete, boolean readyToSwitch, List<String> changes, StoreMigrationReport report) {}
}
