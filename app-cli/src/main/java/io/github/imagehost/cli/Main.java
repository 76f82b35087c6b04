package io.github.imagehost.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
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
        System.exit(run(System.getenv(), System.in, System.out, System.err, arguments));
    }

    /**
     * Runs one command. Text is UTF-8, whatever the platform prefers.
     *
     * @param environment the environment variables
     * @param in standard input; stays open
     * @param out standard output; stays open
     * @param err standard error; stays open
     * @param arguments the command and what belongs to it
     * @return the exit code
     */
    static int run(
            Map<String, String> environment, InputStream in, OutputStream out, OutputStream err, String... arguments) {
        Terminal terminal = new Terminal(in, out, err);
        int exitCode = CommandLines.create(environment, terminal).execute(arguments);
        if (!terminal.wroteEverything()) {
            terminal.error("Standard output can't be written to");
            return exitCode == ExitCode.OK.value() ? ExitCode.NOT_DONE.value() : exitCode;
        }
        return exitCode;
    }
}
