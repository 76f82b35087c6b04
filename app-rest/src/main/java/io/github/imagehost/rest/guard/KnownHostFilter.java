package io.github.imagehost.rest.guard;

import com.google.common.base.Ascii;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses requests for hosts that the service is not, before anything else is done with them. A page may lead its own
 * name to the loopback address (DNS rebinding): for the browser, the service is then of the page's own site, so that
 * nothing but this name tells who asks.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 1)
class KnownHostFilter extends OncePerRequestFilter {

    private static final Pattern PORT = Pattern.compile(":[0-9]*$");

    private final Optional<Set<String>> hostNames;
    private final ErrorResponses errors;

    KnownHostFilter(ServiceSettings settings, ErrorResponses errors) {
        this.hostNames = settings.hostNames();
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (isKnown(request.getHeader(HttpHeaders.HOST))) {
            chain.doFilter(request, response);
        } else {
            errors.write(request, response, ApiError.HOST_REFUSED);
        }
    }

    /** Only programs that speak HTTP/1.0 name no host, and no browser does. */
    private boolean isKnown(@Nullable String host) {
        return host == null
                || hostNames.isEmpty()
                || hostNames.get().contains(Ascii.toLowerCase(PORT.matcher(host).replaceFirst("")));
    }
}
