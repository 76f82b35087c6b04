package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.view.OwnerDetails;
import java.util.List;

/** Prints an owner. */
final class OwnerOutput {

    private OwnerOutput() {}

    static void print(Owner owner, CommonOptions options, Terminal terminal) {
        OwnerDetails details = OwnerDetails.of(owner);
        if (options.json()) {
            terminal.print(Json.write(details));
            return;
        }
        TextTable table = new TextTable();
        table.add(List.of("Id", String.valueOf(details.id())));
        table.add(List.of("Name", details.name()));
        table.add(List.of("Role", details.role()));
        table.add(List.of("State", details.state()));
        table.add(List.of("Created", details.createdAt()));
        table.lines().forEach(terminal::print);
    }
}
