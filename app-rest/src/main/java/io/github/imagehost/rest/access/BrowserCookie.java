package io.github.imagehost.rest.access;

import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;

/**
 * A cookie that nobody but this service has to see. No script reads it, other sites' pages don't send it along with
 * what changes something, and with TLS its prefix keeps other hosts of the same domain from setting it, see
 * https://datatracker.ietf.org/doc/html/draft-ietf-httpbis-rfc6265bis
 */
public final class BrowserCookie {

    private final String name;
    private final boolean isSecure;

    /** @param name without a prefix */
    public BrowserCookie(String name, ServiceSettings settings) {
        this.isSecure = "https".equals(settings.publicUrl().getScheme());
        this.name = isSecure ? "__Host-" + name : name;
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

    /** From now on the browser brings this value, for as long as that. */
    public void set(HttpServletResponse response, String value, Duration life) {
        ResponseCookie cookie = ResponseCookie.from(name, value)
                .httpOnly(true)
                .secure(isSecure)
                .sameSite("Lax")
                .path("/")
                .maxAge(life)
                .build();
        response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    }

    /** From now on the browser brings none. */
    public void clear(HttpServletResponse response) {
        set(response, "", Duration.ZERO);
    }
}
