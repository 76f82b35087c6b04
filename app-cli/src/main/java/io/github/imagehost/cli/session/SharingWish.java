package io.github.imagehost.cli.session;

import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How new pictures are to be shared.
 *
 * @param visibility who may see them
 * @param life how long they last from their upload on; empty for ever
 * @param views how often each may be seen, at least 1; empty for any number
 */
public record SharingWish(Visibility visibility, Optional<Duration> life, OptionalLong views) {

    /** For everybody, for ever, as often as they like. */
    public static final SharingWish UNLIMITED =
            new SharingWish(Visibility.PUBLIC, Optional.empty(), OptionalLong.empty());

    /** What that means for a picture that is uploaded now. */
    Sharing at(Instant now) {
        return new Sharing(visibility, life.map(span -> now.plus(span).truncatedTo(ChronoUnit.MILLIS)), views, 0);
    }
}
