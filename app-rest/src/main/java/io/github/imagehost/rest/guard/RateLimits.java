package io.github.imagehost.rest.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.RateLimit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;

/**
 * Counts how many requests each client, each token, each owner who has logged in, or each guest makes to the API within
 * a window of time. Safe for use by many threads.
 */
@Component
public final class RateLimits {

    private static final int MAX_CLIENTS = 100_000;

    private final Optional<RateLimit> limit;
    private final Optional<RateLimit> ownerLimit;
    private final RateLimit guestLimit;
    private final ClientAddresses addresses;
    private final Cache<String, Bucket> buckets;

    RateLimits(ServiceSettings settings, GuestSettings guests, ClientAddresses addresses) {
        this.limit = settings.rateLimit();
        this.ownerLimit = settings.ownerRateLimit();
        this.guestLimit = new RateLimit(guests.uploadsPerHour(), Duration.ofHours(1));
        this.addresses = addresses;
        this.buckets = Caffeine.newBuilder()
                .maximumSize(MAX_CLIENTS)
                .expireAfterAccess(Stream.of(limit, ownerLimit, Optional.of(guestLimit))
                        .flatMap(Optional::stream)
                        .map(RateLimit::window)
                        .max(Comparator.naturalOrder())
                        .orElseThrow())
                .build();
    }

    /**
     * Counts a request for its sender, as far as it is known who that is; the answer's headers tell how many are left,
     * or when to come back.
     *
     * @return whether there were not too many
     */
    public boolean count(HttpServletRequest request, HttpServletResponse response) {
        Optional<RateLimit> chosen = limitOf(request);
        if (chosen.isEmpty()) {
            return true;
        }
        RateLimit present = chosen.get();
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
        if (!probe.isConsumed()) {
            response.setHeader(
                    HttpHeaders.RETRY_AFTER, String.valueOf(secondsRoundedUp(probe.getNanosToWaitForRefill())));
        }
        return probe.isConsumed();
    }

    private Optional<RateLimit> limitOf(HttpServletRequest request) {
        if (RequestPrincipal.isByGuest(request)) {
            return Optional.of(guestLimit);
        }
        return ownerInSession(request).isPresent() ? ownerLimit : limit;
    }

    /**
     * Whoever has a token has a limit of its own, wherever it is used from. With one that everybody may have, each
     * client has one, so that none of them is in the others' way. Whoever has logged in, by whatever it was, has one
     * limit in all browsers, and shares it with nobody at the same address.
     */
    private String keyOf(HttpServletRequest request) {
        if (RequestPrincipal.isByGuest(request)) {
            return "guest " + addresses.clientOf(request);
        }
        Optional<OwnerId> owner = ownerInSession(request);
        if (owner.isPresent()) {
            return "owner " + owner.get().value();
        }
        return RequestPrincipal.of(request)
                .flatMap(Principal::token)
                .map(token ->
                        "token " + token.id() + (token.isPublishable() ? " of " + addresses.clientOf(request) : ""))
                .orElseGet(() -> addresses.clientOf(request));
    }

    private static Optional<OwnerId> ownerInSession(HttpServletRequest request) {
        return RequestPrincipal.of(request)
                .filter(sender -> sender.session().isPresent())
                .map(Principal::owner);
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
