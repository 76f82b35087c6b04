package io.github.imagehost.core.schedule;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a party has come to by what it experienced: the call that it wants to make next, or its end. Its script runs
 * without a thread of its own: it is run from its beginning with all the answers that the party got so far, until it
 * makes a call that has no answer yet. That is done once for each course, in however many schedules the party takes it.
 */
final class Course implements Caller {

    /**
     * A call failed.
     *
     * @param why different for each way to fail that its caller can tell apart
     */
    record Failure(String why) {}

    /**
     * What a party knows of a call that it made. On one course, those with the same outcome at the same time are equal:
     * a party goes on alike after them.
     *
     * @param call its description
     * @param outcome the answer, or a {@link Failure}
     * @param isSuccess whether what was asked for is done for good
     * @param time when it was, in nanoseconds
     * @param answer gives the answer, or fails as the call did
     */
    record Experience(String call, Object outcome, boolean isSuccess, long time, Supplier<Object> answer) {

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Experience experience
                    && time == experience.time
                    && outcome.equals(experience.outcome);
        }

        /**
         * Of the time alone: few experiences follow a course, and to hash an answer takes longer than to compare it.
         */
        @Override
        public int hashCode() {
            return Long.hashCode(time);
        }
    }

    /** Leaves a script whose next call has no answer yet; no error of anybody's. */
    @SuppressWarnings("serial") // never leaves this class
    private static final class Suspended extends Error {

        Suspended() {
            super("", null, false, false);
        }
    }

    private final String name;
    private final Script script;
    /** First that it began, then what became of each of its calls; nothing as long as it waits for its beginning. */
    private final List<Experience> history;
    /** How many answers and failures were told to the outside before the last experience. */
    private final int toldBefore;
    /** What is told to the outside after that. */
    private final List<Consumer<Invariants>> tellings = new ArrayList<>();

    private final Map<Experience, Course> continuations = new HashMap<>();
    private final Map<Long, String> fingerprints = new HashMap<>();
    private @Nullable Call next;
    private int told;
    /** How often it has started something over, and what that does not depend on. */
    private int startsOver;

    private int callsBeforeLastStart;
    /** How many calls have got their answers in the run. */
    private int calls;

    private int callsWhenLastTold;

    private Course(String name, Script script, List<Experience> history, int toldBefore) {
        this.name = name;
        this.script = script;
        this.history = history;
        this.toldBefore = toldBefore;
    }

    /** That of a party that waits for its beginning. */
    static Course waiting(String name, Script script) {
        return new Course(name, script, List.of(), 0);
    }

    /** Goes on after one more experience until the party wants to make its next call, or has come to its end. */
    Course after(Experience experience) {
        return continuations.computeIfAbsent(experience, last -> {
            List<Experience> longer = new ArrayList<>(history);
            longer.add(last);
            Course course = new Course(name, script, longer, told);
            course.run();
            return course;
        });
    }

    private void run() {
        try {
            script.run(new Ports(this));
        } catch (Suspended e) {
            if (next == null) {
                throw new IllegalStateException(name + " was suspended without a call", e);
            }
        }
    }

    @Override
    public String name() {
        return name;
    }

    /** Whether the party's time has come. */
    boolean hasBegun() {
        return !history.isEmpty();
    }

    /** The call that the party wants to make; null if it has not begun, or has come to its end. */
    @Nullable
    Call next() {
        return next;
    }

    /** Tells the outside what the party does after its last experience, before it makes its next call. */
    void tell(Invariants invariants) {
        tellings.forEach(telling -> telling.accept(invariants));
    }

    /** What decides how it goes on, at that many nanoseconds after the schedule began. */
    String fingerprint(long now) {
        return fingerprints.computeIfAbsent(now, this::newFingerprint);
    }

    private String newFingerprint(long now) {
        StringBuilder fingerprint = new StringBuilder(name);
        fingerprint.append(told).append(',').append(startsOver).append(isDone(callsBeforeLastStart));
        appendTime(fingerprint, history.get(callsBeforeLastStart).time(), now);
        for (Experience experience : history.subList(callsBeforeLastStart + 1, history.size())) {
            fingerprint.append(experience.call()).append('=').append(Party.brief(experience.outcome()));
            appendTime(fingerprint, experience.time(), now);
        }
        return fingerprint.toString();
    }

    /** Nothing depends on more than how long ago something was, and on that for no longer than a quarantine lasts. */
    private static void appendTime(StringBuilder fingerprint, long time, long now) {
        long longAgo = Scenario.LEASE.quarantine().toNanos();
        fingerprint.append('@').append(Math.min(longAgo, now - time)).append(';');
    }

    /** Whether something was done between what was told last and the answer to that many calls. */
    private boolean isDone(int answered) {
        return callsWhenLastTold < answered
                && history.subList(callsWhenLastTold + 1, answered + 1).stream().anyMatch(Experience::isSuccess);
    }

    @Override
    public long time() {
        return history.get(calls).time();
    }

    @Override
    public Object call(Call call) {
        if (next != null || calls + 1 == history.size()) {
            next = next == null ? call : next;
            throw new Suspended();
        }
        calls++;
        return history.get(calls).answer().get();
    }

    @Override
    public void startOver() {
        startsOver++;
        callsBeforeLastStart = calls;
    }

    @Override
    public void answer(Answer answer, Set<String> ownFilenames) {
        Set<String> filenames = Set.copyOf(ownFilenames);
        tell(invariants -> invariants.afterAnswer(name, answer, filenames));
    }

    @Override
    public void fail(RuntimeException failure, Set<String> ownFilenames) {
        boolean isDone = isDone(calls);
        Set<String> filenames = Set.copyOf(ownFilenames);
        tell(invariants -> invariants.afterFailure(name, failure, isDone, filenames));
    }

    private void tell(Consumer<Invariants> telling) {
        callsWhenLastTold = calls;
        told++;
        if (told > toldBefore) {
            tellings.add(telling);
        }
    }
}
