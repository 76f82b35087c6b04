package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine;

/** Makes the commands for pictures: how they come in, what is known of them, how they go. */
public final class ImageCommands {

    private ImageCommands() {}

    /** {@code upload}. */
    public static Object upload(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        return new UploadCommand(options, terminal, pauses);
    }

    /** {@code import}. */
    public static Object importing(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        return new ImportCommand(options, terminal, pauses);
    }

    /** {@code list}. */
    public static Object list(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        return new ListCommand(options, terminal, pauses);
    }

    /** {@code show}. */
    public static Object show(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        return new ShowCommand(options, terminal, pauses);
    }

    /** {@code delete}. */
    public static Object delete(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        return new DeleteCommand(options, terminal, pauses);
    }

    /** {@code image}, with the commands below it. */
    public static Object image(Supplier<CommonOptions> options, Terminal terminal, List<Duration> pauses) {
        return new CommandLine(new ImageCommand())
                .addSubcommand(new ImageSetCommand(options.get(), terminal, pauses))
                .addSubcommand(new ImageLinkCommand(options.get(), terminal, pauses));
    }
}
