package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.LongOperation;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.archive.ExportReport;
import io.github.imagehost.core.archive.ImageExport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Writes what is known of all images and owners into a file. */
@Command(
        name = "export",
        description = {
            "Write everything that is known of the pictures and their owners, but neither the pictures themselves nor"
                    + " passwords and tokens, into a file, and a list of the pictures' SHA-256 beside it, FILE"
                    + ImageExport.LIST_SUFFIX + ".",
            "",
            "The service may run meanwhile. FILE has a line of JSON for each picture and each owner; 'imagehost restore' brings it back."
                    + " The list is for 'sha256sum -c', in a copy of the bucket or of the directory of images. What was"
                    + " there under these names is replaced at the end; a stop or a crash leaves it as it was."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost export images.jsonl"})
final class ExportCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "FILE", description = "What to write.")
    private Path file = Path.of("");

    ExportCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session();
                LongOperation operation = LongOperation.begin(terminal, "pictures", options.json())) {
            session.endTurn();
            ExportReport report = session.admin().export(file, session.pathInCopy(), operation);
            ExitCode exitCode = operation.end("Nothing was written; give the same command again to begin anew");
            print(report);
            return exitCode.value();
        } catch (IOException e) {
            terminal.error(file + ": The file can't be written: " + e);
            if (options.verbose()) {
                terminal.trace(e);
            }
            return ExitCode.NOT_DONE.value();
        }
    }

    private void print(ExportReport report) {
        if (options.json()) {
            terminal.print(Json.write(report));
        } else if (!report.stopped()) {
            terminal.print("Pictures: " + report.images());
            terminal.print("Further names of pictures: " + report.names());
            terminal.print("Objects in the list of SHA-256: " + report.objects());
            if (report.owners() > 0) {
                terminal.print("Owners: " + report.owners());
            }
            if (report.albums() > 0) {
                terminal.print("Albums: " + report.albums());
            }
        }
    }
}
