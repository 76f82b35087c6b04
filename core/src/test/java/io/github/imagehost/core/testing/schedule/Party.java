package io.github.imagehost.core.testing.schedule;

import io.github.imagehost.core.port.Claim;
import io.github.imagehost.core.port.Removal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One party of a schedule. Its script runs without a thread of its own: to find out what it does next it is run from its
 * beginning with all the answers that it got so far, until it makes a call that has no answer yet.
 */
final class Party implements Caller {

    /** What the party knows of a call that it made. */
    private record Experience(Supplier<Object> answer, boolean isSuccess, long time) {}

    /** Leaves a script whose next call has no answer yet; no error of anybody's. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class Suspended extends Error {

        Suspended() {
            super("", null, false, false);
        }
    }

    private final String name;
    private final Script script;
    private final List<Experience> history;
    private final StringBuilder memory;
    private boolean alive = true;
    private @Nullable Call next;
    /** How many answers and failures were told to the outside. */
    private int told;

    private int callsOfThisRun;
    private int toldInThisRun;
    private int callsWhenLastTold;
    /** Whom it is told in this run. */
    private @Nullable Invariants listener;

    Party(String name, Script script) {
        this.name = name;
        this.script = script;
        this.history = new ArrayList<>();
        this.memory = new StringBuilder();
    }

    private Party(Party original) {
        this.name = original.name;
        this.script = original.script;
        this.history = new ArrayList<>(original.history);
        this.memory = new StringBuilder(original.memory);
        this.alive = original.alive;
        this.next = original.next;
        this.told = original.told;
    }

    Party copy() {
        return new Party(this);
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether it has something left to do. */
    boolean isAlive() {
        return alive;
    }

    /** The call that it wants to make. */
    Call next() {
        if (next == null) {
            throw new IllegalStateException(name + " has come to its end");
        }
        return next;
    }

    /** Goes on until it wants to make its next call, or has come to its end. */
    void goOn(Invariants invariants) {
        listener = invariants;
        callsOfThisRun = 0;
        toldInThisRun = 0;
        callsWhenLastTold = 0;
        next = null;
        try {
            script.run(new Ports(this));
            alive = false;
        } catch (Suspended e) {
            if (next == null) {
                throw new IllegalStateException(name + " was suspended without a call", e);
            }
        }
    }

    void crash() {
        alive = false;
    }

    /** Learns the answer to its call. */
    void learn(Object answer, long time) {
        remember(new Experience(() -> answer, isFinal(answer), time), brief(answer));
    }

    /** Learns that its call failed. */
    void learnFailure(Supplier<RuntimeException> failure, String why, long time) {
        Supplier<Object> experience = () -> {
            throw failure.get();
        };
        remember(new Experience(experience, false, time), why);
    }

    private void remember(Experience experience, String brief) {
        history.add(experience);
        memory.append(next().description()).append('=').append(brief);
        memory.append('@').append(experience.time()).append(';');
    }

    /** What decides how it goes on, as far as it is alive. */
    void appendTo(StringBuilder fingerprint) {
        fingerprint.append(name).append(':');
        fingerprint.append(alive ? memory : "ended");
        fingerprint.append('|');
    }

    @Override
    public long time() {
        return callsOfThisRun == 0 ? 0 : history.get(callsOfThisRun - 1).time();
    }

    @Override
    public Object call(Call call) {
        if (next != null || callsOfThisRun == history.size()) {
            next = next == null ? call : next;
            throw new Suspended();
        }
        return history.get(callsOfThisRun++).answer().get();
    }

    @Override
    public void answer(Answer answer, Set<String> ownFilenames) {
        if (tellsForTheFirstTime() && listener != null) {
            listener.afterAnswer(name, answer, ownFilenames);
        }
    }

    @Override
    public void fail(RuntimeException failure) {
        boolean isDone =
                history.subList(callsWhenLastTold, callsOfThisRun).stream().anyMatch(Experience::isSuccess);
        if (tellsForTheFirstTime()) {
            Invariants.afterFailure(name, failure, isDone);
        }
    }

    private boolean tellsForTheFirstTime() {
        callsWhenLastTold = callsOfThisRun;
        toldInThisRun++;
        if (toldInThisRun <= told) {
            return false;
        }
        told++;
        return true;
    }

    /** Whether what was asked for is done for good. */
    private static boolean isFinal(Object answer) {
        return answer instanceof Claim.Existing
                || answer instanceof Claim.Attached
                || answer instanceof Removal
                || (answer instanceof Optional<?> image && image.isPresent());
    }

    /** As much of an answer as makes it different from others, and fits into a line. */
    static String brief(Object answer) {
        if (answer instanceof Claim.Existing existing) {
            return "existing " + existing.image().filename();
        }
        if (answer instanceof Claim.Attached attached) {
            return "attached " + attached.image().filename();
        }
        if (answer instanceof Claim.Reserved reserved) {
            return "reserved blob " + reserved.reservation().blobId();
        }
        if (answer instanceof Claim.Busy) {
            return "busy";
        }
        if (answer instanceof Optional<?> image) {
            return image.isPresent() ? "an image" : "nothing";
        }
        if (answer instanceof Removal removal) {
            return "removed " + removal.removed() + ", condemned " + removal.condemned();
        }
        if (answer instanceof Map<?, ?> failures) {
            return failures.isEmpty()
                    ? "deleted"
                    : "refused "
                            + failures.keySet().stream()
                                    .map(Object::toString)
                                    .sorted()
                                    .collect(Collectors.joining(" "));
        }
        return String.valueOf(answer);
    }
}
