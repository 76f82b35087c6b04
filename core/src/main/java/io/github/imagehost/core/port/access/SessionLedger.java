package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.LoginLink;
import io.github.imagehost.core.model.access.Session;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The part of the {@link AccessRepository} that knows sessions and login links, but not what their bearers send. None
 * of them is there any more when their owner's epoch is another one.
 */
public interface SessionLedger {

    /** Remembers a session. */
    void addSession(Session session);

    /** The session whose SHA-256 this is, an expired one included; empty if there is none. */
    Optional<Session> findSession(Digest secret);

    /** All sessions of this owner, expired ones included, in the order in which they began. */
    List<Session> sessions(OwnerId owner);

    /**
     * Notes that a session was used. Changes nothing if it was used later than that already, or if there is none.
     *
     * @param expiresAt from when on it is good for nothing unless it is used before
     */
    void noteSeen(Digest secret, Instant seenAt, Instant expiresAt);

    /** Forgets a session. May be repeated. */
    void endSession(Digest secret);

    /** Remembers a login link. */
    void addLink(LoginLink link);

    /**
     * Forgets a login link, and answers it to exactly one of those who want it, however many do so at once.
     *
     * @return the link, an expired one included; empty if there is none, or if somebody else got it
     */
    Optional<LoginLink> takeLink(Digest secret);

    /**
     * Forgets sessions and login links that have expired at this time. May be repeated.
     *
     * @param most how many of each at the most
     * @return how many they were
     */
    int removeExpired(Instant now, int most);
}
