package io.github.imagehost.cli.option;

import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** How much a command does at once. */
public final class JobsOption {

    private static final int MAX = 64;
    /** More than so many hardly wait for anything but one another. */
    private static final int MOST_BY_ITSELF = 16;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many pictures are dealt with at once, 1 to " + MAX
                    + "; otherwise as many as there are processors, but at most " + MOST_BY_ITSELF + ".")
    private Optional<Integer> jobs = Optional.empty();

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    /**
     * The number.
     *
     * @throws ParameterException if it is not legal
     */
    public int number() {
        int number = jobs.orElseGet(() -> Math.min(Runtime.getRuntime().availableProcessors(), MOST_BY_ITSELF));
        if (number < 1 || number > MAX) {
            throw new ParameterException(spec.commandLine(), "--jobs is " + number + ", but legal is 1 to " + MAX);
        }
        return number;
    }
}
