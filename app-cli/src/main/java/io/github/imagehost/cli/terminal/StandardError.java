package io.github.imagehost.cli.terminal;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Standard error of this process. */
public final class StandardError {

    /** The launcher says by this whether it is a terminal. */
    private static final String TOLD = "imagehost.stderr.terminal";

    private static final Path LINK = Path.of("/proc/self/fd/2");

    private StandardError() {}

    /** Whether a person looks at it; false if nobody knows. */
    public static boolean isTerminal() {
        String told = System.getProperty(TOLD);
        return told == null ? linksToTerminal() : Boolean.parseBoolean(told);
    }

    /** Java knows only whether standard input and output are a terminal, but Linux shows more. */
    private static boolean linksToTerminal() {
        try {
            String target = Files.readSymbolicLink(LINK).toString();
            return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
        } catch (IOException e) {
            return false;
        }
    }
}
