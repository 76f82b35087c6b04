package io.github.imagehost.rest.testing;

import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.NewPassword;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.access.source.RequestSource;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Makes owners and tokens in a running service, as an administrator does on its machine. */
public final class Accounts {

    private final Owners owners;
    private final AccessTokens tokens;
    private final LoginLinks links;
    private final Logins logins;

    public Accounts(RunningService service) {
        this.owners = service.part(Owners.class);
        this.tokens = service.part(AccessTokens.class);
        this.links = service.part(LoginLinks.class);
        this.logins = service.part(Logins.class);
    }

    /** A new owner, with a name that nobody has. */
    public Owner add(Role role) {
        return owners.add(new OwnerName("o" + UUID.randomUUID()), role);
    }

    /** Suspends an owner. */
    public void suspend(OwnerId owner) {
        owners.change(owner, new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));
    }

    /** A token that is good for everything that its owner may do. */
    public String token(OwnerId owner) {
        return token(owner, EnumSet.allOf(Scope.class));
    }

    /** A token with these scopes. */
    public String token(OwnerId owner, Collection<Scope> scopes) {
        return issue(owner, scopes, Duration.ofHours(1)).secret().reveal();
    }

    /** A token with these scopes, which is good only from there. */
    public String token(OwnerId owner, Collection<Scope> scopes, TokenBinding binding) {
        TokenRequest request =
                new TokenRequest(owner, "test", Set.copyOf(scopes), Optional.of(Duration.ofHours(1)), binding);
        return tokens.issue(request).secret().reveal();
    }

    /** A token with these scopes, for this time. */
    public IssuedToken issue(OwnerId owner, Collection<Scope> scopes, Duration life) {
        return tokens.issue(new TokenRequest(owner, "test", Set.copyOf(scopes), Optional.of(life)));
    }

    /** Revokes a token. */
    public void revoke(IssuedToken issued) {
        tokens.revoke(issued.token().owner(), issued.token().id());
    }

    /** A login link, good once. */
    public String link(OwnerId owner) {
        return links.issue(owner).orElseThrow().secret().reveal();
    }

    /** A session in which a browser acts for this owner in person. */
    public String session(OwnerId owner) {
        return logins.withLink(link(owner)).secret().reveal();
    }

    /** A session that a token began. */
    public String sessionBy(String token) {
        RequestSource source = new RequestSource(Optional.empty(), InetAddress.getLoopbackAddress());
        return logins.withToken(token, source).secret().reveal();
    }

    /** Gives an owner a password. */
    public void givePassword(Owner owner, String password) {
        Principal sender = logins.withLink(link(owner.id())).principal();
        logins.changePassword(sender, Optional.empty(), NewPassword.of(password, owner.name()));
    }
}
