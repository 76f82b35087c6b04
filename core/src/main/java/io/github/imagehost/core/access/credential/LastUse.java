package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Notes when something was last used, which is only told to people: no use fails because it can't be noted. */
public final class LastUse {

    /** How far behind the last use that is noted may be: it costs a write. */
    private static final Duration IS_NOTED_EVERY = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(LastUse.class);

    private LastUse() {}

    /**
     * Notes a use unless one was noted shortly before. A database that takes no writes at the moment can still be read.
     *
     * @param noted the last use that is noted
     * @param note writes that it was used now
     */
    public static void note(Instant noted, Instant now, Runnable note) {
        if (!noted.isBefore(now.minus(IS_NOTED_EVERY))) {
            return;
        }
        try {
            note.run();
        } catch (RepositoryException e) {
            log.warn("That a token or a session was used can't be noted: {}", e.toString());
        }
    }
}
