package io.github.imagehost.core.audit;

import io.github.imagehost.core.access.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Quota;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What administrators do to owners, in the words of the audit log. */
public final class OwnerActs {

    private OwnerActs() {}

    /** This owner was added. */
    public static Act added(Owner owner) {
        return Act.of(AuditAction.OWNER_ADDED)
                .about(owner.id())
                .with("name " + owner.name() + ", role " + owner.role().label());
    }

    /** This owner was changed so; one act for what it is called and may do, and one for whether it may act at all. */
    public static List<Act> changed(OwnerId owner, Owners.Change change) {
        List<Act> acts = new ArrayList<>();
        String detail = Stream.concat(
                        change.name().map(name -> "name " + name).stream(),
                        change.role().map(role -> "role " + role.label()).stream())
                .collect(Collectors.joining(", "));
        if (!detail.isEmpty()) {
            acts.add(Act.of(AuditAction.OWNER_CHANGED).about(owner).with(detail));
        }
        change.state()
                .map(state -> state == OwnerState.SUSPENDED ? AuditAction.OWNER_SUSPENDED : AuditAction.OWNER_ACTIVATED)
                .ifPresent(action -> acts.add(Act.of(action).about(owner)));
        return acts;
    }

    /** From now on this owner may have so much. */
    public static Act limited(OwnerId owner, Quota quota) {
        return Act.of(AuditAction.QUOTA_CHANGED)
                .about(owner)
                .with("images " + limit(quota.images()) + ", bytes " + limit(quota.bytes()));
    }

    private static String limit(OptionalLong most) {
        return most.isPresent() ? String.valueOf(most.getAsLong()) : "unlimited";
    }
}
