package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.AlbumOrderConverter;
import io.github.imagehost.cli.converter.time.ImageLifeConverter;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.album.AlbumChange;
import io.github.imagehost.core.model.album.AlbumName;
import io.github.imagehost.core.model.album.AlbumOrder;
import io.github.imagehost.core.model.album.AlbumSettings;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** What is said of an album, but for its name. */
public final class AlbumOptions {

    private static final String NEVER = "never";

    @Option(
            names = "--order",
            paramLabel = "ORDER",
            converter = AlbumOrderConverter.class,
            completionCandidates = AlbumOrderConverter.class,
            description = "In which order its pictures are: ${COMPLETION-CANDIDATES}; newest at first.")
    private Optional<AlbumOrder> order = Optional.empty();

    @ArgGroup
    @SuppressWarnings("NullAway.Init") // null if none is given, says picocli
    private Audience audience;

    /** Who sees the album; one of them. */
    static final class Audience {

        @Option(names = "--private", required = true, description = "Only you see it, as at first.")
        private boolean isPrivate;

        @Option(
                names = "--public",
                required = true,
                description = "Whoever has its link sees it, and those of its pictures that are public. An end that"
                        + " --public-for has said stays.")
        @SuppressWarnings("unused") // the other ones tell
        private boolean isPublic;

        @Option(
                names = "--public-for",
                paramLabel = "SPAN",
                required = true,
                converter = PublicEndConverter.class,
                description = "The same for so long from now on, such as 12h or 7d; or '" + NEVER
                        + "' for ever. Afterwards only you see it, and nothing else changes.")
        private Optional<AlbumChange.ShowUntil> publicEnd = Optional.empty();

        private Visibility visibility() {
            return isPrivate ? Visibility.PRIVATE : Visibility.PUBLIC;
        }

        private Optional<AlbumChange.ShowUntil> publicEnd() {
            return publicEnd;
        }
    }

    @Option(
            names = "--random",
            negatable = true,
            description = "Pictures may be drawn from it for anybody, while it is public.")
    private Optional<Boolean> drawn = Optional.empty();

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            converter = EndConverter.class,
            description = "How long the album lasts from now on, such as 30m, 12h or 7d; or '" + NEVER + "' for ever."
                    + " Its pictures stay.")
    private Optional<AlbumChange.ExpireAt> end = Optional.empty();

    /** What they say of a new album of this name. */
    public AlbumSettings settings(AlbumName name) {
        return AlbumSettings.of(name).changedBy(changes());
    }

    /** What they say of one that is there. */
    public List<AlbumChange> changes() {
        Optional<Audience> chosen = Optional.ofNullable(audience);
        return Stream.of(
                        order.map(AlbumChange.Arrange::new),
                        chosen.map(Audience::visibility).map(AlbumChange.Show::new),
                        chosen.flatMap(Audience::publicEnd),
                        drawn.map(AlbumChange.Draw::new),
                        end)
                .<AlbumChange>flatMap(Optional::stream)
                .toList();
    }

    private static Optional<Instant> after(String span) {
        return span.equals(NEVER)
                ? Optional.empty()
                : Optional.of(Instant.now()
                        .plus(new ImageLifeConverter().convert(span))
                        .truncatedTo(ChronoUnit.MILLIS));
    }

    private static final class EndConverter implements ITypeConverter<AlbumChange.ExpireAt> {

        @Override
        public AlbumChange.ExpireAt convert(String text) {
            return new AlbumChange.ExpireAt(after(text));
        }
    }

    private static final class PublicEndConverter implements ITypeConverter<AlbumChange.ShowUntil> {

        @Override
        public AlbumChange.ShowUntil convert(String text) {
            return new AlbumChange.ShowUntil(after(text));
        }
    }
}
