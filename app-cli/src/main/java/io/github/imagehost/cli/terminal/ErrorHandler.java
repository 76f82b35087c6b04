package io.github.imagehost.cli.terminal;

import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Tells in one line what went wrong; the stack trace is for those who ask for it. */
public final class ErrorHandler implements IParameterExceptionHandler, IExecutionExceptionHandler {

    private final Terminal terminal;

    public ErrorHandler(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public int handleParseException(ParameterException exception, String[] arguments) {
        String command = exception.getCommandLine().getCommandSpec().qualifiedName();
        terminal.error(reason(exception) + suggestion(exception) + " (see '" + command + " --help')");
        return ExitCode.USAGE.value();
    }

    @Override
    public int handleExecutionException(Exception exception, CommandLine command, ParseResult parseResult) {
        Failure failure = Failure.of(exception);
        terminal.error(failure.message());
        if (command.getParseResult().hasMatchedOption("--verbose")) {
            terminal.trace(exception);
        }
        return failure.exitCode().value();
    }

    /** Our own converters say what is wrong; picocli adds what only programmers want to know. */
    private static String reason(ParameterException exception) {
        if (!(exception.getCause() instanceof TypeConversionException conversion)) {
            return String.valueOf(exception.getMessage());
        }
        String option = exception.getArgSpec() instanceof OptionSpec spec ? spec.longestName() + ": " : "";
        return option + conversion.getMessage();
    }

    /** The likeliest one: of many commands, some other is always a bit alike. */
    private static String suggestion(ParameterException exception) {
        List<String> suggestions =
                exception instanceof UnmatchedArgumentException unmatched ? unmatched.getSuggestions() : List.of();
        return suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
    }
}
