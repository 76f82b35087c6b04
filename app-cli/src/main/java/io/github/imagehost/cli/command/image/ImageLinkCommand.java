package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.converter.time.LinkLifeConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PictureParameter;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.session.SignedLink;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Json;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.access.link.ViewLinks;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.view.ImageDetails;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Signs a link to a private picture, or takes all of them back. */
@Command(
        name = "link",
        description = {
            "Print a link by which whoever has it sees a private picture, in every size and format, until the link ends.",
            "",
            "Standard output is the link alone. With --revoke, all links that were made for the picture are taken back"
                    + " instead."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {"", "Examples:", "  imagehost image link 12", "  imagehost image link 12 --expires 30m"})
final class ImageLinkCommand implements Callable<Integer> {

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final PictureParameter picture = new PictureParameter();

    private final Terminal terminal;

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            converter = LinkLifeConverter.class,
            description = "How long the link is good, such as 30m, 12h or 7d; 7d otherwise, and no longer than the"
                    + " picture lasts.")
    private Optional<Duration> life = Optional.empty();

    @Option(names = "--revoke", description = "Take back all links that were made for the picture.")
    private boolean revoke;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    ImageLinkCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        if (revoke && life.isPresent()) {
            throw new ParameterException(spec.commandLine(), "--revoke makes no link, so that --expires says nothing");
        }
        try (PictureHost host = pictures.open(options)) {
            Optional<ImageDetails> found = picture.findIn(host, terminal);
            if (found.isEmpty()) {
                return ExitCode.NOT_DONE.value();
            }
            long id = found.get().id();
            boolean isDone = revoke
                    ? host.change(id, List.of(new ImageChange.RevokeLinks())).isPresent()
                    : sign(id, host);
            if (!isDone) {
                terminal.error("There is no image " + id + " any more");
                return ExitCode.NOT_DONE.value();
            }
        }
        return ExitCode.OK.value();
    }

    private boolean sign(long id, PictureHost host) {
        Optional<SignedLink> link = host.sign(id, life.orElse(ViewLinks.DEFAULT_LIFE));
        link.ifPresent(signed -> {
            if (options.json()) {
                terminal.print(Json.write(signed));
            } else {
                terminal.print(signed.url());
                terminal.note("It is good until " + signed.expiresAt());
            }
        });
        return link.isPresent();
    }
}
