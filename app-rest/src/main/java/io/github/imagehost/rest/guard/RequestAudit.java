package io.github.imagehost.rest.guard;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.settings.AccessMode;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.rest.access.RequestPrincipal;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/**
 * Notes in the audit log what senders of requests did. To be told after it is done; never fails. Safe for use by many
 * threads.
 */
@Component
public final class RequestAudit {

    private final ObjectProvider<AuditTrail> trail;
    private final ClientAddresses addresses;
    private final AccessMode mode;

    /** @param trail is asked for when it is needed: filters are there before the database is */
    RequestAudit(ObjectProvider<AuditTrail> trail, ClientAddresses addresses, AccessSettings settings) {
        this.trail = trail;
        this.addresses = addresses;
        this.mode = settings.mode();
    }

    /** The sender of this request did that. */
    public void note(HttpServletRequest request, Act act) {
        note(request, RequestPrincipal.of(request), act);
    }

    /** Whoever has just shown by this request who he is did that. */
    public void noteAs(Principal principal, HttpServletRequest request, Act act) {
        note(request, Optional.of(principal), act);
    }

    /** Somebody who could not show who he is did that. */
    public void noteAnonymous(HttpServletRequest request, Act act) {
        note(request, Optional.empty(), act);
    }

    /** Whoever has a link for that did it, in the name of this owner. */
    public void noteByLink(OwnerId owner, HttpServletRequest request, Act act) {
        note(Actor.Kind.LINK, Optional.of(owner), Optional.empty(), request, act);
    }

    private void note(HttpServletRequest request, Optional<Principal> principal, Act act) {
        note(
                principal.map(this::kind).orElse(Actor.Kind.ANONYMOUS),
                principal.map(Principal::owner),
                principal.flatMap(Principal::token).map(AccessToken::id),
                request,
                act);
    }

    private void note(
            Actor.Kind kind, Optional<OwnerId> owner, Optional<Long> token, HttpServletRequest request, Act act) {
        trail.getObject().note(new Actor(kind, owner, token, Optional.of(addresses.clientOf(request))), act);
    }

    private Actor.Kind kind(Principal principal) {
        if (principal.session().isPresent()) {
            return Actor.Kind.SESSION;
        }
        if (principal.equals(Principal.ANYBODY)) {
            return Actor.Kind.OPEN;
        }
        if (principal.role() == Role.GUEST) {
            return Actor.Kind.GUEST;
        }
        // the token of the settings is none that the database knows
        boolean isOfThisMachine = mode == AccessMode.LOCAL && principal.token().isEmpty();
        return isOfThisMachine ? Actor.Kind.LOCAL : Actor.Kind.TOKEN;
    }
}
