package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PictureParameter;
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

    @Mixin
    private final PictureParameter picture = new PictureParameter();

    /** @param pauses before each further try when a service is away or busy */
    ShowCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        try (PictureHost host = pictures.open(options)) {
            Optional<ImageDetails> found = picture.findIn(host, terminal);
            found.ifPresent(details -> print(details, options, terminal));
            return found.isPresent() ? ExitCode.OK.value() : ExitCode.NOT_DONE.value();
        }
    }

    /** All that is known of a picture. */
    static void print(ImageDetails details, CommonOptions options, Terminal terminal) {
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
        table.add(List.of("Visibility", details.visibility()));
        table.add(List.of("Ends", details.expiresAt() == null ? "never" : details.expiresAt()));
        table.add(List.of("Views left", details.viewsLeft() == null ? "any" : String.valueOf(details.viewsLeft())));
        table.lines().forEach(terminal::print);
    }
}
