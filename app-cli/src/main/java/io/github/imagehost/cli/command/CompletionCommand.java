package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.HelpOption;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Prints what a shell needs to complete command lines. */
@Command(
        name = "completion",
        description = {
            "Print a script by which a shell completes commands and options when you press the tabulator key.",
            "",
            "Put one of the lines below into the file that your shell reads when it starts."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  source <(imagehost completion bash)     in ~/.bashrc",
            "  source <(imagehost completion zsh)      in ~/.zshrc, after compinit"
        })
final class CompletionCommand implements Callable<Integer> {

    private final Supplier<CommandLine> program;
    private final Terminal terminal;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private Shell shell = Shell.bash;

    @Mixin
    @SuppressWarnings("unused")
    private final HelpOption help = new HelpOption();

    /** @param program the program with all its commands */
    CompletionCommand(Supplier<CommandLine> program, Terminal terminal) {
        this.program = program;
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        terminal.print(shell.script(program.get()));
        return ExitCode.OK.value();
    }
}
