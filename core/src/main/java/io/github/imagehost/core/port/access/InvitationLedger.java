package io.github.imagehost.core.port.access;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.Role;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The part of the {@link AccessRepository} that knows invitations, also those that are good for nothing any more. */
public interface InvitationLedger {

    /** Adds an invitation, with an id that none has had before. */
    Invitation addInvitation(NewInvitation invitation);

    /** The invitation with this secret; empty if there is none. */
    Optional<Invitation> findInvitation(Digest secret);

    /** All invitations, in the order of their ids. */
    List<Invitation> invitations();

    /**
     * Makes an invitation good for nothing. May be repeated; the first time counts.
     *
     * @return how it is from now on; empty if there is none with this id
     */
    Optional<Invitation> revokeInvitation(long id, Instant now);

    /**
     * Takes one use of an invitation and adds an active owner with {@link Role#USER}, this password and the quota of
     * the invitation: all of it or nothing. However many do so at once, an invitation makes no more owners than it has
     * uses.
     *
     * @return how the new owner may log in; empty if there is no such invitation, or if it is not
     *     {@linkplain Invitation#isUsable usable} at this time: nothing was changed
     * @throws NameTakenException if another owner has this name; nothing was changed
     */
    Optional<OwnerLogin> acceptInvitation(Digest secret, OwnerName name, PasswordHash password, Instant now);
}
