package io.github.imagehost.core.archive;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.access.NewOwner;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Whose images of this host those of the owners in an archive are. Immutable. */
final class OwnerTargets {

    /** Where nobody knows owners: of those with the same numbers. */
    static final OwnerTargets AS_BEFORE = new OwnerTargets(Optional::of, Map.of(), List.of());

    private final Function<OwnerId, Optional<OwnerId>> targets;
    private final Map<OwnerId, String> names;
    private final List<NewOwner> added;

    private OwnerTargets(
            Function<OwnerId, Optional<OwnerId>> targets, Map<OwnerId, String> names, Collection<NewOwner> added) {
        this.targets = targets;
        this.names = Map.copyOf(names);
        this.added = List.copyOf(added);
    }

    /** Without those who are not there yet. */
    static OwnerTargets forecast(OwnerPlan plan) {
        return new OwnerTargets(
                archived -> Optional.ofNullable(plan.known().get(archived)),
                Map.of(),
                plan.missing().values());
    }

    /**
     * Adds those who are not there yet.
     *
     * @throws NameTakenException if somebody else got the name of one meanwhile; those before it stay
     */
    static OwnerTargets carryOut(OwnerPlan plan, OwnerRestore restore) {
        Map<OwnerId, OwnerId> ids = new HashMap<>(plan.known());
        Map<OwnerId, String> names = new HashMap<>();
        plan.known().values().forEach(id -> names.put(id, String.valueOf(id.value())));
        restore.ledger()
                .owners()
                .forEach(owner -> names.computeIfPresent(
                        owner.id(), (id, number) -> owner.name().value()));
        for (Map.Entry<OwnerId, NewOwner> missing : plan.missing().entrySet()) {
            Owner owner = restore.ledger().addOwner(missing.getValue());
            restore.onNewOwner().accept(owner);
            ids.put(missing.getKey(), owner.id());
            names.put(owner.id(), owner.name().value());
        }
        return new OwnerTargets(
                archived -> Optional.ofNullable(ids.get(archived)),
                names,
                plan.missing().values());
    }

    /** An image in the archive as it is, or will be, here; empty if its owner is not there yet. */
    Optional<Image> imageHere(Image archived) {
        return here(archived.owner()).map(archived::owner);
    }

    /** Who an owner in the archive is here; empty if it is not there yet. */
    Optional<OwnerId> here(OwnerId archived) {
        return targets.apply(archived);
    }

    /** What those are called who are added. */
    List<String> added() {
        return added.stream().map(owner -> owner.name().value()).toList();
    }

    /** Which of them may do everything. */
    List<String> addedAdministrators() {
        return added.stream()
                .filter(owner -> owner.role() == Role.ADMIN)
                .map(owner -> owner.name().value())
                .toList();
    }

    /** What those are called whom this is true of, in the order of their names. */
    List<String> named(Predicate<OwnerId> condition) {
        return names.entrySet().stream()
                .filter(owner -> condition.test(owner.getKey()))
                .map(Map.Entry::getValue)
                .sorted()
                .toList();
    }
}
