package io.github.imagehost.cli;

import io.github.imagehost.cli.command.CommandLines;
import io.github.imagehost.cli.terminal.Terminal;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine;

/** The commands that there are, those of commands included. */
public final class AllCommands {

    private AllCommands() {}

    /** The program, which writes nowhere. */
    public static CommandLine program() {
        return CommandLines.create(
                Map.of(),
                new Terminal(
                        InputStream.nullInputStream(),
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        false));
    }

    /** All below this one, by what is typed after its name. */
    public static Map<String, CommandLine> of(CommandLine program) {
        Map<String, CommandLine> all = new TreeMap<>();
        program.getSubcommands().forEach((name, command) -> {
            all.put(name, command);
            of(command).forEach((below, subcommand) -> all.put(name + " " + below, subcommand));
        });
        return all;
    }
}
