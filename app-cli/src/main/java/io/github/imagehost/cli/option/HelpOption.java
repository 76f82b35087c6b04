package io.github.imagehost.cli.option;

import picocli.CommandLine.Option;

/** The option that shows how a command is used. */
public final class HelpOption {

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    @SuppressWarnings("unused")
    private boolean help;
}
