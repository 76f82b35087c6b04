package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.converter.AlbumNameConverter;
import io.github.imagehost.cli.option.AlbumOptions;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.AlbumName;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Makes an album. */
@Command(
        name = "create",
        description = {"Make an album without pictures."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost album create Holiday",
            "  imagehost album create Holiday --public --order manual --expires 90d"
        })
final class AlbumCreateCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final AlbumOptions said = new AlbumOptions();

    @Parameters(
            paramLabel = "NAME",
            converter = AlbumNameConverter.class,
            description = "How it is called: 1 to " + AlbumName.LONGEST + " characters.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private AlbumName name;

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    AlbumCreateCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        try (PictureHost host = pictures.open(options)) {
            AlbumOutput.print(host.albums().add(said.settings(name)), options, terminal);
        }
        return ExitCode.OK.value();
    }
}
