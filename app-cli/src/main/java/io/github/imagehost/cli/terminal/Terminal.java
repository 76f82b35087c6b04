package io.github.imagehost.cli.terminal;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: UTF-8, whatever the platform prefers. On a terminal there may be a line at the
 * bottom that tells what is going on, below all others. Safe for use by many threads at once.
 */
public final class Terminal {

    private static final String PROGRAM = "imagehost: ";
    private static final String ERASE_LINE = "\r\u001b[K";

    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;
    private String status = "";

    /** @param interactive whether standard error is a terminal */
    public Terminal(InputStream in, OutputStream out, OutputStream err, boolean interactive) {
        this.in = in;
        this.out = new PrintWriter(out, false, StandardCharsets.UTF_8);
        this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
        this.interactive = interactive;
    }

    /** Whether standard error is a terminal. */
    public boolean isInteractive() {
        return interactive;
    }

    /** Standard input. */
    public InputStream in() {
        return in;
    }

    /** Standard output. */
    public PrintWriter out() {
        return out;
    }

    /** Standard error. */
    public PrintWriter err() {
        return err;
    }

    /** Prints a line on standard output at once, so that whoever waits for it need not wait for the next one. */
    public synchronized void print(String line) {
        String below = takeStatusAway();
        out.println(line);
        out.flush();
        status(below);
    }

    /** Prints a message on standard error, as one line whatever is in it. */
    public void error(String message) {
        note(PROGRAM + message);
    }

    /** Prints on standard error what is no error, as one line whatever is in it. */
    public synchronized void note(String text) {
        String below = takeStatusAway();
        err.println(oneLine(text));
        status(below);
    }

    /** Prints where an exception comes from on standard error. */
    public synchronized void trace(Exception exception) {
        String below = takeStatusAway();
        exception.printStackTrace(err);
        status(below);
    }

    /**
     * Shows a line at the bottom of the terminal, instead of the last such line.
     *
     * @param line no longer than the terminal is wide; takes the last one away if it is empty
     */
    synchronized void status(String line) {
        if (!status.isEmpty() || !line.isEmpty()) {
            err.print(ERASE_LINE + line);
            err.flush();
        }
        status = line;
    }

    private String takeStatusAway() {
        String taken = status;
        status("");
        return taken;
    }

    /** Whether everything that was printed on standard output has gone there. */
    public boolean wroteEverything() {
        return !out.checkError();
    }

    /** The text without what would begin a new line or steer a terminal: file names come from anywhere. */
    public static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cc}", "?");
    }
}
