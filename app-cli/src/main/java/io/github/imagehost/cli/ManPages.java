package io.github.imagehost.cli;

import io.github.imagehost.cli.command.CommandLines;
import io.github.imagehost.cli.terminal.ProgramVersion;
import io.github.imagehost.cli.terminal.Terminal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;

/** Writes a man page for the program and for each of its commands, of what their help says. Run by the build. */
final class ManPages {

    private static final String SECTION = "1";

    private final List<String> lines = new ArrayList<>();

    private ManPages() {}

    /**
     * Writes them all.
     *
     * @param arguments the folder
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Terminal nowhere = new Terminal(
                InputStream.nullInputStream(), OutputStream.nullOutputStream(), OutputStream.nullOutputStream(), false);
        for (Map.Entry<String, String> page :
                pages(CommandLines.create(Map.of(), nowhere)).entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
    }

    /** The pages by the names of their files. */
    static Map<String, String> pages(CommandLine program) {
        return withSubcommands(program)
                .collect(Collectors.toMap(
                        command -> name(command) + "." + SECTION, command -> new ManPages().page(command)));
    }

    private static Stream<CommandLine> withSubcommands(CommandLine command) {
        return Stream.concat(
                Stream.of(command), command.getSubcommands().values().stream().flatMap(ManPages::withSubcommands));
    }

    private String page(CommandLine command) {
        CommandSpec spec = command.getCommandSpec();
        UsageMessageSpec usage = spec.usageMessage();
        String[] description = usage.description();
        lines.add(".TH \"" + name(command).toUpperCase(Locale.ROOT) + "\" \"" + SECTION + "\" \"\" \""
                + escaped(ProgramVersion.text()) + "\"");
        section("NAME");
        text(name(command) + " - " + withoutFullStop(description[0]));
        section("SYNOPSIS");
        text(command.getHelp().synopsis(0).strip());
        section("DESCRIPTION");
        paragraphs(description);
        arguments("PARAMETERS", spec.positionalParameters());
        arguments("OPTIONS", spec.options());
        if (!command.getSubcommands().isEmpty()) {
            section("COMMANDS");
            command.getSubcommands()
                    .forEach((name, subcommand) -> item(
                            bold(name),
                            subcommand.getCommandSpec().usageMessage().description()));
        }
        section("EXIT STATUS");
        usage.exitCodeList().forEach((code, meaning) -> item(bold(code), meaning));
        section("EXAMPLES");
        lines.add(".nf");
        Arrays.stream(usage.footer()).filter(line -> line.startsWith(" ")).forEach(this::text);
        lines.add(".fi");
        section("SEE ALSO");
        text(Stream.concat(
                        Optional.ofNullable(command.getParent()).stream(), command.getSubcommands().values().stream())
                .map(ManPages::reference)
                .collect(Collectors.joining(", ")));
        return String.join("\n", lines) + "\n";
    }

    private void section(String heading) {
        lines.add(".SH " + heading);
    }

    private void text(String text) {
        // a line that begins with a dot or a quotation mark would be an order
        String escaped = escaped(text);
        lines.add(escaped.startsWith(".") || escaped.startsWith("'") ? "\\&" + escaped : escaped);
    }

    private void paragraphs(String... texts) {
        for (String text : texts) {
            if (text.isEmpty()) {
                lines.add(".PP");
            } else {
                text(text);
            }
        }
    }

    private void arguments(String heading, List<? extends ArgSpec> arguments) {
        if (!arguments.isEmpty()) {
            section(heading);
            arguments.forEach(argument -> item(
                    argument instanceof OptionSpec option ? synopsis(option) : bold(argument.paramLabel()),
                    argument.description()));
        }
    }

    private void item(String term, String... description) {
        lines.add(".TP");
        lines.add(term);
        paragraphs(description);
    }

    private static String synopsis(OptionSpec option) {
        String names = Arrays.stream(option.names()).map(ManPages::bold).collect(Collectors.joining(", "));
        return option.arity().max() == 0 ? names : names + "=\\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName("-");
    }

    private static String reference(CommandLine command) {
        return name(command) + "(" + SECTION + ")";
    }

    private static String bold(String text) {
        return "\\fB" + escaped(text) + "\\fR";
    }

    private static String withoutFullStop(String sentence) {
        return sentence.endsWith(".") ? sentence.substring(0, sentence.length() - 1) : sentence;
    }

    private static String escaped(String text) {
        return text.replace("\\", "\\e").replace("-", "\\-");
    }
}
