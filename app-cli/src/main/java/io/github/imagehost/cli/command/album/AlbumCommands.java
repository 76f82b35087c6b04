package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Makes the commands that put pictures in order: into albums, and by tags. */
public final class AlbumCommands {

    private AlbumCommands() {}

    /** {@code album}, with the commands below it. */
    public static Object album(Supplier<CommonOptions> options, Terminal terminal, List<Duration> pauses) {
        return new CommandLine(new AlbumCommand())
                .addSubcommand(new AlbumListCommand(options.get(), terminal, pauses))
                .addSubcommand(new AlbumCreateCommand(options.get(), terminal, pauses))
                .addSubcommand(new AlbumSetCommand(options.get(), terminal, pauses))
                .addSubcommand(new AlbumAddCommand(options.get(), terminal, pauses))
                .addSubcommand(new AlbumRemoveCommand(options.get(), terminal, pauses))
                .addSubcommand(new AlbumDeleteCommand(options.get(), terminal, pauses));
    }

    /** {@code tag}, with the commands below it. */
    public static Object tag(Supplier<CommonOptions> options, Terminal terminal, List<Duration> pauses) {
        return new CommandLine(new TagCommand())
                .addSubcommand(new TagListCommand(options.get(), terminal, pauses))
                .addSubcommand(new TagAddCommand(options.get(), terminal, pauses))
                .addSubcommand(new TagRemoveCommand(options.get(), terminal, pauses));
    }
}
