package io.github.imagehost.core.access.credential;

import io.github.imagehost.core.access.source.RequestSource;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.TokenBinding;
import java.time.Instant;
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
 * @param expiresAt from when on the credential is good for nothing, as far as that is known
 */
public record Principal(
        OwnerId owner,
        Role role,
        Set<Scope> scopes,
        Optional<AccessToken> token,
        Optional<Session> session,
        Optional<Instant> expiresAt) {

    /** What a credential may be good for that can leave nothing behind which would let its bearer in later. */
    static final Set<Scope> LEAVING_NO_CREDENTIALS =
            Set.copyOf(EnumSet.of(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.MANAGE));

    /** The owner who is there from the beginning, in person. */
    public static final Principal DEFAULT_OWNER = inPerson(OwnerId.DEFAULT, Role.ADMIN, EnumSet.allOf(Scope.class));

    /**
     * Whoever comes to a service that is open to everybody: acts for the owner who is there from the beginning, but can
     * leave nothing behind that would let him in when the service is not open any more.
     */
    public static final Principal ANYBODY = inPerson(OwnerId.DEFAULT, Role.ADMIN, LEAVING_NO_CREDENTIALS);

    /**
     * Whoever brings no credential, where that is enough for uploads.
     *
     * @param owner of what all of them upload
     */
    static Principal guest(Owner owner) {
        return inPerson(owner.id(), owner.role(), EnumSet.of(Scope.UPLOAD));
    }

    /** An owner without a credential that would say less. */
    public static Principal inPerson(OwnerId owner, Role role, Set<Scope> scopes) {
        return new Principal(owner, role, scopes, Optional.empty(), Optional.empty(), Optional.empty());
    }

    /** Whoever brings a token that was made here. */
    static Principal bearer(Owner owner, AccessToken token) {
        return new Principal(
                owner.id(), owner.role(), token.scopes(), Optional.of(token), Optional.empty(), token.expiresAt());
    }

    /** Whoever brings a token that an identity provider has made. */
    static Principal bearer(Owner owner, Set<Scope> scopes, Instant expiresAt) {
        return new Principal(
                owner.id(), owner.role(), scopes, Optional.empty(), Optional.empty(), Optional.of(expiresAt));
    }

    public Principal {
        scopes = Set.copyOf(scopes);
    }

    /** Whether the credential has ended by itself at this time. */
    public boolean isExpired(Instant now) {
        return expiresAt.isPresent() && !now.isBefore(expiresAt.get());
    }

    /** Whether this one sees an image without a link that was signed for it. */
    public boolean maySee(Image image) {
        return owner.equals(image.owner()) && may(Scope.READ);
    }

    /** Whether this is allowed: to the credential, and to the owner's role. */
    public boolean may(Scope scope) {
        return scopes.contains(scope) && role.allows(scope);
    }

    /**
     * Whether people act so who do not know of one another: guests, and whoever reads a token that is made to be
     * published. None of them must learn what others have uploaded, neither by an answer nor by what it lacks.
     */
    public boolean isShared() {
        return role == Role.GUEST || token.map(AccessToken::isPublishable).orElse(false);
    }

    /** From where the credential is good. */
    public TokenBinding binding() {
        return token.map(AccessToken::binding).orElse(TokenBinding.NONE);
    }

    /**
     * Goes on only if the credential is good from there.
     *
     * @throws SourceRefusedException if it is not
     */
    public void check(RequestSource source) {
        if (!binding().allowsAddress(source.client())) {
            throw new SourceRefusedException(SourceRefusedException.Reason.ADDRESS);
        }
        if (!binding().allowsOrigin(source.origin())) {
            throw new SourceRefusedException(SourceRefusedException.Reason.ORIGIN);
        }
    }
}
