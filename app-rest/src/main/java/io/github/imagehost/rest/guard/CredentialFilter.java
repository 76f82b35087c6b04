package io.github.imagehost.rest.guard;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorAdvice;
import io.github.imagehost.rest.error.ErrorResponses;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who sends a request. A request with a token that stands for nobody is refused whatever it is for, so that
 * whoever made a mistake learns it.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 5)
class CredentialFilter extends OncePerRequestFilter {

    private final Senders senders;
    private final ErrorResponses errors;

    CredentialFilter(Senders senders, ErrorResponses errors) {
        this.senders = senders;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Optional<ApiError> refusal = senders.identify(request);
        if (refusal.isEmpty()) {
            chain.doFilter(request, response);
            return;
        }
        if (refusal.get() == ApiError.LOGIN_LIMITED) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(ErrorAdvice.RETRY_LOGIN_AFTER.toSeconds()));
        }
        errors.write(request, response, refusal.get());
    }
}
