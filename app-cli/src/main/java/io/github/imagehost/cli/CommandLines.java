package io.github.imagehost.cli;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.TypeConversionException;

/** Puts the commands together. */
final class CommandLines {

    private static final int USAGE_WIDTH = 100;

    private CommandLines() {}

    static CommandLine create(Map<String, String> environment, Terminal terminal) {
        ErrorHandler errors = new ErrorHandler(terminal);
        CommandLine commandLine = new CommandLine(new ImageHostCommand())
                .addSubcommand(new UploadCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new ListCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new ShowCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new DeleteCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new StatsCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new SweepCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new MigrateStoreCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new ExportCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new RestoreCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new DoctorCommand(new CommonOptions(environment), terminal))
                .addSubcommand(new CommandLine.HelpCommand())
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
        commandLine.getSubcommands().values().forEach(CommandLines::describeExitCodes);
        return commandLine;
    }

    private static void describeExitCodes(CommandLine command) {
        UsageMessageSpec usage = command.getCommandSpec().usageMessage();
        usage.exitCodeListHeading("%nExit codes:%n");
        usage.exitCodeList(ExitCode.meanings());
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
