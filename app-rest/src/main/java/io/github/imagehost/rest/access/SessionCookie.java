package io.github.imagehost.rest.access;

import io.github.imagehost.core.access.LoginSecret;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/**
 * The cookie that stands for a session. No script reads it, other sites' pages don't send it along with what changes
 * something, and with TLS its prefix keeps other hosts of the same domain from setting it, see
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
@Component
public final class SessionCookie {

    private static final String NAME = "imagehost";

    /** Browsers take no longer life. The session itself ends much sooner unless it is used. */
    private static final Duration LIFE = Duration.ofDays(400);

    private final String name;
    private final boolean isSecure;

    SessionCookie(ServiceSettings settings) {
        this.isSecure = "https".equals(settings.publicUrl().getScheme());
        this.name = isSecure ? "__Host-" + NAME : NAME;
    }

    /** What this request brings in the cookie; empty if it brings none. */
    public Optional<String> of(HttpServletRequest request) {
        return Optional.ofNullable(request.getCookies()).stream()
                .flatMap(Arrays::stream)
                .filter(cookie -> cookie.getName().equals(name))
                .map(Cookie::getValue)
                .filter(value -> !value.isEmpty())
                .findFirst();
    }

    /** From now on the browser brings this one. */
    public void set(HttpServletResponse response, LoginSecret secret) {
        write(response, secret.reveal(), LIFE);
    }

    /** From now on the browser brings none. */
    public void clear(HttpServletResponse response) {
        write(response, "", Duration.ZERO);
    }

    private void write(HttpServletResponse response, String value, Duration life) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(isSecure)
                .sameSite("Lax")
                .path("/")
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }
}
