package io.github.imagehost.cli.command;

import picocli.AutoComplete;
import picocli.CommandLine;

/** A shell that completes command lines; named as users call it. */
enum Shell {
    bash {
        @Override
        String script(CommandLine program) {
            return AutoComplete.bash(program.getCommandName(), program).stripTrailing();
        }
    },
    /** Runs bash's script. It may be sourced, or be the file of a function that zsh loads when it is needed. */
    zsh {
        @Override
        String script(CommandLine program) {
            String name = program.getCommandName();
            return "#compdef " + name + "\n"
                    // zsh has no such thing, and picocli's way around that works only for files that are sourced
                    + "compopt() { :; }\n"
                    + bash.script(program) + "\n"
                    + "if [ \"${funcstack[1]}\" = \"_" + name + "\" ]; then\n"
                    + "  _bash_complete -o default -F _complete_" + name + "\n"
                    + "fi";
        }
    };

    /** The script that completes this program's commands and options, without a line break at its end. */
    abstract String script(CommandLine program);
}
