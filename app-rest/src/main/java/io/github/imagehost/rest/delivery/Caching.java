package io.github.imagehost.rest.delivery;

import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import java.time.Duration;
import java.time.Instant;

/**
 * Who may keep the bytes of an image, and for how long.
 *
 * @param control as the header {@code Cache-Control} says it
 * @param isAllowed whether anybody may: then an answer has an entity tag, and clients that have the bytes are told so
 */
record Caching(String control, boolean isAllowed) {

    private static final Duration LONGEST = Duration.ofDays(365);

    /** The bytes behind a link never change (RFC 8246). */
    private static final Caching FOR_EVER = new Caching("public, max-age=" + LONGEST.toSeconds() + ", immutable", true);

    /** Whoever kept it would show it to others, or once more, or after it was to be seen. */
    private static final Caching FORBIDDEN = new Caching("private, no-store", false);

    /** Of an image that is shared in this way, now. */
    static Caching of(Sharing sharing, Instant now) {
        if (sharing.visibility() == Visibility.PRIVATE || sharing.viewsLeft().isPresent()) {
            return FORBIDDEN;
        }
        return sharing.expiresAt().map(end -> until(end, now)).orElse(FOR_EVER);
    }

    private static Caching until(Instant end, Instant now) {
        Duration left = Duration.between(now, end);
        return left.compareTo(LONGEST) < 0 ? new Caching("public, max-age=" + left.toSeconds(), true) : FOR_EVER;
    }
}
