package io.github.imagehost.core.schedule;

import com.google.common.collect.Sets;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.testing.BlobRow;
import io.github.imagehost.core.testing.BlobState;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One schedule of a scenario, as far as it has come: a world, parties, and requests under way. What may happen next is
 * in {@link #steps}.
 */
final class Schedule {

    /**
     * One thing that may happen next.
     *
     * @param action makes it happen
     */
    record Step(Supplier<String> description, Action action) {}

    /** Something that happens. */
    @FunctionalInterface
    interface Action {

        /**
         * Makes it happen in a schedule that has come as far as the one that gave the step, and tells what came of it.
         */
        String happenIn(Schedule schedule);
    }

    private static final Duration MARGIN = Duration.ofSeconds(1);
    private static final int MORE_SWEEPS_THAN_NEEDED = 10;

    private final Scenario scenario;
    private final World world;
    private final List<Party> parties = new ArrayList<>();
    /** Requests to the store that their senders have given up, but that will arrive. */
    private final List<Call> underWay = new ArrayList<>();

    private int mishapsLeft;
    private boolean sweptAfterTheEnd;

    private Schedule(Scenario scenario, World world) {
        this.scenario = scenario;
        this.world = world;
    }

    /** A new one, in which nothing has happened yet but what was done before. */
    static Schedule begin(Scenario scenario) {
        Schedule schedule = new Schedule(scenario, new World(scenario.repository()));
        schedule.mishapsLeft = scenario.mishaps();
        scenario.before().run(new Ports(new Unscheduled("before", schedule.world)));
        scenario.parties().forEach((name, script) -> {
            Party party = new Party(Course.waiting(name, script));
            if (!scenario.late().contains(name) && !scenario.predecessors().containsKey(name)) {
                party.begin(schedule.world.time(), schedule.world.invariants());
            }
            schedule.parties.add(party);
        });
        return schedule;
    }

    Schedule copy() {
        Schedule copy = new Schedule(scenario, world.copy());
        parties.forEach(party -> copy.parties.add(party.copy()));
        copy.underWay.addAll(underWay);
        copy.mishapsLeft = mishapsLeft;
        copy.sweptAfterTheEnd = sweptAfterTheEnd;
        return copy;
    }

    /** What may happen next, always in the same order; nothing when the schedule has come to its end. */
    List<Step> steps() {
        List<Step> steps = new ArrayList<>();
        for (int i = 0; i < parties.size(); i++) {
            if (parties.get(i).isCalling()) {
                addStepsOf(i, steps);
            }
        }
        if (mishapsLeft > 0 || hasMistakenBatches()) {
            addSharedSteps(steps);
        }
        for (int i = 0; i < underWay.size(); i++) {
            int index = i;
            Call call = underWay.get(i);
            steps.add(new Step(() -> "(late) " + call.description(), then -> then.land(index)));
        }
        boolean isRunning = parties.stream().anyMatch(Party::isAlive);
        if (isRunning || !underWay.isEmpty()) {
            nextLeaseEnd()
                    .ifPresent(
                            end -> steps.add(new Step(() -> "(time) a lease runs out", then -> then.advancePast(end))));
            nextQuarantineEnd()
                    .filter(end -> noPutCanBeUnderWayAt(end.plus(MARGIN)))
                    .ifPresent(end ->
                            steps.add(new Step(() -> "(time) a quarantine ends", then -> then.advancePast(end))));
        }
        if (parties.stream().noneMatch(Party::isCalling) && parties.stream().anyMatch(this::isLate)) {
            steps.add(new Step(() -> "(all others have ended)", Schedule::beginLate));
        }
        if (!isRunning && !underWay.isEmpty() && !sweptAfterTheEnd) {
            steps.add(new Step(() -> "(all have ended) a sweep", Schedule::sweepAfterTheEnd));
        }
        return steps;
    }

    private void addStepsOf(int index, List<Step> steps) {
        Party party = parties.get(index);
        Call call = party.next();
        Supplier<String> what = () -> party.name() + ": " + call.description();
        if (call.mustWait().test(world)) {
            steps.add(new Step(
                    () -> what.get() + ", and waits for somebody else until its patience is at an end",
                    then -> then.giveUpWaiting(index)));
            return;
        }
        steps.add(new Step(what, then -> then.take(index, Mishap.NONE)));
        if (mishapsLeft > 0) {
            for (Mishap mishap : Mishap.values()) {
                if (call.kind().mayMeet(mishap)) {
                    steps.add(new Step(() -> what.get() + ", but " + mishap, then -> then.take(index, mishap)));
                }
            }
        }
    }

    /**
     * Those that share a transaction meet the same mishap, which costs as much as that of one. Without a mishap it is
     * as if they came one after the other, if nobody has made a mistake.
     */
    private void addSharedSteps(List<Step> steps) {
        Map<CallKind, List<Integer>> sharing = IntStream.range(0, parties.size())
                .filter(i -> parties.get(i).isCalling())
                .filter(i -> parties.get(i).next().kind().isShared())
                .filter(i -> !parties.get(i).next().mustWait().test(world))
                .boxed()
                .collect(Collectors.groupingBy(
                        i -> parties.get(i).next().kind(), () -> new EnumMap<>(CallKind.class), Collectors.toList()));
        sharing.forEach((kind, all) -> Sets.powerSet(new LinkedHashSet<>(all)).stream()
                .filter(some -> some.size() > 1)
                .map(List::copyOf)
                .forEach(some -> addStepsOfBatch(kind, some, steps)));
    }

    private boolean hasMistakenBatches() {
        return !scenario.batching().equals(Batching.RIGHT);
    }

    private void addStepsOfBatch(CallKind kind, List<Integer> some, List<Step> steps) {
        if (hasMistakenBatches()) {
            steps.add(new Step(() -> describe(some), then -> then.takeTogether(some)));
        }
        if (mishapsLeft > 0) {
            Stream.of(Mishap.values())
                    .filter(kind::mayMeet)
                    .forEach(mishap -> steps.add(new Step(
                            () -> describe(some) + ", but " + mishap, then -> then.takeTogether(some, mishap))));
        }
    }

    private String describe(List<Integer> indexes) {
        return indexes.stream()
                .map(parties::get)
                .map(party -> party.name() + ": " + party.next().description())
                .collect(Collectors.joining(", together with ", "(together) ", ""));
    }

    private String takeTogether(List<Integer> indexes) {
        List<Object> answers = scenario.batching()
                .perform(
                        world,
                        indexes.stream()
                                .map(index -> parties.get(index).next().effect())
                                .toList());
        world.invariants().check();
        for (int position = 0; position < indexes.size(); position++) {
            Party party = parties.get(indexes.get(position));
            party.learn(answers.get(position), world.time());
            party.goOn(world.invariants());
        }
        beginSuccessors();
        return answers.stream().map(Party::brief).collect(Collectors.joining(", "));
    }

    private String takeTogether(List<Integer> indexes, Mishap mishap) {
        int before = mishapsLeft;
        List<String> outcomes = new ArrayList<>();
        for (int position = 0; position < indexes.size(); position++) {
            int index = indexes.get(position);
            outcomes.add(scenario.batching().tellsOfMishap(position) ? take(index, mishap) : pretend(index, mishap));
        }
        mishapsLeft = before - 1;
        return String.join(", ", outcomes);
    }

    /** It meets a mishap, and is told that all went well. */
    private String pretend(int index, Mishap mishap) {
        Party party = parties.get(index);
        Object answer = party.next().effect().apply(mishap.takesEffect() ? world : world.copy());
        world.invariants().check();
        party.learn(answer, world.time());
        party.goOn(world.invariants());
        beginSuccessors();
        return Party.brief(answer);
    }

    private String take(int index, Mishap mishap) {
        Party party = parties.get(index);
        Call call = party.next();
        if (mishap != Mishap.NONE) {
            mishapsLeft--;
        }
        if (mishap.takesEffectLater()) {
            underWay.add(call);
        }
        String outcome = "";
        try {
            Object answer = mishap.takesEffect() ? call.effect().apply(world) : call.refusal();
            outcome = mishap.takesEffect() ? Party.brief(answer) : "";
            if (mishap == Mishap.NONE || mishap == Mishap.REFUSED) {
                party.learn(answer, world.time());
            } else {
                party.learnFailure(() -> call.kind().failure(mishap), mishap.name(), world.time());
            }
        } catch (RuntimeException e) {
            outcome = String.valueOf(e.getMessage());
            party.learnFailure(() -> e, e.toString(), world.time());
        }
        if (mishap.takesEffect()) {
            world.invariants().check();
        }
        if (mishap.callerLives()) {
            party.goOn(world.invariants());
        } else {
            party.crash();
        }
        beginSuccessors();
        return outcome;
    }

    private String giveUpWaiting(int index) {
        Call call = parties.get(index).next();
        Object busy = call.effect().apply(world);
        parties.get(index).learn(busy, Math.max(world.time(), call.sentAt()) + Scenario.PATIENCE.toNanos());
        parties.get(index).goOn(world.invariants());
        beginSuccessors();
        return Party.brief(busy);
    }

    private String land(int index) {
        String outcome;
        try {
            outcome = Party.brief(underWay.remove(index).effect().apply(world));
        } catch (StoreException e) {
            outcome = String.valueOf(e.getMessage());
        }
        world.invariants().check();
        return outcome;
    }

    private Optional<Instant> nextLeaseEnd() {
        return next(blob -> blob.state() == BlobState.RESERVED, BlobRow::leaseEnd);
    }

    private Optional<Instant> nextQuarantineEnd() {
        boolean isAwaited = parties.stream()
                .filter(Party::isCalling)
                .anyMatch(party -> party.next().mustWait().test(world));
        return next(
                blob -> blob.state() == BlobState.CONDEMNED || (blob.missing() && isAwaited), BlobRow::quarantineEnd);
    }

    private Optional<Instant> next(Predicate<BlobRow> which, Function<BlobRow, Instant> end) {
        return world.repository().blobs().stream()
                .filter(which)
                .map(end)
                .filter(world.now()::isBefore)
                .min(Instant::compareTo);
    }

    /** The assumption that the quarantine is built on: no request to the store lives as long as that. */
    private boolean noPutCanBeUnderWayAt(Instant then) {
        Predicate<Call> isAllowed = call -> call.kind() != CallKind.PUT
                || then.isBefore(world.at(call.sentAt()).plus(Scenario.LEASE.quarantine()));
        return underWay.stream().allMatch(isAllowed)
                && parties.stream().filter(Party::isCalling).map(Party::next).allMatch(isAllowed);
    }

    private String advancePast(Instant end) {
        world.advanceTo(end.plus(MARGIN));
        return beginLate();
    }

    private String beginLate() {
        parties.stream().filter(this::isLate).forEach(this::begin);
        return "";
    }

    private boolean isLate(Party party) {
        return party.isWaiting() && scenario.late().contains(party.name());
    }

    private void beginSuccessors() {
        parties.stream()
                .filter(Party::isWaiting)
                .filter(party -> hasEnded(scenario.predecessors().get(party.name())))
                .forEach(this::begin);
    }

    private boolean hasEnded(@Nullable String name) {
        return parties.stream().anyMatch(party -> party.name().equals(name) && !party.isAlive());
    }

    private void begin(Party party) {
        party.begin(world.time(), world.invariants());
    }

    private String sweepAfterTheEnd() {
        sweptAfterTheEnd = true;
        nextLeaseEnd().ifPresent(this::advancePast);
        sweep();
        return "";
    }

    /**
     * To be called when there are no further steps: lets time pass, sweeps until that changes nothing, and looks at
     * what is left.
     */
    void end() {
        Duration longerThanAnything = Scenario.LEASE.duration().plus(Scenario.LEASE.quarantine());
        String before;
        int sweeps = 0;
        do {
            if (++sweeps > MORE_SWEEPS_THAN_NEEDED) {
                throw new Invariants.BrokenInvariant(5, "sweeps don't come to rest");
            }
            before = contents();
            world.advanceTo(world.now().plus(longerThanAnything));
            sweep();
        } while (!contents().equals(before));
        world.invariants().checkSwept();
        scenario.restoration().run(new Ports(new Unscheduled("restoration", world)));
        world.invariants().checkRestored();
    }

    private void sweep() {
        scenario.sweep().run(new Ports(new Unscheduled("sweep", world)));
    }

    private String contents() {
        StringBuilder contents = new StringBuilder(200);
        for (BlobRow blob : world.repository().blobs()) {
            contents.append(blob.id())
                    .append(blob.key())
                    .append(blob.missing() ? "MISSING" : blob.state())
                    .append(millisUntil(blob.quarantineEnd()));
            if (world.invariants().knowsLosses()) {
                // somebody may have seen it, and may look whether it has changed
                contents.append('=').append(blob.quarantineEnd()).append(blob.storedDigest());
            }
            if (blob.state() == BlobState.CONDEMNED) {
                contents.append('/').append(millisUntil(blob.deletionDue()));
            }
            contents.append(' ');
        }
        for (Image image : world.repository().images()) {
            contents.append(image.id()).append(image.filename()).append('>').append(image.objectKey());
            Sharing sharing = image.sharing();
            if (!sharing.equals(Sharing.UNLIMITED)) {
                contents.append(sharing.visibility());
                sharing.expiresAt().ifPresent(end -> contents.append(millisUntil(end)));
            }
        }
        contents.append('#').append(world.objects().keys());
        return contents.toString();
    }

    /** What is over is over, however long. A lease ends a fixed time before its quarantine. */
    private long millisUntil(Instant then) {
        return Math.max(-1, world.now().until(then, ChronoUnit.MILLIS));
    }

    /** All that decides what may still happen, in parts that recur in other states. */
    List<String> fingerprint() {
        StringBuilder requests = new StringBuilder();
        requests.append(mishapsLeft).append(sweptAfterTheEnd);
        underWay.forEach(call -> requests.append(call.description()).append('@').append(world.time() - call.sentAt()));
        List<String> parts = new ArrayList<>();
        parts.add(contents());
        parts.add(requests.toString());
        parts.add(world.invariants().fingerprint());
        parties.forEach(party -> parts.add(party.fingerprint(world.time())));
        return parts;
    }

    /** Whose calls happen at once, and well. */
    private record Unscheduled(String name, World world) implements Caller {

        @Override
        public long time() {
            return world.time();
        }

        @Override
        public Object call(Call call) {
            Object answer = call.effect().apply(world);
            world.invariants().check();
            return answer;
        }

        @Override
        public void startOver() {
            // its answers are not remembered
        }

        @Override
        public void answer(Answer answer, Set<String> ownFilenames) {
            world.invariants().afterAnswer(name, answer, ownFilenames);
        }

        @Override
        public void fail(RuntimeException failure, Set<String> ownFilenames) {
            throw failure;
        }
    }
}
