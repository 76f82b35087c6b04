package io.github.imagehost.rest.access;

import io.github.imagehost.core.access.login.LoginSecret;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The cookie that stands for a session. */
@Component
public final class SessionCookie {

    /** Browsers take no longer life. The session itself ends much sooner unless it is used. */
    private static final Duration LIFE = Duration.ofDays(400);

    private final BrowserCookie cookie;

    SessionCookie(ServiceSettings settings) {
        this.cookie = new BrowserCookie("imagehost", settings);
    }

    /** What this request brings in the cookie; empty if it brings none. */
    public Optional<String> of(HttpServletRequest request) {
        return cookie.of(request);
    }

    /** From now on the browser brings this one. */
    public void set(HttpServletResponse response, LoginSecret secret) {
        cookie.set(response, secret.reveal(), LIFE);
    }

    /** From now on the browser brings none. */
    public void clear(HttpServletResponse response) {
        cookie.clear(response);
    }
}
