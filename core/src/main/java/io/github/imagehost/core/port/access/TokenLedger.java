package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Origin;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The part of the {@link AccessRepository} that knows tokens, but not what their bearers send. */
public interface TokenLedger {

    /** Remembers a token, under an id that no token has had before. */
    AccessToken addToken(NewToken token);

    /**
     * The token whose SHA-256 this is, revoked or expired ones included; empty if there is none. Costs one read of a
     * unique index.
     */
    Optional<AccessToken> findToken(Digest secret);

    /**
     * The token of this owner with this id, revoked or expired ones included; empty if there is none, or if it is
     * another owner's.
     */
    Optional<AccessToken> findToken(OwnerId owner, long id);

    /** All tokens of this owner, revoked and expired ones included, in the order of their ids. */
    List<AccessToken> tokens(OwnerId owner);

    /** Whether there is any token that is neither revoked nor expired at this time, whoever owns it. */
    boolean hasUsableToken(Instant now);

    /** The origins that any token is bound to which is neither revoked nor expired at this time, whoever owns it. */
    Set<Origin> boundOrigins(Instant now);

    /**
     * Revokes a token of this owner; the time of an earlier revocation stays. May be repeated.
     *
     * @return how it is from now on; empty if there is none with this id, or if it is another owner's
     */
    Optional<AccessToken> revokeToken(OwnerId owner, long id, Instant now);

    /** Notes that a token was used; an earlier time than what is noted changes nothing, and neither does another id. */
    void noteUse(long id, Instant now);
}
