package io.github.imagehost.rest.request;

import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/** The headers that the helmet package of Node.js sets by default, and stricter ones for what users uploaded. */
@Component
public class SecurityHeaders {

    private static final Map<String, String> EVERYWHERE = Map.of(
            "Cross-Origin-Opener-Policy", "same-origin",
            "Origin-Agent-Cluster", "?1",
            "Referrer-Policy", "no-referrer",
            "X-Content-Type-Options", "nosniff",
            "X-DNS-Prefetch-Control", "off",
            "X-Download-Options", "noopen",
            "X-Frame-Options", "SAMEORIGIN",
            "X-Permitted-Cross-Domain-Policies", "none",
            "X-XSS-Protection", "0");

    /** Without upgrade-insecure-requests, which would break the pages of a service that is not behind TLS. */
    private static final String PAGE_POLICY = "default-src 'self';base-uri 'self';font-src 'self' https: data:;"
            + "form-action 'self';frame-ancestors 'self';img-src 'self' data:;object-src 'none';script-src 'self';"
            + "script-src-attr 'none';style-src 'self' https: 'unsafe-inline'";

    private static final String IMAGE_POLICY = "default-src 'none'; sandbox";

    private final Optional<String> transportSecurity;

    SecurityHeaders(ServiceSettings settings) {
        this.transportSecurity = switch (settings.transportSecurity()) {
            case NONE -> Optional.empty();
            case HOST -> Optional.of("max-age=31536000");
            case HOST_AND_SUBDOMAINS -> Optional.of("max-age=31536000; includeSubDomains");
        };
    }

    /**
     * What the page for people may load: nothing from elsewhere, nothing that stands in the page itself, and no text
     * that becomes a script.
     *
     * @param pictures the origins that it may have pictures from beside its own
     */
    public static String appPolicy(Set<String> pictures) {
        String others = pictures.stream().map(origin -> " " + origin).sorted().collect(Collectors.joining());
        return "default-src 'none';connect-src 'self';img-src 'self' data:" + others
                + ";manifest-src 'self';script-src 'self';style-src 'self';worker-src 'self';base-uri 'none';"
                + "form-action 'self';frame-ancestors 'none';require-trusted-types-for 'script';"
                + "trusted-types lit-html imagehost";
    }

    /** Adds them to an answer that has not begun. */
    public void addTo(HttpServletResponse response, HttpServletRequest request) {
        RequestPath path = RequestPath.of(request);
        boolean image = path.isImage();
        EVERYWHERE.forEach(response::setHeader);
        transportSecurity.ifPresent(value -> response.setHeader("Strict-Transport-Security", value));
        response.setHeader("Content-Security-Policy", policyOf(path));
        if (path.isApi()) {
            // a browser would show it to whoever goes back after somebody has logged out
            response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        }
        // pages of other sites are meant to show the images
        response.setHeader("Cross-Origin-Resource-Policy", image ? "cross-origin" : "same-origin");
    }

    private static String policyOf(RequestPath path) {
        if (path.isImage()) {
            return IMAGE_POLICY;
        }
        return path.isApp() ? appPolicy(Set.of()) : PAGE_POLICY;
    }
}
