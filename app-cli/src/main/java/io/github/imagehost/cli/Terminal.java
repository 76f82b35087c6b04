package io.github.imagehost.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/**
 * Where a command reads and writes: UTF-8, whatever the platform prefers. On a terminal there may be a line at the bottom that tells
 * what is going on, below all others. Safe for use by many threads at once.
 */
final class Terminal {

    private static final String PROGRAM = "imagehost: ";
    private static final String ERASE_LINE = "\r\u001b[K";

    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean interactive;
    private String status = "";

    /**
     * @param interactive whether standard error is a terminal
     */
    Terminal(InputStream in, OutputStream out, OutputStream err, boolean interactive) {
        this.in = in;
        this.out = new PrintWriter(out, false, StandardCharsets.UTF_8);
        this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
        this.interactive = interactive;
    }

    /** Whether standard error is a terminal. */
    boolean isInteractive() {
        return interactive;
    }

    InputStream in() {
        return in;
    }

    PrintWriter out() {
        return out;
    }

    PrintWriter err() {
        return err;
    }

    /** Prints a line on standard output at once, so that whoever waits for it need not wait for the next one. */
    synchronized void print(String line) {
        aboveStatus(() -> {
            out.println(line);
            out.flush();
        });
    }

    /** Prints a message on standard error, as one line whatever is in it. */
    void error(String message) {
        note(PROGRAM + message);
    }

    /** Prints on standard error what is no error, as one line whatever is in it. */
    synchronized void note(String text) {
        aboveStatus(() -> err.println(oneLine(text)));
    }

    /** Prints where an exception comes from on standard error. */
    synchronized void trace(Exception exception) {
        aboveStatus(() -> exception.printStackTrace(err));
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

    private void aboveStatus(Runnable printing) {
        String below = status;
        status("");
        printing.run();
        status(below);
    }

    /** Whether everything that was printed on standard output has gone there. */
    boolean wroteEverything() {
        return !out.checkError();
    }

    /** Without what would begin a new line or steer a terminal: file names come from anywhere. */
    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ").replaceAll("\\p{Cntrl}", "?");
    }
}
