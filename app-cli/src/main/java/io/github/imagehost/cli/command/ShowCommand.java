package io.github.imagehost.cli.command;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.ImageReference;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.cli.terminal.TextTable;
import io.github.imagehost.core.view.ImageDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows everything that is known of one image. */
@Command(
        name = "show",
        description = "Show all there is to know about a picture.",
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost show 12",
            "  imagehost show http://127.0.0.1:3000/i/mfrggzdfmztwq2lknnwg23tpoa.png",
            "  imagehost show holiday/cat.jpg"
        })
final class ShowCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    private final Terminal terminal;

    @Parameters(
            paramLabel = "PICTURE",
            description = {
                "The picture's id, its link, the last part of its link, its SHA-256, or a file: is this picture here?"
            })
    private String image = "";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    ShowCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        ImageReference wanted = wanted();
        try (PictureHost host = pictures.open(options)) {
            Optional<ImageDetails> found = wanted.findIn(host);
            if (found.isEmpty()) {
                terminal.error("There is no image " + wanted);
                return ExitCode.NOT_DONE.value();
            }
            print(found.get());
        }
        return ExitCode.OK.value();
    }

    private ImageReference wanted() {
        try {
            return ImageReference.parse(image);
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private void print(ImageDetails details) {
        if (options.json()) {
            terminal.print(Json.write(details));
            return;
        }
        TextTable table = new TextTable();
        table.add(List.of("Id", String.valueOf(details.id())));
        table.add(List.of("Link", details.url()));
        table.add(List.of("Thumbnail", details.thumbnailUrl()));
        table.add(List.of("Filename", details.filename()));
        table.add(List.of("Original name", details.originalName()));
        table.add(List.of("Type", details.mimeType()));
        table.add(List.of("Bytes", String.valueOf(details.fileSize())));
        table.add(List.of("Pixels", details.pixels()));
        table.add(List.of("Uploaded", details.uploadTime()));
        table.add(List.of("Updated", details.updatedAt()));
        table.add(List.of("SHA-256", details.fileHash()));
        table.lines().forEach(terminal::print);
    }
}
