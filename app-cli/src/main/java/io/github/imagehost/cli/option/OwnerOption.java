package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.OwnerNameConverter;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Who owns what a command is about. */
public final class OwnerOption {

    @Option(
            names = "--owner",
            paramLabel = "OWNER",
            converter = OwnerNameConverter.class,
            description = "The name of the owner that this is about, as owner list tells it; the first owner otherwise,"
                    + " who is called default unless somebody changed that.")
    private Optional<OwnerName> name = Optional.empty();

    /** Whether somebody is named. */
    boolean isGiven() {
        return name.isPresent();
    }

    /**
     * The owner's id. Opens the host only if a name is given.
     *
     * @throws NotFoundException if nobody has that name
     */
    public OwnerId in(HostSession session) {
        return name.map(given -> find(given, session.owners()).id()).orElse(OwnerId.DEFAULT);
    }

    /**
     * The owner with this name.
     *
     * @throws NotFoundException if there is none
     */
    public static Owner find(OwnerName name, Owners owners) {
        return owners.find(name)
                .orElseThrow(() -> new NotFoundException(
                        "owner_not_found",
                        "There is no owner '" + name + "'; 'imagehost owner list' shows all that there are"));
    }
}
