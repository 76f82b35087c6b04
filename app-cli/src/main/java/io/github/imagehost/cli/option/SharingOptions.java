package io.github.imagehost.cli.option;

import io.github.imagehost.cli.converter.ViewsConverter;
import io.github.imagehost.cli.converter.time.ImageLifeConverter;
import io.github.imagehost.cli.session.SharingWish;
import io.github.imagehost.core.model.Visibility;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** How new pictures are to be shared. */
public final class SharingOptions {

    @Option(
            names = "--private",
            description = "Only you see the pictures, and whoever gets a link from 'imagehost image link'.")
    private boolean isPrivate;

    @Option(
            names = "--expires",
            paramLabel = "SPAN",
            converter = ImageLifeConverter.class,
            description = "How long the pictures last, such as 30m, 12h or 7d; for ever otherwise.")
    private Optional<Duration> life = Optional.empty();

    @Option(
            names = "--views",
            paramLabel = "COUNT",
            converter = ViewsConverter.class,
            description = "How often each picture may be seen; as often as people like otherwise.")
    private Optional<Long> views = Optional.empty();

    /** What they say. */
    public SharingWish wish() {
        return new SharingWish(
                isPrivate ? Visibility.PRIVATE : Visibility.PUBLIC,
                life,
                views.map(OptionalLong::of).orElse(OptionalLong.empty()));
    }
}
