package io.github.imagehost.core.archive;

import io.github.imagehost.core.archive.ArchiveReader.ArchiveSummary;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.NewOwner;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Whose images of this host those of the owners in an archive become. An owner of this host is taken for one in the
 * archive if it was added at the same millisecond and has the same name, or the same id and a name that is nobody's in
 * the archive who was added then: it is that owner itself, or was restored from it before, so that a restore can go on.
 * The owner of guests is that of guests, of whom nobody knows who they are. For all others that seem to be the same,
 * somebody has to say it, and two become one only if somebody says so.
 */
final class OwnerPlan {

    private final Map<OwnerId, OwnerId> known = new LinkedHashMap<>();
    private final Map<OwnerId, NewOwner> missing = new LinkedHashMap<>();
    private final List<String> problems = new ArrayList<>();
    private final Map<OwnerName, Owner> byName;
    private final Map<Instant, List<Owner>> byTime;
    private final Optional<Owner> guest;
    private final List<Source> sources;
    private final Map<OwnerId, String> taken = new HashMap<>();
    private Optional<Quota> quotaOfFirst = Optional.empty();

    private OwnerPlan(List<Owner> here, List<Source> sources) {
        byName = here.stream().collect(Collectors.toMap(Owner::name, owner -> owner));
        byTime = here.stream().collect(Collectors.groupingBy(Owner::createdAt));
        guest = here.stream().filter(owner -> owner.role() == Role.GUEST).findFirst();
        this.sources = sources;
    }

    /**
     * Plans.
     *
     * @param here all owners of this host
     * @throws OwnersUnclearException if it does not follow whose images they become
     */
    static OwnerPlan of(ArchiveSummary archive, List<Owner> here, OwnerMap map) {
        List<Source> sources = sources(archive, map);
        OwnerPlan plan = new OwnerPlan(here, sources);
        plan.requireKnownLabels(map);
        boolean isHostWithoutOwners = plan.isWithoutOwnersOfItsOwn();
        for (Source source : sources) {
            if (source.isToStay()) {
                plan.keep(source);
            } else {
                plan.add(source, isHostWithoutOwners);
            }
        }
        plan.requireDistinctNames();
        plan.requireOnlyNumbersOrNewOwners();
        if (!plan.problems.isEmpty()) {
            throw new OwnersUnclearException(
                    plan.problems,
                    sources.stream().map(Source::label).toList(),
                    here.stream().map(owner -> owner.name().value()).toList());
        }
        return plan;
    }

    /**
     * An owner in an archive.
     *
     * @param label what it is called in the map
     * @param name what it is to be called here, unless it is somebody who is there; empty if nobody knows
     * @param created what is added if nobody here is this owner; empty without a name
     * @param isMapped whether the map tells the name
     * @param isToStay whether the map tells that it stays the same number
     * @param hasImages whether there are any of its images
     */
    private record Source(
            OwnerId id,
            String label,
            Optional<OwnerName> name,
            Optional<NewOwner> created,
            boolean isMapped,
            boolean isToStay,
            boolean hasImages) {

        boolean isFirst() {
            return id.equals(OwnerId.DEFAULT);
        }

        boolean isGuest() {
            return created.filter(owner -> owner.role() == Role.GUEST).isPresent();
        }

        /** In the archive or here: an earlier run may have had no map. */
        boolean isCalled(OwnerName called) {
            return label.equals(called.value()) || name.equals(Optional.of(called));
        }
    }

    /** In the order of their ids. */
    private static List<Source> sources(ArchiveSummary archive, OwnerMap map) {
        Map<Long, Source> sources = new TreeMap<>();
        for (ArchivedOwner told : archive.owners()) {
            OwnerName old = told.owner().name();
            Optional<OwnerName> mapped = Optional.ofNullable(map.targets().get(old.value()));
            OwnerName name = mapped.orElse(old);
            sources.put(
                    told.id().value(),
                    new Source(
                            told.id(),
                            old.value(),
                            Optional.of(name),
                            Optional.of(told.as(name)),
                            mapped.isPresent(),
                            false,
                            archive.imageOwners().contains(told.id())));
        }
        for (OwnerId id : archive.imageOwners()) {
            sources.computeIfAbsent(id.value(), absent -> withoutName(id, archive, map));
        }
        return List.copyOf(sources.values());
    }

    private static Source withoutName(OwnerId id, ArchiveSummary archive, OwnerMap map) {
        String label = id.equals(OwnerId.DEFAULT) ? Owner.DEFAULT_NAME.value() : String.valueOf(id.value());
        Optional<OwnerName> mapped = Optional.ofNullable(map.targets().get(label));
        // with the time of the export, so that the next run knows that it has added this owner
        Optional<NewOwner> created = mapped.map(name -> new NewOwner(
                name, Role.USER, OwnerState.ACTIVE, archive.exportedAt().truncatedTo(ChronoUnit.MILLIS), Quota.NONE));
        boolean isToStay = !id.equals(OwnerId.DEFAULT) && map.kept().contains(id);
        return new Source(id, label, mapped, created, mapped.isPresent(), isToStay, true);
    }

    private void requireKnownLabels(OwnerMap map) {
        Set<String> labels = sources.stream().map(Source::label).collect(Collectors.toSet());
        Stream.concat(map.targets().keySet().stream(), map.kept().stream().map(id -> String.valueOf(id.value())))
                .filter(label -> !labels.contains(label))
                .sorted()
                .forEach(label -> problems.add(label + ": the file has no such owner"));
    }

    private boolean isWithoutOwnersOfItsOwn() {
        Set<OwnerId> archived = sources.stream()
                .map(this::same)
                .flatMap(Optional::stream)
                .map(Owner::id)
                .collect(Collectors.toSet());
        return byName.values().stream()
                .filter(owner -> owner.role() != Role.GUEST)
                .map(Owner::id)
                .allMatch(id -> id.equals(OwnerId.DEFAULT) || archived.contains(id));
    }

    /** Who has its name comes first: of owners that were added at once, another one may have its id here. */
    private Optional<Owner> same(Source source) {
        if (source.isGuest() && !source.isMapped() && guest.isPresent()) {
            return guest;
        }
        List<Owner> candidates = source.created()
                .map(created -> byTime.getOrDefault(created.createdAt(), List.of()))
                .orElse(List.of());
        return candidates.stream()
                .filter(owner -> source.name().equals(Optional.of(owner.name())))
                .findFirst()
                .or(() -> candidates.stream()
                        .filter(owner -> owner.id().equals(source.id()) && !isOther(source, owner))
                        .findFirst());
    }

    /** Whether the owner is called as another one who was added at the same time. */
    private boolean isOther(Source source, Owner owner) {
        return sources.stream()
                .filter(other -> !other.id().equals(source.id()))
                .filter(other -> other.created()
                        .filter(created -> created.createdAt().equals(owner.createdAt()))
                        .isPresent())
                .anyMatch(other -> other.isCalled(owner.name()));
    }

    private void keep(Source source) {
        Optional<Owner> other = byName.values().stream()
                .filter(owner -> owner.id().equals(source.id()))
                .findFirst();
        if (other.isPresent()) {
            problems.add(source.label() + ": it can't stay this number, since this is an owner here, "
                    + other.get().name());
        } else {
            known.put(source.id(), source.id());
        }
    }

    private void add(Source source, boolean isHostWithoutOwners) {
        Optional<Owner> same = same(source);
        Optional<Owner> called = source.name().map(byName::get);
        if (source.isMapped() && called.isPresent()) {
            known.put(source.id(), called.get().id());
        } else if (same.isPresent() && !source.isMapped()) {
            take(source, same.get().id());
        } else if (source.isFirst() && !source.isMapped()) {
            addFirst(source, isHostWithoutOwners);
        } else if (source.created().isEmpty()) {
            problems.add(source.label() + ": the file has images of this owner, and does not tell its name");
        } else if (called.isPresent()) {
            problems.add(source.label() + ": this host has an owner of this name, who may be somebody else");
        } else {
            create(source.id(), source.label(), source.created().get());
        }
    }

    /** Without a word of the map. */
    private void take(Source source, OwnerId here) {
        String other = taken.putIfAbsent(here, source.label());
        if (other == null) {
            known.put(source.id(), here);
        } else {
            problems.add(source.label() + ": it seems to be the owner here that " + other + " seems to be, too");
        }
    }

    private void addFirst(Source source, boolean isHostWithoutOwners) {
        if (isHostWithoutOwners) {
            take(source, OwnerId.DEFAULT);
            quotaOfFirst = source.created().map(NewOwner::quota);
        } else if (source.hasImages()) {
            problems.add(source.label() + ": this host has owners of its own, and its first one may be somebody else");
        }
    }

    private void create(OwnerId id, String label, NewOwner owner) {
        if (owner.role() == Role.GUEST && guest.isPresent()) {
            problems.add(
                    label + ": this host has an owner of guests, " + guest.get().name() + ", and can't have two");
        } else {
            missing.put(id, owner);
        }
    }

    private void requireDistinctNames() {
        Set<OwnerName> names = new HashSet<>();
        for (NewOwner owner : missing.values()) {
            if (!names.add(owner.name())) {
                problems.add(owner.name() + ": two owners in the file would become one that is not there yet");
            }
        }
    }

    private void requireOnlyNumbersOrNewOwners() {
        if (!missing.isEmpty()) {
            sources.stream()
                    .filter(Source::isToStay)
                    .forEach(source -> problems.add(source.label()
                            + ": it can't stay this number while owners are added, one of whom might get it"));
        }
    }

    /** Those who are there, by what they are in the archive. */
    Map<OwnerId, OwnerId> known() {
        return known;
    }

    /** Those who have to be added, by what they are in the archive. */
    Map<OwnerId, NewOwner> missing() {
        return missing;
    }

    /** What the first owner could have, if this host is to be like the other one. */
    Optional<Quota> quotaOfFirst() {
        return quotaOfFirst;
    }
}
