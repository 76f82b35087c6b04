package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.Amounts;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.archive.ArchiveDamagedException;
import io.github.imagehost.core.archive.ImageRestore;
import io.github.imagehost.core.archive.ImageRestore.Existing;
import io.github.imagehost.core.archive.RepositoryNotEmptyException;
import io.github.imagehost.core.archive.RestoreReport;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Brings back what was exported. */
@Command(
        name = "restore",
        description = {
            "Bring back what 'imagehost export' wrote, into a database without pictures. The bucket or the directory of"
                    + " images has to hold the pictures themselves already.",
            "",
            "First the whole file is checked: nothing happens if it is damaged or was cut off. Then each picture is read"
                    + " and restored only if its bytes have the SHA-256 that the file tells. Those that are missing or"
                    + " damaged are named, and the others are restored all the same. Give the command again after a stop"
                    + " or a crash: it goes on where it was."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost restore images.jsonl --dry-run", "  imagehost restore images.jsonl"})
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "What 'imagehost export' wrote.")
    private Path file = Path.of("");

    @Option(names = "--dry-run", description = "Read and check everything, but restore nothing.")
    private boolean dryRun;

    @Option(
            names = "--into-existing",
            description = "Restore also into a database with pictures that are not in the file.")
    private boolean intoExisting;

    @Option(
            names = "--parallel",
            paramLabel = "N",
            description = "How many pictures to read at once, 1 to " + ImageRestore.MOST_THREADS + "; "
                    + ImageRestore.DEFAULT_THREADS + " otherwise.")
    private int parallel = ImageRestore.DEFAULT_THREADS;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    RestoreCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (parallel < 1 || parallel > ImageRestore.MOST_THREADS) {
            throw new ParameterException(
                    spec.commandLine(), "--parallel is a whole number from 1 to " + ImageRestore.MOST_THREADS);
        }
        Existing existing = intoExisting ? Existing.ANY : Existing.ONLY_FROM_FILE;
        try (HostSession session = options.session();
                LongOperation operation = LongOperation.begin(terminal, "pictures", options.json())) {
            session.endTurn();
            ImageRestore restore = session.admin().restoration(parallel);
            RestoreReport report =
                    dryRun ? restore.prove(file, existing, operation) : restore.restore(file, existing, operation);
            if (!dryRun) {
                session.note(Act.of(AuditAction.IMAGES_RESTORED).with(report.restored() + " restored"));
            }
            ExitCode exitCode = operation.end("Give the same command again to go on");
            print(report);
            return exitCode.or(report.problemCount() > 0 ? ExitCode.NOT_DONE : ExitCode.OK)
                    .value();
        } catch (ArchiveDamagedException e) {
            e.details().forEach(detail -> terminal.error(file + ": " + detail));
            terminal.error(e.getMessage() + "; nothing was restored");
            return ExitCode.NOT_DONE.value();
        } catch (RepositoryNotEmptyException e) {
            terminal.error(e.getMessage() + "; --into-existing restores all the same");
            return ExitCode.NOT_DONE.value();
        }
    }

    private void print(RestoreReport report) {
        if (options.json()) {
            terminal.print(Json.write(report));
            return;
        }
        report.problems().forEach(problem -> terminal.error(problem.filename() + ": " + problem.detail()));
        terminal.print((dryRun ? "Could be restored: " : "Restored: ") + report.restored());
        if (report.known() > 0) {
            terminal.print("There already: " + report.known());
        }
        terminal.print("Read: " + Amounts.bytes(report.provedBytes()));
        if (report.problemCount() > 0) {
            terminal.error("Pictures that could not be restored: " + report.problemCount() + " of " + report.total());
        }
    }
}
