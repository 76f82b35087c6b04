package io.github.imagehost.rest.guard;

import io.github.imagehost.core.access.source.HotlinkRules;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.request.RequestPath;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Refuses pictures to pages of sites that are not to show them. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class HotlinkFilter extends OncePerRequestFilter {

    private final HotlinkRules rules;
    private final ErrorResponses errors;

    HotlinkFilter(HotlinkRules rules, ErrorResponses errors) {
        this.rules = rules;
        this.errors = errors;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !rules.areThere() || !RequestPath.of(request).isImage();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        response.addHeader(HttpHeaders.VARY, HttpHeaders.REFERER);
        Optional<String> referrer =
                Optional.ofNullable(request.getHeader(HttpHeaders.REFERER)).filter(value -> !value.isBlank());
        if (rules.allow(referrer, request.getServerName())) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(HttpHeaders.CACHE_CONTROL, CacheControl.noStore().getHeaderValue());
            errors.write(request, response, ApiError.HOTLINK_REFUSED);
        }
    }
}
