package io.github.imagehost.rest.guard;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.request.RequestPath;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses requests to the API, and for public albums, of whoever makes too many. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
class RateLimitFilter extends OncePerRequestFilter {

    private final RateLimits limits;
    private final ErrorResponses errors;

    RateLimitFilter(RateLimits limits, ErrorResponses errors) {
        this.limits = limits;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        RequestPath path = RequestPath.of(request);
        return !path.isApi() && !path.isPublicAlbum();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (limits.count(request, response)) {
            chain.doFilter(request, response);
        } else {
            errors.write(request, response, ApiError.RATE_LIMITED);
        }
    }
}
