package io.github.imagehost.rest.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.imagehost.core.access.GuestSettings;
import io.github.imagehost.core.access.Principal;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.RateLimit;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** Limits how many requests each client, each token, or each guest makes to the API within a window of time. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 6)
class RateLimitFilter extends OncePerRequestFilter {

    private static final int MAX_CLIENTS = 100_000;

    private final Optional<RateLimit> limit;
    private final RateLimit guestLimit;
    private final ClientAddresses addresses;
    private final ErrorResponses errors;
    private final Cache<String, Bucket> buckets;

    RateLimitFilter(ServiceSettings settings, GuestSettings guests, ClientAddresses addresses, ErrorResponses errors) {
        this.limit = settings.rateLimit();
        this.guestLimit = new RateLimit(guests.uploadsPerHour(), Duration.ofHours(1));
        this.addresses = addresses;
        this.errors = errors;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterAccess(limit.map(RateLimit::window)
                        .filter(window -> window.compareTo(guestLimit.window()) > 0)
                        .orElse(guestLimit.window()))
                .build();
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return limitOf(request).isEmpty() || !RequestPath.of(request).isApi();
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        RateLimit present = limitOf(request).orElseThrow();
        Bucket bucket = buckets.get(keyOf(request), key -> newBucket(present));
        ConsumptionProbe probe = bucket.tryConsumeAndReturnRemaining(1);
        long resetSeconds = secondsRoundedUp(probe.getNanosToWaitForReset());
        String remaining = String.valueOf(probe.getRemainingTokens());
        String requests = String.valueOf(present.requests());
        response.setHeader(
                "RateLimit-Policy", requests + ";w=" + present.window().toSeconds());
        response.setHeader("RateLimit-Limit", requests);
        response.setHeader("RateLimit-Remaining", remaining);
        response.setHeader("RateLimit-Reset", String.valueOf(resetSeconds));
        response.setHeader("X-RateLimit-Limit", requests);
        response.setHeader("X-RateLimit-Remaining", remaining);
        response.setHeader("X-RateLimit-Reset", String.valueOf(Instant.now().getEpochSecond() + resetSeconds));
        if (probe.isConsumed()) {
            chain.doFilter(request, response);
        } else {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(secondsRoundedUp(probe.getNanosToWaitForRefill())));
            errors.write(request, response, ApiError.RATE_LIMITED);
        }
    }

    private Optional<RateLimit> limitOf(HttpServletRequest request) {
        return RequestPrincipal.isByGuest(request) ? Optional.of(guestLimit) : limit;
    }

    /**
     * Whoever has a token has a limit of its own, wherever it is used from. With one that everybody may have, each
     * client has one, so that none of them is in the others' way.
     */
    private String keyOf(HttpServletRequest request) {
        if (RequestPrincipal.isByGuest(request)) {
            return "guest " + addresses.clientOf(request);
        }
        return RequestPrincipal.of(request)
                .flatMap(Principal::token)
                .map(token ->
                        "token " + token.id() + (token.isPublishable() ? " of " + addresses.clientOf(request) : ""))
                .orElseGet(() -> addresses.clientOf(request));
    }

    private static Bucket newBucket(RateLimit limit) {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(limit.requests()).refillIntervally(limit.requests(), limit.window()))
                .build();
    }

    private static long secondsRoundedUp(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }
}
