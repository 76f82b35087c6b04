package io.github.imagehost.cli;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Writes what fish needs to complete command lines, which picocli does not write. */
final class FishCompletion {

    private static final List<Class<?>> FILES = List.of(Path.class, File.class);
    /** The labels of those parameters that may be files, whatever they are kept as. */
    private static final Set<String> FILE_LABELS = Set.of("PATH", "PICTURE");

    private final String program;
    private final List<String> lines = new ArrayList<>();

    private FishCompletion(String program) {
        this.program = program;
    }

    static String script(CommandLine program) {
        FishCompletion completion = new FishCompletion(program.getCommandName());
        completion.addProgram(program);
        program.getSubcommands().forEach((name, command) -> completion.addCommand(name, command.getCommandSpec()));
        return String.join("\n", completion.lines);
    }

    private void addProgram(CommandLine commandLine) {
        String none = "__fish_use_subcommand";
        add(none, "-f");
        commandLine.getSubcommands().forEach((name, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            add(none, "-f -a " + quoted(name) + " -d " + quoted(description[0]));
        });
        commandLine.getCommandSpec().options().forEach(option -> addOption(none, option));
    }

    private void addCommand(String name, CommandSpec command) {
        String within = "__fish_seen_subcommand_from " + name;
        command.options().forEach(option -> addOption(within, option));
        if (command.positionalParameters().stream().noneMatch(FishCompletion::isFile)) {
            add(within, "-f");
        }
        command.positionalParameters().forEach(parameter -> addValues(within, parameter));
    }

    private void addOption(String condition, OptionSpec option) {
        StringBuilder names = new StringBuilder();
        for (String name : option.names()) {
            names.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        String values = "";
        if (option.arity().max() > 0) {
            values = isFile(option) ? " -r -F" : " -x";
        }
        String candidates = candidates(option);
        add(
                condition,
                names.substring(1) + values + (candidates.isEmpty() ? "" : " -a " + quoted(candidates)) + " -d "
                        + quoted(option.description()[0]));
    }

    private void addValues(String condition, PositionalParamSpec parameter) {
        String candidates = candidates(parameter);
        if (!candidates.isEmpty()) {
            add(condition, "-a " + quoted(candidates));
        }
    }

    private void add(String condition, String rest) {
        lines.add("complete -c " + program + " -n " + quoted(condition) + " " + rest);
    }

    private static boolean isFile(ArgSpec argument) {
        return FILE_LABELS.contains(argument.paramLabel())
                || FILES.contains(argument.type())
                || argument.typeInfo().getActualGenericTypeArguments().stream()
                        .anyMatch(type ->
                                FILES.stream().anyMatch(file -> file.getName().equals(type)));
    }

    private static String candidates(ArgSpec argument) {
        return argument.completionCandidates() == null ? "" : String.join(" ", argument.completionCandidates());
    }

    private static String quoted(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
