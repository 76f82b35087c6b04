package io.github.imagehost.cli;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/** Where a command reads and writes: UTF-8, whatever the platform prefers. For one thread. */
final class Terminal {

    private static final String PROGRAM = "imagehost: ";

    private final InputStream in;
    private final PrintWriter out;
    private final PrintWriter err;

    Terminal(InputStream in, OutputStream out, OutputStream err) {
        this.in = in;
        this.out = new PrintWriter(out, false, StandardCharsets.UTF_8);
        this.err = new PrintWriter(err, true, StandardCharsets.UTF_8);
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
    void print(String line) {
        out.println(line);
        out.flush();
    }

    /** Prints a message on standard error, as one line whatever is in it. */
    void error(String message) {
        err.println(PROGRAM + oneLine(message));
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
