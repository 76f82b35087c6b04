package io.github.imagehost.cli.command.album;

import io.github.imagehost.cli.converter.AlbumNameConverter;
import io.github.imagehost.cli.option.AlbumOptions;
import io.github.imagehost.cli.option.AlbumParameter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.NotFoundException;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.view.AlbumDetails;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Changes an album. */
@Command(
        name = "set",
        description = {"Say how an album is called, who sees it, how long, and in which order its pictures are."},
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost album set Holiday --public-for 1d",
            "  imagehost album set 3 --name Italy --order oldest --cover 12"
        })
final class AlbumSetCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final AlbumParameter album = new AlbumParameter();

    @Mixin
    private final AlbumOptions said = new AlbumOptions();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = AlbumNameConverter.class,
            description = "How it is called from now on.")
    private Optional<AlbumName> name = Optional.empty();

    @Option(names = "--cover", paramLabel = "ID", description = "The id of a picture in it that stands for it.")
    private Optional<Long> cover = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    private final Terminal terminal;

    /** @param pauses before each further try when a service is away or busy */
    AlbumSetCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() {
        List<AlbumChange> changes = changes();
        if (changes.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "What is to change? Give --name, --order, --public, --public-for or --private,"
                            + " --random, --expires or --cover");
        }
        try (PictureHost host = pictures.open(options)) {
            long id = album.findIn(host).id();
            AlbumDetails changed = host.albums()
                    .change(id, changes)
                    .orElseThrow(
                            () -> new NotFoundException("album_not_found", "There is no album " + id + " any more"));
            AlbumOutput.print(changed, options, terminal);
        }
        return ExitCode.OK.value();
    }

    private List<AlbumChange> changes() {
        List<AlbumChange> changes = new ArrayList<>(said.changes());
        name.map(AlbumChange.Rename::new).ifPresent(changes::add);
        cover.map(id -> new AlbumChange.Cover(OptionalLong.of(id))).ifPresent(changes::add);
        return changes;
    }
}
