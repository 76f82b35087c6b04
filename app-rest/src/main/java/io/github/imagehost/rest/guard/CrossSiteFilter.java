package io.github.imagehost.rest.guard;

import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.rest.access.RequestCredential;
import io.github.imagehost.rest.access.TokenOrigins;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.stereotype.Component;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.CorsProcessor;
import org.springframework.web.cors.CorsUtils;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets the pages of the allowed origins use the API (CORS), those of origins that tokens are bound to with such a
 * token, and refuses requests from all other sites that would change something, or would ask whether they may. Programs
 * that are no browsers send neither {@code Origin} nor {@code Sec-Fetch-Site} and pass. The rules are those of Go's
 * {@code net/http.CrossOriginProtection}.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 4)
class CrossSiteFilter extends OncePerRequestFilter {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Set<String> SAME_SITE_VALUES = Set.of("same-origin", "none");
    private static final List<String> EXPOSED_HEADERS = List.of(
            "Retry-After",
            "RateLimit-Limit",
            "RateLimit-Remaining",
            "RateLimit-Reset",
            "X-RateLimit-Limit",
            "X-RateLimit-Remaining",
            "X-RateLimit-Reset");

    private static final String NEEDS_BOUND_TOKEN = CrossSiteFilter.class.getName() + ".needsBoundToken";

    private final Set<String> allowedOrigins;
    private final TokenOrigins tokenOrigins;
    private final URI publicUrl;
    private final ErrorResponses errors;
    private final CorsProcessor cors = new SilentCorsProcessor();
    private final CorsConfiguration corsConfiguration;

    CrossSiteFilter(ServiceSettings settings, TokenOrigins tokenOrigins, ErrorResponses errors) {
        this.allowedOrigins =
                settings.corsOrigins().stream().map(Origin::value).collect(Collectors.toUnmodifiableSet());
        this.tokenOrigins = tokenOrigins;
        this.publicUrl = settings.publicUrl();
        this.errors = errors;
        this.corsConfiguration = new CorsConfiguration();
        // whoever is not allowed does not get as far as that; cookies are never allowed
        corsConfiguration.setAllowedOriginPatterns(List.of(CorsConfiguration.ALL));
        corsConfiguration.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
        corsConfiguration.setAllowedHeaders(List.of(CorsConfiguration.ALL));
        corsConfiguration.setExposedHeaders(EXPOSED_HEADERS);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String origin = request.getHeader(HttpHeaders.ORIGIN);
        boolean preFlight = CorsUtils.isPreFlightRequest(request);
        if (!allowedOrigins.isEmpty()) {
            response.addHeader(HttpHeaders.VARY, HttpHeaders.ORIGIN);
        }
        boolean isAllowed = origin != null && allowedOrigins.contains(origin);
        if (!isAllowed && origin != null) {
            try {
                isAllowed = mayBringBoundToken(origin, preFlight, request);
            } catch (RepositoryException e) {
                RequestRecord.of(request).failedBy(e);
                errors.write(request, response, ApiError.SERVICE_UNAVAILABLE);
                return;
            }
            request.setAttribute(NEEDS_BOUND_TOKEN, isAllowed);
        }
        if (isAllowed) {
            boolean legal = cors.processRequest(corsConfiguration, request, response);
            if (!preFlight) {
                chain.doFilter(request, response);
            } else if (!legal) {
                errors.write(request, response, ApiError.CROSS_SITE_REFUSED);
            }
        } else if (preFlight || (changesSomething(request) && isFromAnotherSite(request, origin))) {
            errors.write(request, response, ApiError.CROSS_SITE_REFUSED);
        } else {
            chain.doFilter(request, response);
        }
    }

    /**
     * Whether it may be that the request brings a token that is bound to its origin. Nobody looks for such tokens for
     * the sake of our own pages, or of requests that bring none.
     */
    private boolean mayBringBoundToken(String origin, boolean preFlight, HttpServletRequest request) {
        RequestPath path = preFlight ? RequestPath.ofPreFlight(request) : RequestPath.of(request);
        return path.isApi()
                && (preFlight || RequestCredential.bringsToken(request))
                && isFromAnotherSite(request, origin)
                && tokenOrigins.contain(origin);
    }

    /** Whether a request is let in only for the sake of a token that is bound to its origin. */
    static boolean needsBoundToken(HttpServletRequest request) {
        return Boolean.TRUE.equals(request.getAttribute(NEEDS_BOUND_TOKEN));
    }

    private static boolean changesSomething(HttpServletRequest request) {
        return !SAFE_METHODS.contains(request.getMethod());
    }

    private boolean isFromAnotherSite(HttpServletRequest request, @Nullable String origin) {
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return !SAME_SITE_VALUES.contains(site);
        }
        return origin != null && !isOurs(origin, request);
    }

    private boolean isOurs(String origin, HttpServletRequest request) {
        int scheme = origin.indexOf("://");
        String authority = scheme < 0 ? origin : origin.substring(scheme + "://".length());
        return authority.equals(request.getHeader(HttpHeaders.HOST)) || authority.equals(publicUrl.getRawAuthority());
    }

    /** Leaves it to its caller to answer what it rejects. */
    private static final class SilentCorsProcessor extends DefaultCorsProcessor {

        @Override
        protected void rejectRequest(ServerHttpResponse response) {
            // the answer is written in the envelope
        }
    }
}
