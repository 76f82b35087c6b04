package io.github.imagehost.cli.command.maintenance;

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
import io.github.imagehost.core.archive.OwnerMap;
import io.github.imagehost.core.archive.OwnersUnclearException;
import io.github.imagehost.core.archive.RepositoryNotEmptyException;
import io.github.imagehost.core.archive.RestoreReport;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
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
                    + " or a crash: it goes on where it was.",
            "",
            "Owners that are not there are added as they were, but without passwords, tokens and identities:"
                    + " 'imagehost login-link' lets them in again. Where owners of the file may be others than those here,"
                    + " --owner-map has to say whose their pictures become. Pictures count for quotas, but none is refused"
                    + " because of one."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost restore images.jsonl --dry-run",
            "  imagehost restore images.jsonl",
            "  imagehost restore images.jsonl --into-existing --owner-map default=default,alice=bob"
        })
final class RestoreCommand implements Callable<Integer> {

    /** How many names a message tells. */
    private static final int MOST_NAMES = 20;

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
            names = "--owner-map",
            paramLabel = "OLD=NEW",
            split = ",",
            description =
                    "Let the pictures of the owner called OLD in the file become those of NEW: an owner here, or one who is"
                            + " added under this name. May be repeated, or have commas between several. OLD is a number"
                            + " where the file tells no names; with the same number as NEW, as in 7=7, it stays this number.")
    private List<String> ownerMap = List.of();

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
        OwnerMap map = map();
        Existing existing = intoExisting ? Existing.ANY : Existing.ONLY_FROM_FILE;
        try (HostSession session = options.session();
                LongOperation operation = LongOperation.begin(terminal, "pictures", options.json())) {
            session.endTurn();
            ImageRestore restore =
                    session.admin().restoration(parallel, map, owner -> session.note(Acts.ownerAdded(owner)));
            RestoreReport report =
                    dryRun ? restore.prove(file, existing, operation) : restore.restore(file, existing, operation);
            if (!dryRun) {
                session.note(Act.of(AuditAction.IMAGES_RESTORED).with(report.restored() + " restored"));
            }
            ExitCode exitCode = operation.end("Give the same command again to go on");
            print(report);
            boolean isAllDone =
                    report.problemCount() == 0 && report.refusedAlbums().isEmpty();
            return exitCode.or(isAllDone ? ExitCode.OK : ExitCode.NOT_DONE).value();
        } catch (ArchiveDamagedException e) {
            e.details().forEach(detail -> terminal.error(file + ": " + detail));
            terminal.error(e.getMessage() + "; nothing was restored");
            return ExitCode.NOT_DONE.value();
        } catch (OwnersUnclearException e) {
            e.details().forEach(detail -> terminal.error(file + ": " + detail));
            terminal.error(
                    "Nothing was restored: --owner-map OLD=NEW has to say whose pictures those of OLD become. OLD may"
                            + " be " + list(e.inFile()) + "; NEW an owner here (" + list(e.here())
                            + "), a name that nobody here has, or the same as OLD if that is a number of an application's own");
            return ExitCode.NOT_DONE.value();
        } catch (RepositoryNotEmptyException e) {
            terminal.error(e.getMessage() + "; --into-existing restores all the same");
            return ExitCode.NOT_DONE.value();
        }
    }

    private OwnerMap map() {
        try {
            return OwnerMap.parse(ownerMap);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), "--owner-map: " + e.getMessage(), e);
        }
    }

    private static String list(List<String> names) {
        return names.size() <= MOST_NAMES
                ? String.join(", ", names)
                : String.join(", ", names.subList(0, MOST_NAMES)) + " and " + (names.size() - MOST_NAMES) + " more";
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
        if (!report.newOwners().isEmpty()) {
            terminal.print((dryRun ? "Owners to be added: " : "Owners added: ") + list(report.newOwners()));
        }
        if (!report.newAdministrators().isEmpty()) {
            terminal.print("Administrators among them: " + list(report.newAdministrators()));
        }
        if (!report.newOwners().isEmpty() && !dryRun) {
            terminal.print("They have neither passwords nor tokens; 'imagehost login-link NAME' lets one in");
        }
        if (!report.aboveQuota().isEmpty()) {
            terminal.print("With more than their quotas allow: " + list(report.aboveQuota()));
        }
        if (report.albums() > 0) {
            terminal.print("Albums: " + report.albums());
        }
        if (!report.refusedAlbums().isEmpty()) {
            terminal.error("Albums that could not be restored, since their owners have others of these names, or too"
                    + " many: " + list(report.refusedAlbums()));
        }
        if (report.problemCount() > 0) {
            terminal.error("Pictures that could not be restored: " + report.problemCount() + " of " + report.total());
        }
    }
}
