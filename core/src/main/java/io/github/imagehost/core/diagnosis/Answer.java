package io.github.imagehost.core.diagnosis;

import java.util.Optional;

/**
 * What one check found out. None of its texts holds a secret. Immutable.
 *
 * @param outcome what came of it
 * @param seen what was seen, in one sentence
 * @param advice what to set or do; there is one for everything but what is as it should be or was not checked
 * @param cause the failure that it was seen by, for whoever wants to see more
 */
public record Answer(Outcome outcome, String seen, Optional<String> advice, Optional<Exception> cause) {

    /** Something that is as it should be. */
    public static Answer ok(String seen) {
        return new Answer(Outcome.OK, seen, Optional.empty(), Optional.empty());
    }

    /** Something that could not be found out. */
    public static Answer notChecked(String reason) {
        return new Answer(Outcome.NOT_CHECKED, reason, Optional.empty(), Optional.empty());
    }

    /** The same with the failure that it was seen by. */
    public Answer because(Exception failure) {
        return new Answer(outcome, seen, advice, Optional.of(failure));
    }

    /** The same as what that check found. */
    public Finding to(Area area, String check) {
        return new Finding(area, check, outcome, seen, advice, cause);
    }
}
