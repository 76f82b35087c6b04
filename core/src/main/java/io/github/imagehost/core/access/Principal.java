package io.github.imagehost.core.access;

import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Scope;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/**
 * Who acts, and what that is good for.
 *
 * @param owner whose images are meant
 * @param scopes what the credential is good for
 * @param token that was the credential; empty if it was something else
 */
public record Principal(Owner owner, Set<Scope> scopes, Optional<AccessToken> token) {

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** An owner in person: everything that its role allows. */
    public static Principal inPerson(Owner owner) {
        return new Principal(owner, EnumSet.allOf(Scope.class), Optional.empty());
    }

    /** Whether this is allowed: to the credential, and to the owner's role. */
    public boolean may(Scope scope) {
        return owner.isActive() && scopes.contains(scope) && owner.role().allows(scope);
    }
}
