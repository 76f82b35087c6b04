package io.github.imagehost.cli.command;

import io.github.imagehost.cli.command.access.AccessCommands;
import io.github.imagehost.cli.command.album.AlbumCommands;
import io.github.imagehost.cli.command.image.ImageCommands;
import io.github.imagehost.cli.command.maintenance.MaintenanceCommands;
import io.github.imagehost.cli.command.owner.OwnerCommands;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.ErrorHandler;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.bulk.BulkRun;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** Puts the commands together. */
public final class CommandLines {

    private static final int USAGE_WIDTH = 100;

    private static final String HELP = "help";

    private CommandLines() {}

    /** The program with all its commands. */
    public static CommandLine create(Map<String, String> environment, Terminal terminal) {
        return assemble(commands(environment, terminal, BulkRun.PAUSES), terminal);
    }

    /**
     * The program with the command that these arguments name, and with all of them if they name none: each costs time.
     *
     * @param pauses before each further try when store, database or service are away
     */
    public static CommandLine createFor(
            Map<String, String> environment, Terminal terminal, List<Duration> pauses, String... arguments) {
        Map<String, Supplier<Object>> commands = commands(environment, terminal, pauses);
        if (arguments.length > 0 && commands.containsKey(arguments[0]) && !arguments[0].equals(HELP)) {
            commands.keySet().retainAll(Set.of(arguments[0]));
        }
        return assemble(commands, terminal);
    }

    private static Map<String, Supplier<Object>> commands(
            Map<String, String> environment, Terminal terminal, List<Duration> pauses) {
        Supplier<CommonOptions> options = () -> new CommonOptions(environment);
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("upload", () -> ImageCommands.upload(options.get(), terminal, pauses));
        commands.put("import", () -> ImageCommands.importing(options.get(), terminal, pauses));
        commands.put("list", () -> ImageCommands.list(options.get(), terminal, pauses));
        commands.put("show", () -> ImageCommands.show(options.get(), terminal, pauses));
        commands.put("delete", () -> ImageCommands.delete(options.get(), terminal, pauses));
        commands.put("image", () -> ImageCommands.image(options, terminal, pauses));
        commands.put("album", () -> AlbumCommands.album(options, terminal, pauses));
        commands.put("tag", () -> AlbumCommands.tag(options, terminal, pauses));
        commands.put("stats", () -> MaintenanceCommands.stats(options.get(), terminal, pauses));
        commands.put("sweep", () -> MaintenanceCommands.sweep(options.get(), terminal));
        commands.put("fsck", () -> MaintenanceCommands.fsck(options.get(), terminal));
        commands.put("migrate-store", () -> MaintenanceCommands.migrateStore(options.get(), terminal));
        commands.put("export", () -> MaintenanceCommands.export(options.get(), terminal));
        commands.put("restore", () -> MaintenanceCommands.restore(options.get(), terminal));
        commands.put("owner", () -> OwnerCommands.owner(options, terminal));
        commands.put("token", () -> AccessCommands.token(options, terminal));
        commands.put("invite", () -> AccessCommands.invite(options, terminal));
        commands.put("login-link", () -> AccessCommands.loginLink(options.get(), terminal));
        commands.put("client", () -> new ClientCommand(options.get(), terminal));
        commands.put("audit", () -> AccessCommands.audit(options.get(), terminal));
        commands.put("doctor", () -> MaintenanceCommands.doctor(options.get(), terminal));
        commands.put("completion", () -> new CompletionCommand(() -> create(environment, terminal), terminal));
        commands.put(HELP, CommandLine.HelpCommand::new);
        return commands;
    }

    private static CommandLine assemble(Map<String, Supplier<Object>> commands, Terminal terminal) {
        ErrorHandler errors = new ErrorHandler(terminal);
        CommandLine commandLine = new CommandLine(new ImageHostCommand());
        commands.forEach((name, command) -> commandLine.addSubcommand(name, command.get()));
        commandLine
                .setOut(terminal.out())
                .setErr(terminal.err())
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setUsageHelpWidth(USAGE_WIDTH)
                .setUsageHelpLongOptionsMaxWidth(USAGE_WIDTH / 4)
                // a picture may be called @cat.png
                .setExpandAtFiles(false)
                .registerConverter(Long.class, wholeNumber(Long::valueOf))
                .registerConverter(Integer.class, wholeNumber(Integer::valueOf))
                .setParameterExceptionHandler(errors)
                .setExecutionExceptionHandler(errors);
        describeExitCodes(commandLine);
        return commandLine;
    }

    private static void describeExitCodes(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(ExitCode.meanings());
        command.getSubcommands().values().forEach(CommandLines::describeExitCodes);
    }

    private static <T> ITypeConverter<T> wholeNumber(Function<String, T> parser) {
        return text -> {
            try {
                return parser.apply(text);
            } catch (NumberFormatException e) {
                TypeConversionException refusal =
                        new TypeConversionException("'" + text + "' is not a whole number, or too large");
                refusal.initCause(e);
                throw refusal;
            }
        };
    }
}
