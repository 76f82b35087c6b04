package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.converter.ShareConverter;
import io.github.imagehost.cli.converter.time.AgeConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.fsck.StoreCheckOptions;
import io.github.imagehost.core.fsck.StoreCheckReport;
import io.github.imagehost.core.fsck.StoreFinding.Kind;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Checks whether the store holds what the database says, and nothing else, and whether owners are counted right. */
@Command(
        name = "fsck",
        description = {
            "Check whether the store holds what the database says, and nothing else: find objects that are missing, that have"
                    + " the wrong size or wrong bytes, and orphans, which belong to no picture. Then check whether each"
                    + " owner is counted to have the pictures that it has, which quotas go by.",
            "",
            "The service may run meanwhile. Ends with 1 if something is wrong, also if it was repaired. What an earlier"
                    + " repair has noted as missing is told, but is not wrong.",
            "",
            "A repair notes what is lost as missing: upload the same picture again, and all its links work again. Orphans"
                    + " and damaged objects are moved to quarantine/ in the store. Miscounted pictures are counted anew. Of two"
                    + " repairs at once, the second one refuses to begin, also on another machine. Never repair beside an import."
        },
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost fsck",
            "  imagehost fsck --sample 1%% --json",
            "  imagehost fsck --deep --repair",
            "  imagehost fsck --purge-quarantine 30d"
        })
final class FsckCommand implements Callable<Integer> {

    private static final int MOST_THREADS = 64;

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Option(names = "--deep", description = "Read every object and compare its bytes, not only its size.")
    private boolean deep;

    @Option(
            names = "--sample",
            paramLabel = "SHARE",
            converter = ShareConverter.class,
            description = "Read a share of the objects, such as 1%%, drawn anew each time.")
    private Optional<Double> sample = Optional.empty();

    @Option(names = "--repair", description = "Repair what can be repaired.")
    private boolean repair;

    @Option(
            names = "--orphan-age",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description =
                    "Take objects that belong to no picture for orphans when they are older than this; 32m otherwise,"
                            + " which is longer than an upload can take. With less, nothing else may write to the store.")
    private Optional<Duration> orphanAge = Optional.empty();

    @Option(
            names = "--after",
            paramLabel = "KEY",
            description = "Begin behind this object, where another check was stopped.")
    private Optional<String> after = Optional.empty();

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "How many objects to look at at once, 1 to " + MOST_THREADS + "; 4 otherwise.")
    private Optional<Integer> threads = Optional.empty();

    @Option(
            names = "--purge-quarantine",
            paramLabel = "AGE",
            converter = AgeConverter.class,
            description = "Delete for good what was moved to quarantine longer ago than this, and do nothing else.")
    private Optional<Duration> purge = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    FsckCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        StoreCheckOptions wanted = wanted();
        if (purge.isPresent() && !wanted.equals(StoreCheckOptions.DEFAULT)) {
            throw new ParameterException(spec.commandLine(), "--purge-quarantine does nothing else");
        }
        try (HostSession session = options.session()) {
            session.endTurn();
            if (purge.isPresent()) {
                return purge(session, purge.get());
            }
            return check(session, wanted);
        }
    }

    private StoreCheckOptions wanted() {
        if (deep && sample.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--deep reads every object, and --sample a share of them");
        }
        StoreCheckOptions wanted = StoreCheckOptions.DEFAULT.reading(deep ? 1 : sample.orElse(0.0));
        wanted = repair ? wanted.repairing() : wanted;
        wanted = orphanAge.map(wanted::orphansOlderThan).orElse(wanted);
        wanted = threads.isPresent() ? wanted.threads(legalThreads(threads.get())) : wanted;
        return after.isPresent() ? wanted.after(key(after.get())) : wanted;
    }

    private int legalThreads(int number) {
        if (number < 1 || number > MOST_THREADS) {
            throw new ParameterException(spec.commandLine(), "--threads is from 1 to " + MOST_THREADS);
        }
        return number;
    }

    private ObjectKey key(String text) {
        try {
            return new ObjectKey(text);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private int check(HostSession session, StoreCheckOptions wanted) {
        FsckOutput output = options.json() ? new FsckOutput.Document(terminal) : new FsckOutput.Text(terminal);
        try (LongOperation operation = LongOperation.begin(terminal, "objects", options.json())) {
            StoreCheckReport report = session.admin().check(wanted, output::finding, operation);
            if (repair) {
                session.note(Act.of(AuditAction.STORE_REPAIRED)
                        .with(report.repaired() + " repaired, " + report.notRepaired() + " not"));
            }
            ExitCode exitCode = operation.end(howToGoOn(report));
            output.report(report);
            boolean isFine = report.isClean() && report.notRepaired() == 0;
            boolean isCounted = report.found().getOrDefault(Kind.COUNTS_NOT_CHECKED, 0L) == 0;
            return exitCode.or(isFine ? ExitCode.OK : ExitCode.NOT_DONE)
                    .or(isCounted ? ExitCode.OK : ExitCode.UNAVAILABLE)
                    .value();
        }
    }

    private String howToGoOn(StoreCheckReport report) {
        return report.checkedTo()
                .map(ObjectKey::value)
                .or(() -> after)
                .map(key -> "To go on, give the same command with --after " + key)
                .orElse("Give the same command again");
    }

    private int purge(HostSession session, Duration age) {
        try (LongOperation operation = LongOperation.begin(terminal, "objects", options.json())) {
            long purged = session.admin().purgeQuarantine(age, operation);
            session.note(Act.of(AuditAction.STORE_REPAIRED).with(purged + " deleted from the quarantine"));
            ExitCode exitCode = operation.end("Give the same command again to go on");
            terminal.print(options.json() ? Json.write(new Purge(purged)) : "Objects deleted: " + purged);
            return exitCode.value();
        }
    }

    /** What is printed as JSON when the quarantine is emptied. */
    record Purge(long deletedObjects) {}
}
