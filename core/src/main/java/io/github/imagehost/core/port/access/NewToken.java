package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * A token that is to be remembered; what its parts mean says {@link AccessToken}.
 *
 * @param owner has to be there
 * @param name 1 to {@value AccessToken#LONGEST_NAME} characters
 * @param hint up to 8 ASCII characters
 * @param secret the SHA-256 of the token; of no other one
 * @param scopes at least one
 * @param binding from where it may be used
 * @param createdAt in milliseconds
 * @param expiresAt in milliseconds
 */
public record NewToken(
        OwnerId owner,
        String name,
        String hint,
        Digest secret,
        Set<Scope> scopes,
        TokenBinding binding,
        Instant createdAt,
        Optional<Instant> expiresAt) {

    public NewToken {
        scopes = Set.copyOf(scopes);
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A token that is good for nothing");
        }
    }
}
