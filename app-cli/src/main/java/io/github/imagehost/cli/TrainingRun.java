package io.github.imagehost.cli;

import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.StandardError;
import io.github.imagehost.cli.terminal.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * Gives the short commands once, in the working directory, so that the JVM can write down which classes they need. Run
 * by {@code imagehost-prepare}.
 */
final class TrainingRun {

    private static final byte[] PICTURE = Base64.getDecoder()
            .decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    private static final List<String[]> COMMANDS = List.of(
            new String[] {"--version"},
            new String[] {"--help"},
            new String[] {"upload", "picture.png"},
            new String[] {"list"},
            new String[] {"list", "--json"},
            new String[] {"show", "1"},
            new String[] {"delete", "1"},
            new String[] {"sweep"},
            new String[] {"completion", "bash"});

    private TrainingRun() {}

    /** Ends with an error if one of the commands does. */
    public static void main(String[] arguments) throws IOException {
        Files.write(Path.of("picture.png"), PICTURE);
        ByteArrayOutputStream errors = new ByteArrayOutputStream();
        Terminal terminal = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), errors, StandardError.isTerminal());
        for (String[] command : COMMANDS) {
            int exitCode = Main.run(Map.of(), terminal, command);
            if (exitCode != ExitCode.OK.value()) {
                throw new IllegalStateException("The command " + command[0] + " ended with " + exitCode + ": "
                        + errors.toString(StandardCharsets.UTF_8));
            }
        }
    }
}
