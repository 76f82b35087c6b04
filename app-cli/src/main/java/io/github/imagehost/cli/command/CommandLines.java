package io.github.imagehost.cli.command;

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
        Map<String, Supplier<Object>> commands = new LinkedHashMap<>();
        commands.put("upload", () -> new UploadCommand(new CommonOptions(environment), terminal, pauses));
        commands.put("import", () -> new ImportCommand(new CommonOptions(environment), terminal, pauses));
        commands.put("list", () -> new ListCommand(new CommonOptions(environment), terminal, pauses));
        commands.put("show", () -> new ShowCommand(new CommonOptions(environment), terminal, pauses));
        commands.put("delete", () -> new DeleteCommand(new CommonOptions(environment), terminal, pauses));
        commands.put("image", () -> image(environment, terminal, pauses));
        commands.put("album", () -> album(environment, terminal, pauses));
        commands.put("tag", () -> tag(environment, terminal, pauses));
        commands.put("stats", () -> new StatsCommand(new CommonOptions(environment), terminal, pauses));
        commands.put("sweep", () -> new SweepCommand(new CommonOptions(environment), terminal));
        commands.put("fsck", () -> new FsckCommand(new CommonOptions(environment), terminal));
        commands.put("migrate-store", () -> new MigrateStoreCommand(new CommonOptions(environment), terminal));
        commands.put("export", () -> new ExportCommand(new CommonOptions(environment), terminal));
        commands.put("restore", () -> new RestoreCommand(new CommonOptions(environment), terminal));
        commands.put("owner", () -> owner(environment, terminal));
        commands.put("token", () -> token(environment, terminal));
        commands.put("invite", () -> invite(environment, terminal));
        commands.put("login-link", () -> new LoginLinkCommand(new CommonOptions(environment), terminal));
        commands.put("client", () -> new ClientCommand(new CommonOptions(environment), terminal));
        commands.put("audit", () -> new AuditCommand(new CommonOptions(environment), terminal));
        commands.put("doctor", () -> new DoctorCommand(new CommonOptions(environment), terminal));
        commands.put("completion", () -> new CompletionCommand(() -> create(environment, terminal), terminal));
        commands.put(HELP, CommandLine.HelpCommand::new);
        return commands;
    }

    private static CommandLine owner(Map<String, String> environment, Terminal terminal) {
        return new CommandLine(new OwnerCommand())
                .addSubcommand(new OwnerAddCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new OwnerListCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new OwnerShowCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new OwnerSetCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new OwnerIdentifyCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new OwnerSuspendCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new OwnerActivateCommand(new CommonOptions(environment), terminal));
    }

    private static CommandLine image(Map<String, String> environment, Terminal terminal, List<Duration> pauses) {
        return new CommandLine(new ImageCommand())
                .addSubcommand(new ImageSetCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new ImageLinkCommand(new CommonOptions(environment), terminal, pauses));
    }

    private static CommandLine album(Map<String, String> environment, Terminal terminal, List<Duration> pauses) {
        return new CommandLine(new AlbumCommand())
                .addSubcommand(new AlbumListCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new AlbumCreateCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new AlbumSetCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new AlbumAddCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new AlbumRemoveCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new AlbumDeleteCommand(new CommonOptions(environment), terminal, pauses));
    }

    private static CommandLine tag(Map<String, String> environment, Terminal terminal, List<Duration> pauses) {
        return new CommandLine(new TagCommand())
                .addSubcommand(new TagListCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new TagAddCommand(new CommonOptions(environment), terminal, pauses))
                .addSubcommand(new TagRemoveCommand(new CommonOptions(environment), terminal, pauses));
    }

    private static CommandLine token(Map<String, String> environment, Terminal terminal) {
        return new CommandLine(new TokenCommand())
                .addSubcommand(new TokenCreateCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new TokenListCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new TokenRevokeCommand(new CommonOptions(environment), terminal));
    }

    private static CommandLine invite(Map<String, String> environment, Terminal terminal) {
        return new CommandLine(new InviteCommand())
                .addSubcommand(new InviteCreateCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new InviteListCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new InviteRevokeCommand(new CommonOptions(environment), terminal));
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
