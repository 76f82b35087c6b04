package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.OwnerOption;
import io.github.imagehost.cli.option.QuotaOptions;
import io.github.imagehost.cli.session.HostSession;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.usage.Quota;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** What commands have in common that change an owner: they print what has become of it. */
final class OwnerChange {

    private OwnerChange() {}

    /**
     * Changes the owner with this name.
     *
     * @throws NotFoundException if there is none
     * @throws ParameterException if the change is not legal
     */
    static Integer make(
            OwnerName name,
            Owner.Change change,
            QuotaOptions quota,
            CommonOptions options,
            Terminal terminal,
            CommandSpec spec) {
        try (HostSession session = options.session()) {
            Owners owners = session.owners();
            Owner owner = OwnerOption.find(name, owners);
            if (!owners.allows(owner.id(), change)) {
                throw new ParameterException(
                        spec.commandLine(), "The first owner always is an active administrator: somebody has to be");
            }
            Owner changed = owners.change(owner.id(), change).orElseThrow();
            Acts.ownerChanged(owner.id(), change).forEach(session::note);
            limit(owner.id(), quota, session);
            OwnerOutput.print(changed, session, options, terminal);
        }
        return ExitCode.OK.value();
    }

    /** Changes how much an owner may have, if the options say so. */
    static void limit(OwnerId owner, QuotaOptions options, HostSession session) {
        Quota.Change change = options.change();
        if (change.changesSomething()) {
            Quota quota = session.admin().changeQuota(owner, change);
            session.note(Acts.quotaChanged(owner, quota));
        }
    }
}
