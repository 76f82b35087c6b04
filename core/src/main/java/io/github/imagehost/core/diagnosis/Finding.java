package io.github.imagehost.core.diagnosis;

import java.util.Optional;

/**
 * What one check found out. None of its texts holds a secret. Immutable.
 *
 * @param area what it is about
 * @param check which check it was, in lower case; together with the area it is the same in every run
 * @param outcome what came of it
 * @param seen what was seen, in one sentence
 * @param advice what to set or do; there is one for everything but what is as it should be or was not checked
 * @param cause the failure that it was seen by, for whoever wants to see more
 */
public record Finding(
        Area area, String check, Outcome outcome, String seen, Optional<String> advice, Optional<Exception> cause) {

    /** Something that is as it should be. */
    public static Finding ok(Area area, String check, String seen) {
        return new Finding(area, check, Outcome.OK, seen, Optional.empty(), Optional.empty());
    }

    /** Something that could not be found out. */
    public static Finding notChecked(Area area, String check, String reason) {
        return new Finding(area, check, Outcome.NOT_CHECKED, reason, Optional.empty(), Optional.empty());
    }

    /** Something that should be better, or has to be. */
    public static Finding of(Outcome outcome, Area area, String check, String seen, String advice) {
        return new Finding(area, check, outcome, seen, Optional.of(advice), Optional.empty());
    }

    /** The same with the failure that it was seen by. */
    public Finding because(Exception failure) {
        return new Finding(area, check, outcome, seen, advice, Optional.of(failure));
    }
}
