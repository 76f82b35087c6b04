package io.github.imagehost.cli;

import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.bulk.BulkRun;
import io.github.imagehost.mysql.testing.MigratedDatabase;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Gives commands in this JVM, with an environment of its own. */
public final class CommandRunner {

    private final Map<String, String> environment = new HashMap<>();
    private InputStream in = InputStream.nullInputStream();
    private List<Duration> pauses = BulkRun.PAUSES;

    private CommandRunner(Map<String, String> settings) {
        environment.putAll(settings);
    }

    /** Nothing is configured but where the data lies. */
    public static CommandRunner in(Path dataDirectory) {
        return new CommandRunner(Map.of("DATA_DIR", dataDirectory.toString()));
    }

    /** As {@link #in}, but in this directory somebody has started the program before. */
    public static CommandRunner withDatabaseIn(Path dataDirectory) {
        MigratedDatabase.putInto(dataDirectory);
        return in(dataDirectory);
    }

    private CommandRunner copy() {
        CommandRunner copy = new CommandRunner(environment);
        copy.in = in;
        copy.pauses = pauses;
        return copy;
    }

    public CommandRunner with(String setting, String value) {
        CommandRunner other = copy();
        other.environment.put(setting, value);
        return other;
    }

    public CommandRunner with(Map<String, String> settings) {
        CommandRunner other = copy();
        other.environment.putAll(settings);
        return other;
    }

    public CommandRunner reading(byte[] standardInput) {
        return reading(new ByteArrayInputStream(standardInput));
    }

    public CommandRunner reading(InputStream standardInput) {
        CommandRunner other = copy();
        other.in = standardInput;
        return other;
    }

    /** Tries once more, and at once, when store or database are away. */
    public CommandRunner impatient() {
        CommandRunner other = copy();
        other.pauses = List.of(Duration.ofNanos(1));
        return other;
    }

    public Result run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int exitCode = Main.run(environment, new Terminal(in, out, err, false), pauses, arguments);
        return new Result(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** What became of a command. */
    public record Result(int exitCode, String out, String err) {

        public List<String> lines() {
            return out.lines().toList();
        }

        /** What went wrong, without what tells how far an operation is that takes more than a second. */
        public List<String> errors() {
            return err.lines().filter(line -> line.startsWith("imagehost: ")).toList();
        }

        public String onlyLine() {
            List<String> lines = lines();
            if (lines.size() != 1) {
                throw new AssertionError("One line was expected of " + this);
            }
            return lines.get(0);
        }

        public JsonNode json() {
            return JsonMapper.shared().readTree(onlyLine());
        }
    }
}
