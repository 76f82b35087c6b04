package io.github.imagehost.core.view;

import io.github.imagehost.core.model.access.Session;
import java.util.Locale;

/**
 * A session as it is listed.
 *
 * @param createdAt when it began, as {@link Timestamps} writes it
 * @param seenAt when it was last used, likewise
 * @param expiresAt when it ends unless it is used before, likewise
 * @param startedBy {@code password}, {@code token} or {@code link}
 * @param current whether it is the one in which somebody asks
 */
public record SessionDetails(String createdAt, String seenAt, String expiresAt, String startedBy, boolean current) {

    /** This session, for whoever asks in it. */
    public static SessionDetails ofCurrent(Session session) {
        return of(session, true);
    }

    /** This session, for whoever asks in another one, or in none. */
    public static SessionDetails ofOther(Session session) {
        return of(session, false);
    }

    private static SessionDetails of(Session session, boolean current) {
        return new SessionDetails(
                Timestamps.format(session.createdAt()),
                Timestamps.format(session.seenAt()),
                Timestamps.format(session.expiresAt()),
                session.start().name().toLowerCase(Locale.ROOT),
                current);
    }
}
