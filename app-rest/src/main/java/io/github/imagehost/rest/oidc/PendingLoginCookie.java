package io.github.imagehost.rest.oidc;

import io.github.imagehost.rest.access.BrowserCookie;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** The cookie by which a browser that comes back from the identity provider shows that it went there. */
@Component
final class PendingLoginCookie {

    private final BrowserCookie cookie;

    PendingLoginCookie(ServiceSettings settings) {
        this.cookie = new BrowserCookie("imagehost-login", settings);
    }

    /** What this request brings in the cookie; empty if it brings none. */
    Optional<String> of(HttpServletRequest request) {
        return cookie.of(request);
    }

    /** For as long as a login may take, the browser brings this one. */
    void set(HttpServletResponse response, String pending) {
        cookie.set(response, pending, PendingLogins.LIFE);
    }

    /** From now on the browser brings none. */
    void clear(HttpServletResponse response) {
        cookie.clear(response);
    }
}
