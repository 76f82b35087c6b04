package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.session.Allowance;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.admin.ImageHostAdmin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.view.OwnerDetails;
import java.util.List;

/** Prints an owner. */
final class OwnerOutput {

    private OwnerOutput() {}

    static void print(Owner owner, HostSession session, CommonOptions options, Terminal terminal) {
        OwnerDetails details = details(owner, session);
        if (options.json()) {
            terminal.print(Json.write(details));
            return;
        }
        Allowance allowance = new Allowance(details.usage(), details.quota());
        TextTable table = new TextTable();
        table.add(List.of("Id", String.valueOf(details.id())));
        table.add(List.of("Name", details.name()));
        table.add(List.of("Role", details.role()));
        table.add(List.of("State", details.state()));
        table.add(List.of("Created", details.createdAt()));
        table.add(List.of("Images", allowance.images()));
        table.add(List.of("Size", allowance.size()));
        table.lines().forEach(terminal::print);
    }

    /** What is known of an owner. */
    static OwnerDetails details(Owner owner, HostSession session) {
        ImageHostAdmin admin = session.admin();
        return OwnerDetails.of(owner, admin.usage(owner.id()), admin.quota(owner.id()));
    }
}
