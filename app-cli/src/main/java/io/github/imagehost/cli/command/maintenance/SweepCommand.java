package io.github.imagehost.cli.command.maintenance;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.usage.SweepReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Sweeps once. */
@Command(
        name = "sweep",
        description = {
            "Delete what nobody needs any more: the bytes of deleted pictures that the store did not delete at once, and"
                    + " what broken uploads left behind.",
            "",
            "The service does so by itself now and then; to do it at once as well does no harm, from any machine. Its cost"
                    + " grows with what is to be deleted, not with what is stored."
        },
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost sweep"})
final class SweepCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    SweepCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            SweepReport report = session.host().sweep();
            if (options.json()) {
                terminal.print(Json.write(report));
            } else {
                terminal.print("Images that had ended: " + report.endedImages());
                terminal.print("Uploads given up: " + report.expiredReservations());
                terminal.print("Objects deleted: " + report.deletedObjects());
            }
            session.albums().removeEnded();
            session.tidyUp();
            session.audit().sweep();
            if (report.failedObjects() == 0) {
                return ExitCode.OK.value();
            }
            terminal.error("Objects that the store did not delete: " + report.failedObjects()
                    + "; the next sweep tries again");
            return ExitCode.NOT_DONE.value();
        }
    }
}
