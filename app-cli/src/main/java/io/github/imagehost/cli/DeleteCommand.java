package io.github.imagehost.cli;

import io.github.imagehost.core.model.Deletion;
import io.github.imagehost.core.model.OwnerId;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Deletes images. */
@Command(
        name = "delete",
        description = {
            "Delete pictures. Their links stop to work at once.",
            "",
            "An id that no picture has gives a line on standard error, and the others are deleted all the same."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost delete 12 13"})
final class DeleteCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    @Parameters(paramLabel = "ID", arity = "1..*", description = "The id of a picture, as list and show tell it.")
    private List<String> ids = List.of();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    DeleteCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        Set<Long> distinct = distinctIds();
        try (HostSession session = options.session()) {
            Deletion deletion = session.host().delete(OwnerId.DEFAULT, distinct);
            List<Long> deleted =
                    distinct.stream().filter(deletion.deleted()::contains).toList();
            List<Long> notFound =
                    distinct.stream().filter(deletion.notFound()::contains).toList();
            if (options.json()) {
                terminal.print(Json.write(new Result(deleted.size(), notFound)));
            } else {
                deleted.forEach(id -> terminal.print("Deleted image " + id));
            }
            notFound.forEach(id -> terminal.error("There is no image " + id));
            return (notFound.isEmpty() ? ExitCode.OK : ExitCode.NOT_DONE).value();
        }
    }

    /** Read here and not by picocli, which would call an id that is none an argument too many. */
    private Set<Long> distinctIds() {
        try {
            return ids.stream().map(ImageIds::parse).collect(Collectors.toCollection(LinkedHashSet::new));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    /** What is printed as JSON: what the service answers. */
    record Result(int deletedCount, List<Long> notFound) {}
}
