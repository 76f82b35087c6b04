package io.github.imagehost.cli;

import io.github.imagehost.cli.command.CommandLines;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.ProgramVersion;
import io.github.imagehost.cli.terminal.StandardError;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.bulk.BulkRun;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The entry point of the command line. */
public final class Main {

    private static final Set<String> VERSION_OPTIONS = Set.of("-V", "--version");

    private Main() {}

    /** Runs one command and ends the JVM with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        // what libraries log has the same encoding as our own messages
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Terminal terminal = new Terminal(System.in, System.out, System.err, StandardError.isTerminal());
        int exitCode = run(System.getenv(), terminal, arguments);
        // to exit has the JVM look for a logger since JDK 21, which takes as long as all the rest
        if (exitCode != ExitCode.OK.value() || !isVersionWanted(arguments)) {
            System.exit(exitCode);
        }
    }

    /**
     * Runs one command.
     *
     * @param environment the environment variables
     * @param terminal where it reads and writes; stays open
     * @param arguments the command and what belongs to it
     * @return the exit code
     */
    public static int run(Map<String, String> environment, Terminal terminal, String... arguments) {
        return run(environment, terminal, BulkRun.PAUSES, arguments);
    }

    /**
     * Does the same with other patience.
     *
     * @param pauses before each further try when store or database are away
     */
    static int run(Map<String, String> environment, Terminal terminal, List<Duration> pauses, String... arguments) {
        int exitCode = execute(environment, terminal, pauses, arguments);
        if (!terminal.wroteEverything()) {
            terminal.error("Standard output can't be written to");
            return exitCode == ExitCode.OK.value() ? ExitCode.NOT_DONE.value() : exitCode;
        }
        return exitCode;
    }

    private static int execute(
            Map<String, String> environment, Terminal terminal, List<Duration> pauses, String... arguments) {
        if (isVersionWanted(arguments)) {
            // scripts ask for it often, and would wait for nothing but the parser of command lines
            terminal.print(ProgramVersion.text());
            return ExitCode.OK.value();
        }
        return CommandLines.createFor(environment, terminal, pauses, arguments).execute(arguments);
    }

    private static boolean isVersionWanted(String... arguments) {
        return arguments.length == 1 && VERSION_OPTIONS.contains(arguments[0]);
    }
}
