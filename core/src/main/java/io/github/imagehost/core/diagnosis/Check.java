package io.github.imagehost.core.diagnosis;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Function;

/**
 * An entry in the table of a checkup: one thing to find out. Immutable.
 *
 * @param name in lower case, and of no other check of the same area
 * @param question is asked with the answers of the checks that were made before, by their names; never throws
 */
public record Check(String name, Function<Map<String, Answer>, Answer> question) {

    /** A check whose answer is known already. */
    public Check(String name, Answer answer) {
        this(name, earlier -> answer);
    }

    /**
     * A check that tries something out.
     *
     * @param trial what is tried; gives the answer if it gets that far
     * @param meaning what it means if the trial throws this; the exception becomes the cause of that answer
     */
    public static Check of(String name, Callable<Answer> trial, Function<Exception, Answer> meaning) {
        return new Check(name, earlier -> {
            try {
                return trial.call();
            } catch (Exception e) {
                return meaning.apply(e).because(e);
            }
        });
    }

    /** The same, but not made if an earlier check has failed, or was not made either. */
    public Check after(String earlier, String reasonIfNot) {
        return new Check(name, answers -> {
            Outcome outcome = Objects.requireNonNull(answers.get(earlier)).outcome();
            return outcome.isFailure() || outcome == Outcome.NOT_CHECKED
                    ? Answer.notChecked(reasonIfNot)
                    : question.apply(answers);
        });
    }
}
