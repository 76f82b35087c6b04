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

    /** Some commands have it, and who knows those may try it with others. */
    private static final String SERVER = "--server";

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
        if (!(exception instanceof UnmatchedArgumentException unmatched)) {
            return "";
        }
        if (unmatched.getUnmatched().get(0).startsWith(SERVER)) {
            return "; this command works on the database and the store themselves, not over HTTP";
        }
        List<String> suggestions = unmatched.getSuggestions();
        return suggestions.isEmpty() ? "" : "; did you mean " + suggestions.get(0) + "?";
    }
}
