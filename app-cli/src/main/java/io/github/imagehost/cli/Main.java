package io.github.imagehost.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The entry point of the command line. */
public final class Main {

    private Main() {}

    /** Runs one command and ends the JVM with its {@link ExitCode}. */
    public static void main(String[] arguments) {
        // what libraries log has the same encoding as our own messages
        System.setErr(new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8));
        Terminal terminal = new Terminal(System.in, System.out, System.err, StandardError.isTerminal());
        System.exit(run(System.getenv(), terminal, arguments));
    }

    /**
     * Runs one command.
     *
     * @param environment the environment variables
     * @param terminal where it reads and writes; stays open
     * @param arguments the command and what belongs to it
     * @return the exit code
     */
    static int run(Map<String, String> environment, Terminal terminal, String... arguments) {
        int exitCode = CommandLines.create(environment, terminal).execute(arguments);
        if (!terminal.wroteEverything()) {
            terminal.error("Standard output can't be written to");
            return exitCode == ExitCode.OK.value() ? ExitCode.NOT_DONE.value() : exitCode;
        }
        return exitCode;
    }
}
