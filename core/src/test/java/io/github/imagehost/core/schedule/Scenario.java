package io.github.imagehost.core.schedule;

import io.github.imagehost.core.port.repository.Lease;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What a few parties do at once, in a fixed order of their names. Immutable.
 *
 * @param name for people
 * @param repository makes the repository
 * @param before what was done before, without any mishap
 * @param parties what is done at once, by names that are each no beginning of another
 * @param late the names of the parties that begin only when a lease has run out, or all others have ended
 * @param predecessors the parties that begin as soon as another one has ended or crashed, with those others
 * @param sweep how garbage is swept in the end, again and again
 * @param restoration brings back what is missing after that, if anything may be
 * @param batching how calls are done that share a transaction
 * @param mishaps how many calls may meet a mishap in one schedule
 */
public record Scenario(
        String name,
        Function<Clock, InMemoryMetadataRepository> repository,
        Script before,
        Map<String, Script> parties,
        Set<String> late,
        Map<String, String> predecessors,
        Script sweep,
        Script restoration,
        Batching batching,
        int mishaps) {

    /** How long reservations last in all scenarios. */
    public static final Lease LEASE = new Lease(Duration.ofMinutes(2), Duration.ofMinutes(15));

    /** When images end that do: before any reservation runs out. */
    public static final Instant IMAGE_END = MutableClock.BEGINNING.plus(Duration.ofMinutes(1));

    /** How long uploads wait for others in all scenarios. */
    public static final Duration PATIENCE = Duration.ofSeconds(30);

    /**
     * Nobody who does anything, yet.
     *
     * @param sweep how garbage is swept in the end, again and again
     */
    public static Scenario named(String name, Script sweep) {
        return new Scenario(
                name,
                InMemoryMetadataRepository::new,
                ports -> {},
                Map.of(),
                Set.of(),
                Map.of(),
                sweep,
                ports -> {},
                Batching.RIGHT,
                0);
    }

    /** The same under another name. */
    public Scenario named(String newName) {
        return new Scenario(
                newName, repository, before, parties, late, predecessors, sweep, restoration, batching, mishaps);
    }

    /** The same on another repository. */
    public Scenario on(Function<Clock, InMemoryMetadataRepository> newRepository) {
        return new Scenario(
                name, newRepository, before, parties, late, predecessors, sweep, restoration, batching, mishaps);
    }

    /** The same where those who share a transaction may get something else than each would alone. */
    public Scenario sharing(Batching newBatching) {
        return new Scenario(
                name, repository, before, parties, late, predecessors, sweep, restoration, newBatching, mishaps);
    }

    /** The same with another sweep in the end. */
    public Scenario sweptBy(Script newSweep) {
        return new Scenario(
                name, repository, before, parties, late, predecessors, newSweep, restoration, batching, mishaps);
    }

    /** The same where something is missing that somebody brings back in the end, when all garbage is swept. */
    public Scenario restoredBy(Script newRestoration) {
        return new Scenario(
                name, repository, before, parties, late, predecessors, sweep, newRestoration, batching, mishaps);
    }

    /** The same after something was done, without any mishap. */
    public Scenario after(Script newBefore) {
        return new Scenario(
                name, repository, newBefore, parties, late, predecessors, sweep, restoration, batching, mishaps);
    }

    /** The same with one more party, or with another script for one that it has. */
    public Scenario with(String party, Script script) {
        Map<String, Script> more = new LinkedHashMap<>(parties);
        more.put(party, script);
        return new Scenario(
                name,
                repository,
                before,
                Collections.unmodifiableMap(more),
                late,
                predecessors,
                sweep,
                restoration,
                batching,
                mishaps);
    }

    /** The same with one more party, which begins only when a lease has run out, or all others have ended. */
    public Scenario withLate(String party, Script script) {
        Set<String> more = new HashSet<>(late);
        more.add(party);
        Scenario scenario = with(party, script);
        return new Scenario(
                name,
                repository,
                before,
                scenario.parties,
                Set.copyOf(more),
                predecessors,
                sweep,
                restoration,
                batching,
                mishaps);
    }

    /** The same with one more party, which begins as soon as another one has ended or crashed. */
    public Scenario withSuccessor(String party, String predecessor, Script script) {
        Map<String, String> more = new HashMap<>(predecessors);
        more.put(party, predecessor);
        Scenario scenario = with(party, script);
        return new Scenario(
                name,
                repository,
                before,
                scenario.parties,
                late,
                Map.copyOf(more),
                sweep,
                restoration,
                batching,
                mishaps);
    }

    /** The same with this many mishaps in a schedule at the most. */
    public Scenario mishaps(int newMishaps) {
        return new Scenario(
                name, repository, before, parties, late, predecessors, sweep, restoration, batching, newMishaps);
    }

    @Override
    public String toString() {
        return name;
    }
}
