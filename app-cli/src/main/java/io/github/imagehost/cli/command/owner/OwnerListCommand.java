package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.Allowance;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.view.OwnerDetails;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Lists all owners. */
@Command(
        name = "list",
        description = "List all owners, in the order in which they were added.",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Example:", "  imagehost owner list"})
final class OwnerListCommand implements Callable<Integer> {

    private static final List<String> HEADINGS = List.of("ID", "NAME", "ROLE", "STATE", "CREATED", "IMAGES", "SIZE");

    @Mixin
    private final CommonOptions options;

    private final Terminal terminal;

    OwnerListCommand(CommonOptions options, Terminal terminal) {
        this.options = options;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (HostSession session = options.session()) {
            List<OwnerDetails> owners = session.owners().list().stream()
                    .map(owner -> OwnerOutput.details(owner, session))
                    .toList();
            if (options.json()) {
                terminal.print(Json.write(new OwnersResult(owners)));
            } else {
                print(owners);
            }
        }
        return ExitCode.OK.value();
    }

    private void print(List<OwnerDetails> owners) {
        TextTable table = new TextTable();
        table.add(HEADINGS);
        for (OwnerDetails owner : owners) {
            Allowance allowance = new Allowance(owner.usage(), owner.quota());
            table.add(List.of(
                    String.valueOf(owner.id()),
                    owner.name(),
                    owner.role(),
                    owner.state(),
                    owner.createdAt(),
                    allowance.images(),
                    allowance.size()));
        }
        table.lines().forEach(terminal::print);
    }

    /** What is printed as JSON: what the service answers. */
    record OwnersResult(List<OwnerDetails> owners) {}
}
