package io.github.imagehost.cli.command.owner;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Makes the commands that look after owners. */
public final class OwnerCommands {

    private OwnerCommands() {}

    /** {@code owner}, with the commands below it. */
    public static Object owner(Supplier<CommonOptions> options, Terminal terminal) {
        return new CommandLine(new OwnerCommand())
                .addSubcommand(new OwnerAddCommand(options.get(), terminal))
                .addSubcommand(new OwnerListCommand(options.get(), terminal))
                .addSubcommand(new OwnerShowCommand(options.get(), terminal))
                .addSubcommand(new OwnerSetCommand(options.get(), terminal))
                .addSubcommand(new OwnerIdentifyCommand(options.get(), terminal))
                .addSubcommand(new OwnerSuspendCommand(options.get(), terminal))
                .addSubcommand(new OwnerActivateCommand(options.get(), terminal));
    }
}
