package io.github.imagehost.rest.testing;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** What the JVM prints, and so what it logs. */
public final class StandardOutput {

    private StandardOutput() {}

    /** What something prints. */
    @FunctionalInterface
    public interface Work {
        void run() throws Exception;
    }

    /** Everything that the JVM prints during this work, also by other threads. */
    public static String during(Work work) throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        PrintStream usual = System.out;
        System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
        try {
            work.run();
        } finally {
            System.setOut(usual);
        }
        return printed.toString(StandardCharsets.UTF_8);
    }
}
