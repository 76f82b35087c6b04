package io.github.imagehost.core.schedule;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.BlobEntry;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Removal;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One party of a schedule. Its script runs without a thread of its own: to find out what it does next it is run from
 * its beginning with all the answers that it got so far, until it makes a call that has no answer yet.
 */
final class Party implements Caller {

    /**
     * What the party knows of a call that it made.
     *
     * @param brief the call and its answer, for the fingerprint
     */
    private record Experience(Supplier<Object> answer, boolean isSuccess, long time, String brief) {}

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
    private boolean alive = true;
    private boolean begun;
    private long beginning;
    private @Nullable Call next;
    /** How many answers and failures were told to the outside. */
    private int told;
    /** How often it has started something over, and what that does not depend on. */
    private int startsOver;

    private int callsBeforeLastStart;

    private int callsOfThisRun;
    private int toldInThisRun;
    private int callsWhenLastTold;
    /** Whom it is told in this run. */
    private @Nullable Invariants listener;

    Party(String name, Script script) {
        this.name = name;
        this.script = script;
        this.history = new ArrayList<>();
    }

    private Party(Party original) {
        this.name = original.name;
        this.script = original.script;
        this.history = new ArrayList<>(original.history);
        this.alive = original.alive;
        this.begun = original.begun;
        this.beginning = original.beginning;
        this.next = original.next;
        this.told = original.told;
        this.startsOver = original.startsOver;
        this.callsBeforeLastStart = original.callsBeforeLastStart;
        this.callsWhenLastTold = original.callsWhenLastTold;
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

    /** Whether it is about to make a call. */
    boolean isCalling() {
        return alive && begun;
    }

    /** Whether its time has not come yet. */
    boolean isWaiting() {
        return !begun;
    }

    /** Begins, at that many nanoseconds after the schedule, and goes on until it wants to make its first call. */
    void begin(long time, Invariants invariants) {
        begun = true;
        beginning = time;
        goOn(invariants);
    }

    /** The call that it wants to make. */
    Call next() {
        if (next == null) {
            throw new IllegalStateException(name + " has not begun, or has come to its end");
        }
        return next;
    }

    /** Goes on until it wants to make its next call, or has come to its end. */
    void goOn(Invariants invariants) {
        listener = invariants;
        callsOfThisRun = 0;
        toldInThisRun = 0;
        callsWhenLastTold = 0;
        startsOver = 0;
        callsBeforeLastStart = 0;
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
        boolean isDone = next().kind().changesSomething() && isFinal(answer);
        remember(() -> answer, isDone, brief(answer), time);
    }

    /** Learns that its call failed. */
    void learnFailure(Supplier<RuntimeException> failure, String why, long time) {
        Supplier<Object> experience = () -> {
            throw failure.get();
        };
        remember(experience, false, why, time);
    }

    private void remember(Supplier<Object> answer, boolean isSuccess, String brief, long time) {
        history.add(new Experience(answer, isSuccess, time, next().description() + '=' + brief));
    }

    /** What decides how it goes on, as far as it is alive. */
    void appendTo(StringBuilder fingerprint, long now) {
        fingerprint.append('|').append(name);
        if (!isCalling()) {
            fingerprint.append(begun ? " has ended" : " waits");
            return;
        }
        fingerprint.append(told).append(',').append(startsOver).append(isDone(callsBeforeLastStart));
        appendTime(fingerprint, timeAfter(callsBeforeLastStart), now);
        for (Experience experience : history.subList(callsBeforeLastStart, history.size())) {
            fingerprint.append(experience.brief());
            appendTime(fingerprint, experience.time(), now);
        }
    }

    /** Nothing depends on more than how long ago something was, and on that for no longer than a quarantine lasts. */
    private static void appendTime(StringBuilder fingerprint, long time, long now) {
        long longAgo = Scenario.LEASE.quarantine().toNanos();
        fingerprint.append('@').append(Math.min(longAgo, now - time)).append(';');
    }

    private boolean isDone(int calls) {
        return callsWhenLastTold < calls
                && history.subList(callsWhenLastTold, calls).stream().anyMatch(Experience::isSuccess);
    }

    private long timeAfter(int calls) {
        return calls == 0 ? beginning : history.get(calls - 1).time();
    }

    @Override
    public long time() {
        return timeAfter(callsOfThisRun);
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
    public void startOver() {
        startsOver++;
        callsBeforeLastStart = callsOfThisRun;
    }

    @Override
    public void answer(Answer answer, Set<String> ownFilenames) {
        if (tellsForTheFirstTime() && listener != null) {
            listener.afterAnswer(name, answer, ownFilenames);
        }
    }

    @Override
    public void fail(RuntimeException failure, Set<String> ownFilenames) {
        boolean isDone = isDone(callsOfThisRun);
        if (tellsForTheFirstTime() && listener != null) {
            listener.afterFailure(name, failure, isDone, ownFilenames);
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
                || (answer instanceof Optional<?> made && made.isPresent());
    }

    private static String nameOf(Object item) {
        return item instanceof Image image
                ? image.filename()
                : ((Variant) item).objectKey().value();
    }

    /** As much of an answer as makes it different from others, and fits into a line. */
    static String brief(Object answer) {
        if (answer instanceof Claim.Existing<?, ?> existing) {
            return "existing " + nameOf(existing.item());
        }
        if (answer instanceof Claim.Attached<?, ?> attached) {
            return "attached " + nameOf(attached.item());
        }
        if (answer instanceof Claim.Reserved<?, ?> reserved) {
            return "reserved blob " + reserved.reservation().blobId();
        }
        if (answer instanceof Claim.Busy) {
            return "busy";
        }
        if (answer instanceof Claim.KeyUsed) {
            return "its key is used";
        }
        if (answer instanceof Claim.SourceGone) {
            return "its source is gone";
        }
        if (answer instanceof BlobEntry blob) {
            return blob.objectKey() + " " + blob.state() + " until " + blob.quarantineEnd();
        }
        if (answer instanceof StoredObject object) {
            return object.key().value();
        }
        if (answer instanceof List<?> things) {
            return things.stream().map(Party::brief).toList().toString();
        }
        if (answer instanceof Image) {
            return "an image";
        }
        if (answer instanceof Reservation) {
            return "a variant";
        }
        if (answer instanceof Optional<?> made) {
            return made.map(Party::brief).orElse("nothing");
        }
        if (answer instanceof byte[]) {
            return "its bytes";
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
