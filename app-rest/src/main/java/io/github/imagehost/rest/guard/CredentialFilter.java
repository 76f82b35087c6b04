package io.github.imagehost.rest.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.imagehost.core.access.AccessMode;
import io.github.imagehost.core.access.AccessSettings;
import io.github.imagehost.core.access.CredentialRefusedException;
import io.github.imagehost.core.access.Principal;
import io.github.imagehost.core.access.TokenSecret;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.RequestCredential;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ErrorResponses;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds out who sends a request. One with a token that stands for nobody is refused whatever it is for, so that whoever
 * made a mistake learns it; who sends too many of them has to wait, since somebody may be guessing.
 */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 3)
class CredentialFilter extends OncePerRequestFilter {

    private static final int REFUSALS = 10;
    private static final Duration WINDOW = Duration.ofMinutes(10);
    private static final int MAX_CLIENTS = 100_000;

    /** What proxies say of whom they speak for. Whatever it is, the request did not come from this machine alone. */
    private static final List<String> FORWARDING =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final AccessMode mode;
    private final Principals principals;
    private final ClientAddresses addresses;
    private final ErrorResponses errors;
    private final Cache<String, Bucket> refusals = Caffeine.newBuilder()
            .maximumSize(MAX_CLIENTS)
            .expireAfterAccess(WINDOW)
            .build();

    CredentialFilter(AccessSettings settings, Principals principals, ClientAddresses addresses, ErrorResponses errors) {
        this.mode = settings.mode();
        this.principals = principals;
        this.addresses = addresses;
        this.errors = errors;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        Set<String> credentials = RequestCredential.allOf(request);
        if (mode != AccessMode.TOKEN) {
            // some clients insist on one, so people give them anything
            credentials.removeIf(credential -> !credential.startsWith(TokenSecret.PREFIX));
        }
        Optional<ApiError> refusal = credentials.isEmpty()
                ? withoutCredential(request)
                : credentials.size() > 1
                        ? Optional.of(ApiError.CREDENTIALS_DIFFER)
                        : with(credentials.iterator().next(), request, response);
        if (refusal.isPresent()) {
            errors.write(request, response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private Optional<ApiError> withoutCredential(HttpServletRequest request) {
        boolean isOwner = switch (mode) {
            case OPEN -> true;
            case LOCAL -> FORWARDING.stream().allMatch(name -> request.getHeader(name) == null);
            case TOKEN -> false;
        };
        if (isOwner) {
            RequestPrincipal.set(request, Principal.DEFAULT_OWNER);
        }
        return Optional.empty();
    }

    private Optional<ApiError> with(String credential, HttpServletRequest request, HttpServletResponse response) {
        Optional<Principal> remembered = principals.remembered(credential);
        if (remembered.isPresent()) {
            RequestPrincipal.set(request, remembered.get());
            return Optional.empty();
        }
        Bucket bucket = refusals.get(addresses.clientOf(request), client -> newBucket());
        if (bucket.getAvailableTokens() == 0) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(WINDOW.toSeconds()));
            return Optional.of(ApiError.LOGIN_LIMITED);
        }
        try {
            RequestPrincipal.set(request, principals.ask(credential));
            return Optional.empty();
        } catch (CredentialRefusedException e) {
            bucket.tryConsume(1);
            return Optional.of(
                    switch (e.reason()) {
                        case INVALID -> ApiError.TOKEN_INVALID;
                        case EXPIRED -> ApiError.TOKEN_EXPIRED;
                        case OWNER_SUSPENDED -> ApiError.OWNER_SUSPENDED;
                    });
        } catch (RepositoryException e) {
            RequestRecord.of(request).failedBy(e);
            return Optional.of(ApiError.SERVICE_UNAVAILABLE);
        }
    }

    private static Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth -> bandwidth.capacity(REFUSALS).refillIntervally(REFUSALS, WINDOW))
                .build();
    }
}
