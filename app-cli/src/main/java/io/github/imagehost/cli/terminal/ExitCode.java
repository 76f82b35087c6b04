package io.github.imagehost.cli.terminal;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What the exit codes mean, in the order of their weight: a command that meets several ends with the last of them. */
public enum ExitCode {
    OK(0, "Everything was done."),
    NOT_DONE(
            1,
            "Something was not done or is wrong: a file was refused, a quota is full, an image, owner, token or invitation does not exist, a name is taken, or fsck found damage."),
    USAGE(2, "The command line is wrong; nothing was done."),
    SETTINGS(3, "A setting is wrong or missing; nothing was done."),
    UNAVAILABLE(
            4,
            "The store, the database or the service does not answer or has no time, or the store is full. Trying again later makes sense."),
    INTERNAL(70, "Something else went wrong; --verbose shows where."),
    INTERRUPTED(130, "It was stopped by Ctrl-C; what was done stays done."),
    TERMINATED(143, "It was stopped by SIGTERM; what was done stays done.");

    private final int value;
    private final String meaning;

    ExitCode(int value, String meaning) {
        this.value = value;
        this.meaning = meaning;
    }

    /** The number that the process ends with. */
    public int value() {
        return value;
    }

    /** The code that tells more of two. */
    public ExitCode or(ExitCode other) {
        return compareTo(other) >= 0 ? this : other;
    }

    /** All codes with their meanings, for help texts. */
    public static Map<String, String> meanings() {
        return Arrays.stream(values())
                .collect(Collectors.toMap(
                        code -> String.valueOf(code.value),
                        code -> code.meaning,
                        (one, other) -> one,
                        LinkedHashMap::new));
    }
}
