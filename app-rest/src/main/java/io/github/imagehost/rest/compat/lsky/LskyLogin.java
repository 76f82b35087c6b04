package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.access.Labels;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.rest.body.FormBody;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.guard.LoginLimit;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Finds out who wants a token: by {@code email}, which is the owner's name here, and {@code password}, which may also
 * be a token that is good for making others, for owners without a password.
 */
@Component
final class LskyLogin {

    private static final String EMAIL = "email";
    private static final String PASSWORD = "password";

    private final Logins logins;
    private final Owners owners;
    private final LoginLimit limit;
    private final ClientAddresses addresses;
    private final RequestAudit audit;
    private final FormBody body;

    LskyLogin(
            Logins logins,
            Owners owners,
            LoginLimit limit,
            ClientAddresses addresses,
            RequestAudit audit,
            FormBody body) {
        this.logins = logins;
        this.owners = owners;
        this.limit = limit;
        this.addresses = addresses;
        this.audit = audit;
        this.body = body;
    }

    /** @throws ApiException if that is nobody who may have a token, or was tried too often */
    Principal read(HttpServletRequest request) {
        Map<String, String> fields = body.read(request);
        String name = required(fields, EMAIL);
        String password = required(fields, PASSWORD);
        boolean isToken = password.strip().startsWith(TokenSecret.PREFIX);
        try {
            return isToken
                    ? limit.attempt(request, Optional.empty(), () -> byToken(name, password.strip(), request))
                    : limit.attempt(request, owner(name), () -> logins.byPassword(name, password));
        } catch (CredentialRefusedException e) {
            Act act = Act.of(AuditAction.LOGIN)
                    .with(Labels.of(isToken ? SessionStart.TOKEN : SessionStart.PASSWORD))
                    .refused();
            // a name that nobody has is not noted: some people type their passwords there
            audit.noteAnonymous(
                    request,
                    owner(name)
                            .flatMap(owners::find)
                            .map(owner -> act.about(owner.id()))
                            .orElse(act));
            throw new ApiException(ApiError.LOGIN_FAILED, e);
        }
    }

    private static String required(Map<String, String> fields, String name) {
        return Optional.ofNullable(fields.get(name))
                .filter(text -> !text.isBlank())
                .orElseThrow(() -> ApiException.illegalParameter(name, "legal.text"));
    }

    /** Nobody has a name that is not legal. */
    private static Optional<OwnerName> owner(String name) {
        try {
            return Optional.of(OwnerName.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Principal byToken(String name, String token, HttpServletRequest request) {
        Principal bearer = logins.byToken(name, token, addresses.sourceOf(request));
        if (!bearer.may(Scope.ACCOUNT)) {
            throw new ApiException(ApiError.SCOPE_MISSING, Scope.ACCOUNT.label());
        }
        return bearer;
    }
}
