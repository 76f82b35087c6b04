package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import io.github.imagehost.core.port.access.IdentityTokenVerifier;
import io.github.imagehost.core.port.access.IdentityTokenVerifier.VerifiedToken;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import java.time.InstantSource;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Finds out for whom a token stands that an identity provider has made. Remembers nothing. Safe for use by many
 * threads.
 */
public final class IdentityTokens {

    /** How a JSON Web Token begins that is signed or encrypted, see RFC 7519: with an object in base64url. */
    private static final Pattern SHAPE = Pattern.compile("eyJ[^.]*\\..*", Pattern.DOTALL);

    private final AccessRepository repository;
    private final IdentityTokenVerifier verifier;
    private final InstantSource clock;

    /** @param repository stays open */
    public IdentityTokens(AccessRepository repository, IdentityTokenVerifier verifier, InstantSource clock) {
        this.repository = repository;
        this.verifier = verifier;
        this.clock = clock;
    }

    /** Whether a credential looks like a token of an identity provider's, and so like no other one. */
    public static boolean isLike(String credential) {
        return SHAPE.matcher(credential).matches();
    }

    /**
     * For whom this token stands now. It is good for those of our scopes that it names, or for all if it names none;
     * but never for what would let its bearer in after it has ended: {@link Scope#ACCOUNT} and {@link Scope#ADMIN}.
     *
     * @param token any text
     * @throws CredentialRefusedException if it stands for nobody, or not any more
     * @throws IdentityProviderUnavailableException if the provider has to be asked and does not answer
     * @throws RepositoryException if the owner can't be read
     */
    public Principal authenticate(String token) {
        VerifiedToken verified =
                verifier.verify(token).orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        if (!clock.instant().isBefore(verified.expiresAt())) {
            throw new CredentialRefusedException(Reason.EXPIRED);
        }
        Owner owner = repository
                .findOwner(verified.identity())
                .orElseThrow(() -> new CredentialRefusedException(Reason.INVALID));
        if (!owner.isActive()) {
            throw new CredentialRefusedException(Reason.OWNER_SUSPENDED);
        }
        return Principal.bearer(owner, scopes(verified), verified.expiresAt());
    }

    private static Set<Scope> scopes(VerifiedToken token) {
        return Principal.LEAVING_NO_CREDENTIALS.stream()
                .filter(scope -> token.scopes().isEmpty() || token.scopes().contains(scope))
                .collect(Collectors.toSet());
    }
}
