package io.github.imagehost.rest.guard;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.login.WrongPasswordException;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.ErrorAdvice;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/**
 * Limits how often somebody may be wrong: each client with tokens, links and passwords, and all clients together with
 * the password of one owner, since many may guess together. Who is logged in already is not asked. Safe for use by many
 * threads.
 */
@Component
public final class LoginLimit {

    private static final int REFUSALS = 10;
    private static final int MOST_REMEMBERED = 100_000;

    private final ClientAddresses addresses;
    private final Cache<String, Bucket> clients = newCache();
    private final Cache<OwnerName, Bucket> owners = newCache();

    LoginLimit(ClientAddresses addresses) {
        this.addresses = addresses;
    }

    private static <K> Cache<K, Bucket> newCache() {
        return Caffeine.newBuilder()
                .maximumSize(MOST_REMEMBERED)
                .expireAfterAccess(ErrorAdvice.RETRY_LOGIN_AFTER)
                .build();
    }

    /**
     * Lets somebody try to log in. The try counts from the beginning, so that many at the same moment are no way around
     * the limit; it does not count in the end if nothing was wrong with it.
     *
     * @param owner whose password it is about; empty if it is about none
     * @param login fails with {@link CredentialRefusedException} or {@link WrongPasswordException} if it was wrong
     * @throws ApiException if this client, or all clients with this owner, were wrong too often
     */
    public <T> T attempt(HttpServletRequest request, Optional<OwnerName> owner, Supplier<T> login) {
        List<Bucket> taken = take(request, owner);
        boolean isWrong = false;
        try {
            return login.get();
        } catch (CredentialRefusedException | WrongPasswordException e) {
            isWrong = true;
            throw e;
        } finally {
            if (!isWrong) {
                giveBack(taken);
            }
        }
    }

    private List<Bucket> take(HttpServletRequest request, Optional<OwnerName> owner) {
        List<Bucket> taken = new ArrayList<>();
        List<Bucket> all = Stream.concat(Stream.of(of(request)), owner.map(this::of).stream())
                .toList();
        for (Bucket bucket : all) {
            if (!bucket.tryConsume(1)) {
                giveBack(taken);
                throw new ApiException(ApiError.LOGIN_LIMITED);
            }
            taken.add(bucket);
        }
        return taken;
    }

    private static void giveBack(List<Bucket> taken) {
        taken.forEach(bucket -> bucket.addTokens(1));
    }

    /** Whether this client was wrong too often. */
    boolean isOver(HttpServletRequest request) {
        return of(request).getAvailableTokens() == 0;
    }

    /** This client was wrong. */
    void noteWrong(HttpServletRequest request) {
        of(request).tryConsume(1);
    }

    private Bucket of(HttpServletRequest request) {
        return clients.get(addresses.clientOf(request), client -> newBucket());
    }

    private Bucket of(OwnerName owner) {
        return owners.get(owner, name -> newBucket());
    }

    private static Bucket newBucket() {
        return Bucket.builder()
                .addLimit(bandwidth ->
                        bandwidth.capacity(REFUSALS).refillIntervally(REFUSALS, ErrorAdvice.RETRY_LOGIN_AFTER))
                .build();
    }
}
