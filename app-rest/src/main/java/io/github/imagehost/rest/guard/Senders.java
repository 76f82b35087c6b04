package io.github.imagehost.rest.guard;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.access.settings.AccessMode;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.RequestCredential;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.access.SessionCookie;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Finds out who sends a request: by a token, or else by the cookie of a session. A session that goes on no more is none
 * where everybody may get in: browsers bring its cookie everywhere, whatever they want. Who sends too many tokens that
 * stand for nobody has to wait, since somebody may be guessing. Safe for use by many threads.
 */
@Component
public final class Senders {

    /** What proxies say of whom they speak for. Whatever it is, the request did not come from this machine alone. */
    private static final List<String> FORWARDING =
            List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Real-IP", "Via");

    private final AccessMode mode;
    private final boolean guestsMayUpload;
    private final Principals principals;
    private final SessionCookie cookie;
    private final LoginLimit limit;
    private final ClientAddresses addresses;
    private final RequestAudit audit;

    Senders(
            AccessSettings settings,
            GuestSettings guests,
            Principals principals,
            SessionCookie cookie,
            LoginLimit limit,
            ClientAddresses addresses,
            RequestAudit audit) {
        this.mode = settings.mode();
        this.guestsMayUpload = guests.mayUpload();
        this.principals = principals;
        this.cookie = cookie;
        this.limit = limit;
        this.addresses = addresses;
        this.audit = audit;
    }

    /**
     * Finds out who sends a request, before anything of its body is read.
     *
     * @return why it is refused; empty if it is not, whether anybody was found or not
     */
    Optional<ApiError> identify(HttpServletRequest request) {
        Set<String> credentials = withoutInventions(RequestCredential.allOf(request));
        return credentials.isEmpty() ? withoutCredential(request) : with(credentials, request);
    }

    /**
     * Finds out who sends a request by what is in its form, and what it brings elsewhere; to be called when all of the
     * form was read that may say it, and again if more comes.
     *
     * @param inForm what may be credentials; without them, somebody is found who needs none, if there is such a sender
     * @return why it is refused; empty if it is not, whether anybody was found or not
     */
    public Optional<ApiError> identifyByForm(HttpServletRequest request, Collection<String> inForm) {
        Set<String> elsewhere = withoutInventions(RequestCredential.allOf(request));
        Set<String> credentials = new LinkedHashSet<>(elsewhere);
        inForm.stream().map(String::strip).filter(value -> !value.isEmpty()).forEach(credentials::add);
        if (!withoutInventions(credentials).equals(elsewhere)) {
            return with(credentials, request);
        }
        boolean mayBeGuest = guestsMayUpload && !RequestPrincipal.isInEndedSession(request);
        return mayBeGuest && RequestPrincipal.isAwaited(request) ? asGuest(request) : Optional.empty();
    }

    /** Some clients insist on a credential, so where none is needed people give them anything. */
    private Set<String> withoutInventions(Set<String> credentials) {
        if (mode != AccessMode.TOKEN) {
            credentials.removeIf(credential -> !credential.startsWith(TokenSecret.PREFIX));
        }
        return credentials;
    }

    private Optional<ApiError> with(Set<String> credentials, HttpServletRequest request) {
        return credentials.size() > 1
                ? Optional.of(ApiError.CREDENTIALS_DIFFER)
                : with(credentials.iterator().next(), request);
    }

    private Optional<ApiError> withoutCredential(HttpServletRequest request) {
        // everything else is for everybody, and need not wait for the database
        Optional<String> session = RequestPath.of(request).isApi() ? cookie.of(request) : Optional.empty();
        if (session.isPresent()) {
            return inSession(session.get(), request);
        }
        switch (mode) {
            case OPEN -> RequestPrincipal.set(request, Principal.ANYBODY);
            case LOCAL -> {
                if (FORWARDING.stream().allMatch(name -> request.getHeader(name) == null)) {
                    RequestPrincipal.set(request, Principal.DEFAULT_OWNER);
                } else if (RequestPath.of(request).takesCredentialInForm()) {
                    RequestPrincipal.awaitForm(request);
                }
            }
            case TOKEN -> {
                if (RequestPath.of(request).takesCredentialInForm()) {
                    RequestPrincipal.awaitForm(request);
                } else if (guestsMayUpload && RequestPath.of(request).isUpload()) {
                    return asGuest(request);
                }
            }
        }
        return Optional.empty();
    }

    private Optional<ApiError> asGuest(HttpServletRequest request) {
        try {
            RequestPrincipal.set(request, principals.ofGuest());
        } catch (CredentialRefusedException e) {
            // the administrator lets no guests in for a while, so nobody knows who it is
        } catch (RepositoryException e) {
            return unavailable(request, e);
        }
        return Optional.empty();
    }

    private Optional<ApiError> inSession(String secret, HttpServletRequest request) {
        try {
            return accept(principals.ofSession(secret), request);
        } catch (CredentialRefusedException e) {
            RequestPrincipal.setEndedSession(request);
            if (RequestPath.of(request).takesCredentialInForm()) {
                RequestPrincipal.awaitForm(request);
            }
        } catch (RepositoryException e) {
            return unavailable(request, e);
        }
        return Optional.empty();
    }

    /** The request is sent by this one, if the credential is good from there. */
    private Optional<ApiError> accept(Principal principal, HttpServletRequest request) {
        try {
            principal.check(addresses.sourceOf(request));
        } catch (SourceRefusedException e) {
            return Optional.of(ApiError.of(e));
        }
        if (CrossSiteFilter.needsBoundToken(request)
                && principal.binding().origins().isEmpty()) {
            return Optional.of(ApiError.CROSS_SITE_REFUSED);
        }
        RequestPrincipal.set(request, principal);
        return Optional.empty();
    }

    private static Optional<ApiError> unavailable(HttpServletRequest request, RuntimeException e) {
        RequestRecord.of(request).failedBy(e);
        return Optional.of(ApiError.SERVICE_UNAVAILABLE);
    }

    private Optional<ApiError> with(String credential, HttpServletRequest request) {
        Optional<Principal> remembered = principals.remembered(credential);
        if (remembered.isPresent()) {
            return accept(remembered.get(), request);
        }
        if (limit.isOver(request)) {
            return Optional.of(ApiError.LOGIN_LIMITED);
        }
        try {
            return accept(principals.ask(credential), request);
        } catch (CredentialRefusedException e) {
            limit.noteWrong(request);
            ApiError refusal = ApiError.of(e);
            audit.noteAnonymous(
                    request,
                    Act.of(AuditAction.AUTHENTICATION).with(refusal.code()).refused());
            return Optional.of(refusal);
        } catch (RepositoryException | IdentityProviderUnavailableException e) {
            return unavailable(request, e);
        }
    }
}
