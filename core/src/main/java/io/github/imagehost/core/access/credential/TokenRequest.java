package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * A token that somebody wants.
 *
 * @param owner for whom its bearer acts
 * @param name what its owner calls it: 1 to {@value AccessToken#LONGEST_NAME} characters, no control characters, not
 *     blank
 * @param scopes what it is to be good for; at least one
 * @param life how long, at least a second; empty for as long as nobody revokes it
 * @param binding from where it may be used
 */
public record TokenRequest(
        OwnerId owner, String name, Set<Scope> scopes, Optional<Duration> life, TokenBinding binding) {

    /** How long a token is good for unless somebody says otherwise. */
    public static final Duration DEFAULT_LIFE = Duration.ofDays(365);

    private static final Duration SHORTEST_LIFE = Duration.ofSeconds(1);

    /** The longest life that has an end. */
    public static final Duration LONGEST_LIFE = Duration.ofDays(36_500);

    public TokenRequest {
        scopes = Set.copyOf(scopes);
        int length = name.codePointCount(0, name.length());
        if (name.isBlank() || length > AccessToken.LONGEST_NAME || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("A token's name has 1 to " + AccessToken.LONGEST_NAME
                    + " characters, none of them a control character, and is not blank");
        }
        if (scopes.isEmpty()) {
            throw new IllegalArgumentException("A token is good for something: it has at least one scope");
        }
        if (!life.map(TokenRequest::isLegalLife).orElse(true)) {
            throw new IllegalArgumentException("A token lives from 1 second to " + LONGEST_LIFE.toDays() + " days");
        }
    }

    /** A token that may be used from anywhere. */
    public TokenRequest(OwnerId owner, String name, Set<Scope> scopes, Optional<Duration> life) {
        this(owner, name, scopes, life, TokenBinding.NONE);
    }

    /** The same, but that where nothing is said of from where it may be used, that is as the other binding says. */
    TokenRequest within(TokenBinding outer) {
        return new TokenRequest(owner, name, scopes, life, binding.orElse(outer));
    }

    /** Whether a token may live for so long. */
    public static boolean isLegalLife(Duration life) {
        return life.compareTo(SHORTEST_LIFE) >= 0 && life.compareTo(LONGEST_LIFE) <= 0;
    }
}
