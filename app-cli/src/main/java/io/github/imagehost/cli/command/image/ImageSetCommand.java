package io.github.imagehost.cli.command.image;

import io.github.imagehost.cli.converter.ViewsConverter;
import io.github.imagehost.cli.converter.time.ImageLifeConverter;
import io.github.imagehost.cli.option.CommonOptions;
import io.github.imagehost.cli.option.PictureParameter;
import io.github.imagehost.cli.option.PicturesOption;
import io.github.imagehost.cli.session.PictureHost;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.cli.terminal.Terminal;
import io.github.imagehost.core.intake.OriginalNames;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.view.ImageDetails;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Changes who sees a picture, how long and how often, and what it is called. */
@Command(
        name = "set",
        description = {
            "Say who sees a picture, how long and how often, and what it is called. Its link and its bytes stay.",
            "",
            "What was public may be kept by browsers and proxies, and by whoever has downloaded it. Making a picture"
                    + " private takes back all links that 'imagehost image link' has made for it."
        },
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        footer = {
            "",
            "Examples:",
            "  imagehost image set 12 --private",
            "  imagehost image set 12 --public --expires never",
            "  imagehost image set 12 --views 3 --name holiday.jpg"
        })
final class ImageSetCommand implements Callable<Integer> {

    private static final String NEVER = "never";
    private static final String ANY = "any";

    @Mixin
    private final CommonOptions options;

    @Mixin
    private final PicturesOption pictures;

    @Mixin
    private final PictureParameter picture = new PictureParameter();

    private final Terminal terminal;

    @ArgGroup
    @SuppressWarnings("NullAway.Init") // null if none is given, says picocli
    private Audience audience;

    /** Who sees the picture; one of the two. */
    static final class Audience {

        @Option(
                names = "--private",
                required = true,
                description = "Only you see it, and whoever gets a link from 'imagehost image link'.")
        private boolean isPrivate;

        @Option(names = "--public", required = true, description = "Whoever has its link sees it.")
        @SuppressWarnings("unused") // the other one tells
        private boolean isPublic;
    }

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            converter = EndConverter.class,
            description = "How long it lasts from now on, such as 30m, 12h or 7d; or '" + NEVER + "' for ever.")
    private Optional<ImageChange.ExpireAt> end = Optional.empty();

    @Option(
            names = "--views",
            paramLabel = "COUNT",
            converter = LimitConverter.class,
            description = "How often it may be seen from now on; or '" + ANY + "' as often as people like.")
    private Optional<ImageChange.LimitViews> views = Optional.empty();

    @Option(
            names = "--name",
            paramLabel = "NAME",
            converter = NameConverter.class,
            description = "What to call it: 1 to 255 characters.")
    private Optional<ImageChange.Rename> name = Optional.empty();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** @param pauses before each further try when a service is away or busy */
    ImageSetCommand(CommonOptions options, Terminal terminal, List<Duration> pauses) {
        this.options = options;
        this.pictures = new PicturesOption(pauses);
        this.terminal = terminal;
    }

    @Override
    public Integer call() throws IOException {
        List<ImageChange> changes = changes();
        if (changes.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(), "What is to change? Give --private or --public, --expires, --views or --name");
        }
        try (PictureHost host = pictures.open(options)) {
            Optional<ImageDetails> found = picture.findIn(host, terminal);
            if (found.isEmpty()) {
                return ExitCode.NOT_DONE.value();
            }
            Optional<ImageDetails> changed = host.change(found.get().id(), changes);
            if (changed.isEmpty()) {
                terminal.error("There is no image " + found.get().id() + " any more");
                return ExitCode.NOT_DONE.value();
            }
            ShowCommand.print(changed.get(), options, terminal);
        }
        return ExitCode.OK.value();
    }

    private List<ImageChange> changes() {
        Optional<ImageChange.Show> show = Optional.ofNullable(audience)
                .map(chosen -> new ImageChange.Show(chosen.isPrivate ? Visibility.PRIVATE : Visibility.PUBLIC));
        return Stream.of(name, show, end, views)
                .<ImageChange>flatMap(Optional::stream)
                .toList();
    }

    private static final class EndConverter implements ITypeConverter<ImageChange.ExpireAt> {

        @Override
        public ImageChange.ExpireAt convert(String text) {
            if (text.equals(NEVER)) {
                return new ImageChange.ExpireAt(Optional.empty());
            }
            Duration life = new ImageLifeConverter().convert(text);
            Instant end = Instant.now().plus(life).truncatedTo(ChronoUnit.MILLIS);
            return new ImageChange.ExpireAt(Optional.of(end));
        }
    }

    private static final class LimitConverter implements ITypeConverter<ImageChange.LimitViews> {

        @Override
        public ImageChange.LimitViews convert(String text) {
            return new ImageChange.LimitViews(
                    text.equals(ANY) ? OptionalLong.empty() : OptionalLong.of(new ViewsConverter().convert(text)));
        }
    }

    private static final class NameConverter implements ITypeConverter<ImageChange.Rename> {

        @Override
        public ImageChange.Rename convert(String text) {
            String cleaned = OriginalNames.clean(text);
            if (cleaned.isEmpty()) {
                throw new TypeConversionException("'" + text + "' is no name for a picture");
            }
            return new ImageChange.Rename(cleaned);
        }
    }
}
