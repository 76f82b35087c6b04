package io.github.imagehost.core.model.access;

import io.github.imagehost.core.model.OwnerId;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a token by which programs act for an owner. The token itself is known to them alone.
 *
 * @param id its id
 * @param owner for whom its bearer acts
 * @param name what its owner calls it; names need not differ
 * @param hint the last characters of the token, by which people recognise it
 * @param scopes what it is good for, as far as its owner's role allows it; never empty
 * @param binding from where it may be used
 * @param createdAt when it was made, in milliseconds
 * @param expiresAt from when on it is good for nothing; empty if it never ends by itself
 * @param lastUsedAt when it was last used, or up to a minute before that; empty if it never was
 * @param revokedAt since when it has been good for nothing because somebody said so
 */
public record AccessToken(
        long id,
        OwnerId owner,
        String name,
        String hint,
        Set<Scope> scopes,
        TokenBinding binding,
        Instant createdAt,
        Optional<Instant> expiresAt,
        Optional<Instant> lastUsedAt,
        Optional<Instant> revokedAt) {

    /** The largest number of characters of a name. */
    public static final int LONGEST_NAME = 100;

    public AccessToken {
        scopes = Set.copyOf(scopes);
    }

    /** Whether it has ended by itself at this time. */
    public boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }

    /**
     * Whether everybody may know it: it is only good for uploads from the pages of some origins, which show it to
     * whoever looks. So its bearers are many, and must not learn what of the others' is there.
     */
    public boolean isPublishable() {
        return !binding.origins().isEmpty() && scopes.equals(Set.of(Scope.UPLOAD));
    }

    /** Whether somebody has revoked it. */
    public boolean isRevoked() {
        return revokedAt.isPresent();
    }
}
