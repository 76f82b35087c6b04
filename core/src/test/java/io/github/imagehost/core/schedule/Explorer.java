package io.github.imagehost.core.schedule;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Explores every schedule of a scenario: every order in which the calls of its parties may happen, and all that may
 * become of each. Schedules that have come to the same state, by whatever ways, share what follows, which is explored
 * once; nothing is left to chance, and nothing but schedules with more mishaps than the scenario allows is left out.
 * This is explicit-state model checking of the code itself, as in Musuvathi et al., "CMC: A Pragmatic Approach to Model
 * Checking Real Code", OSDI 2002.
 */
public final class Explorer {

    /**
     * What was explored.
     *
     * @param schedules how many there are
     * @param states how many different states they go through
     */
    public record Exploration(BigInteger schedules, int states) {}

    /** How many schedules there are from each state. */
    private final Map<String, BigInteger> schedulesFrom = new HashMap<>();
    /** The numbers of the parts that states are made of. */
    private final Map<String, Integer> parts = new HashMap<>();

    private final Deque<Integer> path = new ArrayDeque<>();

    private Explorer() {}

    /**
     * Explores all schedules.
     *
     * @throws AssertionError at the first schedule that breaks an invariant, with a trace
     */
    public static Exploration explore(Scenario scenario) {
        Explorer explorer = new Explorer();
        try {
            BigInteger schedules = explorer.schedulesFrom(Schedule.begin(scenario));
            return new Exploration(schedules, explorer.schedulesFrom.size());
        } catch (Invariants.BrokenInvariant e) {
            replay(scenario, List.copyOf(explorer.path));
            throw new IllegalStateException("The schedule " + explorer.path + " breaks nothing when it is replayed", e);
        }
    }

    /**
     * Runs one schedule again, to look at it more closely.
     *
     * @param path the numbers of its steps, as they end a trace
     * @return the trace
     * @throws AssertionError if it breaks an invariant, with the trace up to there
     */
    public static String replay(Scenario scenario, List<Integer> path) {
        List<String> trace = new ArrayList<>();
        try {
            Schedule schedule = Schedule.begin(scenario);
            for (int choice : path) {
                Schedule.Step step = schedule.steps().get(choice);
                String description = step.description().get();
                trace.add(description);
                String outcome = step.action().happenIn(schedule);
                trace.set(trace.size() - 1, description + (outcome.isEmpty() ? "" : " -> " + outcome));
            }
            if (schedule.steps().isEmpty()) {
                trace.add("(end) time passes, and sweeps run until nothing changes");
                schedule.end();
            }
        } catch (Invariants.BrokenInvariant e) {
            throw new AssertionError(
                    e.getMessage() + "\n  in '" + scenario.name() + "':\n    " + String.join("\n    ", trace)
                            + "\n  which Explorer.replay replays with " + path,
                    e);
        }
        return String.join("\n", trace);
    }

    private BigInteger schedulesFrom(Schedule schedule) {
        String state = stateOf(schedule);
        BigInteger known = schedulesFrom.get(state);
        if (known != null) {
            return known;
        }
        List<Schedule.Step> steps = schedule.steps();
        BigInteger schedules = BigInteger.ZERO;
        for (int choice = 0; choice < steps.size(); choice++) {
            path.addLast(choice);
            boolean isLast = choice == steps.size() - 1;
            Schedule next = isLast ? schedule : schedule.copy();
            steps.get(choice).action().happenIn(next);
            schedules = schedules.add(schedulesFrom(next));
            path.removeLast();
        }
        if (steps.isEmpty()) {
            schedule.end();
            schedules = BigInteger.ONE;
        }
        schedulesFrom.put(state, schedules);
        return schedules;
    }

    /**
     * The numbers of the parts that a state is made of: equal for equal states alone, which no hash is, and short, as
     * millions of states have few different parts. See Holzmann, "State Compression in SPIN", SPIN Workshop 1997.
     */
    private String stateOf(Schedule schedule) {
        StringBuilder state = new StringBuilder();
        for (String part : schedule.fingerprint()) {
            state.append(parts.computeIfAbsent(part, fresh -> parts.size())).append(' ');
        }
        return state.toString();
    }
}
