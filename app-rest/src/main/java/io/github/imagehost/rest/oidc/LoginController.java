package io.github.imagehost.rest.oidc;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.login.Identities;
import io.github.imagehost.core.access.login.StartedSession;
import io.github.imagehost.core.access.login.UnknownIdentityException;
import io.github.imagehost.core.access.owner.Entitlement;
import io.github.imagehost.core.access.owner.Entitlements;
import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.Labels;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.rest.access.BrowserSessions;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.settings.ServiceSettings;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Logging in at the identity provider, if there is one. */
@RestController
class LoginController {

    private static final String NEXT = "next";

    private final ObjectProvider<OidcLogin> login;
    private final ObjectProvider<IdentityProviderSettings> provider;
    private final Identities identities;
    private final Entitlements entitlements;
    private final Principals principals;
    private final BrowserSessions sessions;
    private final PendingLoginCookie cookie;
    private final RequestAudit audit;
    private final URI publicUrl;

    LoginController(
            ObjectProvider<OidcLogin> login,
            ObjectProvider<IdentityProviderSettings> provider,
            Identities identities,
            Entitlements entitlements,
            Principals principals,
            BrowserSessions sessions,
            PendingLoginCookie cookie,
            RequestAudit audit,
            ServiceSettings settings) {
        this.login = login;
        this.provider = provider;
        this.identities = identities;
        this.entitlements = entitlements;
        this.principals = principals;
        this.sessions = sessions;
        this.cookie = cookie;
        this.audit = audit;
        this.publicUrl = settings.publicUrl();
    }

    @OpenToEverybody
    @GetMapping("/api/login")
    ResponseEntity<Void> begin(
            @RequestParam(name = NEXT, required = false) @Nullable String next,
            HttpServletRequest request,
            HttpServletResponse response) {
        OidcLogin provided = provided();
        LocalPath target = next == null
                ? LocalPath.ROOT
                : LocalPath.parse(next).orElseThrow(() -> ApiException.illegalParameter(NEXT, "legal.local_path"));
        OidcLogin.Departure departure = provided.begin(request, target);
        cookie.set(response, departure.pending());
        return redirect(departure.page());
    }

    @OpenToEverybody
    @GetMapping(IdentityProvider.CALLBACK)
    ResponseEntity<Void> finish(HttpServletRequest request, HttpServletResponse response) {
        OidcLogin provided = provided();
        cookie.clear(response);
        OidcLogin.Arrival arrival = provided.finish(request, cookie.of(request).orElse(""));
        StartedSession started = logIn(arrival, request);
        entitle(started.principal(), arrival, request);
        sessions.begin(request, response, started);
        audit.noteAs(
                started.principal(),
                request,
                loggingIn().about(started.principal().owner()));
        return redirect(URI.create(publicUrl + arrival.next().value()));
    }

    /** Whoever has no provider has no such routes. */
    private OidcLogin provided() {
        OidcLogin provided = login.getIfAvailable();
        if (provided == null) {
            throw new ApiException(ApiError.NOT_FOUND);
        }
        return provided;
    }

    private static Act loggingIn() {
        return Act.of(AuditAction.LOGIN).with(Labels.of(SessionStart.OIDC));
    }

    private StartedSession logIn(OidcLogin.Arrival arrival, HttpServletRequest request) {
        try {
            return provider.getObject().addsOwners()
                    ? identities.logInOrAdd(arrival.identity(), arrival.calledBy())
                    : identities.logIn(arrival.identity());
        } catch (UnknownIdentityException e) {
            audit.noteAnonymous(request, loggingIn().refused());
            throw new ApiException(ApiError.IDENTITY_UNKNOWN, e, e.subject());
        } catch (CredentialRefusedException e) {
            audit.noteAnonymous(request, loggingIn().refused());
            throw e;
        }
    }

    /** Before the browser gets the session, so that it is never good for more than the provider says. */
    private void entitle(Principal sender, OidcLogin.Arrival arrival, HttpServletRequest request) {
        Entitlement entitlement = provider.getObject().claims().read(arrival.claims());
        Entitlements.Grant grant = entitlements.grant(sender.owner(), entitlement);
        if (grant.role().isPresent()) {
            principals.forget(sender.owner());
        }
        Acts.entitled(sender.owner(), grant).forEach(act -> audit.noteAs(sender, request, act));
    }

    private static ResponseEntity<Void> redirect(URI target) {
        return ResponseEntity.status(HttpStatus.FOUND).location(target).build();
    }
}
