package io.github.imagehost.core.access;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who acts, and what that is good for.
 *
 * @param owner whose images are meant
 * @param role of the owner, who is active
 * @param scopes what the credential is good for
 * @param token that was the credential, or with which the session began; empty if the owner acts in person
 * @param session in which this happens; empty if there is none
 */
public record Principal(
        OwnerId owner, Role role, Set<Scope> scopes, Optional<AccessToken> token, Optional<Session> session) {

    /** The owner who is there from the beginning, in person. */
    public static final Principal DEFAULT_OWNER =
            new Principal(OwnerId.DEFAULT, Role.ADMIN, EnumSet.allOf(Scope.class), Optional.empty(), Optional.empty());

    /**
     * Whoever comes to a service that is open to everybody: acts for the owner who is there from the beginning, but can
     * leave nothing behind that would let him in when the service is not open any more.
     */
    public static final Principal ANYBODY = new Principal(
            OwnerId.DEFAULT,
            Role.ADMIN,
            EnumSet.of(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.MANAGE),
            Optional.empty(),
            Optional.empty());

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Whether this one sees an image without a link that was signed for it. */
    public boolean maySee(Image image) {
        return owner.equals(image.owner()) && may(Scope.READ);
    }

    /** Whether this is allowed: to the credential, and to the owner's role. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) && role.allows(scope);
    }
}
