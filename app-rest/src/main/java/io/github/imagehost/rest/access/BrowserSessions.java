package io.github.imagehost.rest.access;

import io.github.imagehost.core.access.login.Sessions;
import io.github.imagehost.core.access.login.StartedSession;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Component;

/**
 * Begins and ends the session of a browser, which has one at the most. Every operation may throw a
 * {@link RepositoryException}. Safe for use by many threads.
 */
@Component
public final class BrowserSessions {

    private final Sessions sessions;
    private final Principals principals;
    private final SessionCookie cookie;

    BrowserSessions(Sessions sessions, Principals principals, SessionCookie cookie) {
        this.sessions = sessions;
        this.principals = principals;
        this.cookie = cookie;
    }

    /** From now on the browser is in this session, instead of the one whose cookie the request brings. */
    public void begin(HttpServletRequest request, HttpServletResponse response, StartedSession started) {
        endSessionOf(request);
        cookie.set(response, started.secret());
    }

    /** From now on the browser is in no session. */
    public void end(HttpServletRequest request, HttpServletResponse response) {
        endSessionOf(request);
        cookie.clear(response);
    }

    private void endSessionOf(HttpServletRequest request) {
        cookie.of(request).ifPresent(secret -> {
            sessions.end(secret);
            principals.forgetSession(secret);
        });
    }
}
