package io.github.imagehost.core.schedule;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** What all parties of a schedule share: a repository, a store, and time. */
public final class World {

    private final Function<Clock, InMemoryMetadataRepository> newRepository;
    private final MutableClock clock = new MutableClock();
    private final Instant start = clock.instant();
    private final InMemoryMetadataRepository repository;
    private final InMemoryImageStore objects = new InMemoryImageStore(clock);
    private final Invariants invariants;

    World(Function<Clock, InMemoryMetadataRepository> newRepository) {
        this.newRepository = newRepository;
        this.repository = newRepository.apply(clock);
        this.invariants = new Invariants(repository, objects, clock);
    }

    /** Another one in which the same has happened so far. */
    public World copy() {
        World copy = new World(newRepository);
        copy.clock.advance(Duration.between(start, clock.instant()));
        copy.repository.copyFrom(repository);
        copy.objects.copyFrom(objects);
        copy.invariants.copyFrom(invariants);
        return copy;
    }

    /** The repository itself. */
    public InMemoryMetadataRepository repository() {
        return repository;
    }

    /** The store itself. */
    public InMemoryImageStore objects() {
        return objects;
    }

    /** Says that from now on these images of an owner may be gone, because the owner asked for it. */
    public void mayRemove(OwnerId owner, Collection<Long> ids) {
        invariants.mayRemove(owner, ids);
    }

    /** Takes all objects out of the store, through nobody's fault. */
    List<ObjectKey> loseObjects() {
        List<ObjectKey> lost = List.copyOf(objects.keys());
        objects.delete(lost);
        invariants.lose(lost);
        return lost;
    }

    /** It is time for images to end. */
    Instant endImages() {
        if (now().isBefore(Scenario.IMAGE_END)) {
            advanceTo(Scenario.IMAGE_END);
        }
        return now();
    }

    Invariants invariants() {
        return invariants;
    }

    /** Nanoseconds since the schedule began. */
    long time() {
        return Duration.between(start, clock.instant()).toNanos();
    }

    Instant now() {
        return clock.instant();
    }

    /** The instant that many nanoseconds after the schedule began. */
    Instant at(long time) {
        return start.plusNanos(time);
    }

    void advanceTo(Instant then) {
        clock.advance(Duration.between(clock.instant(), then));
    }
}
