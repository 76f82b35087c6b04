package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.StartedSession;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.access.Labels;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.ClientAddresses;
import io.github.imagehost.rest.guard.LoginLimit;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/**
 * Logs in whoever shows that he may: by <code>{"name":"alice","password":"…"}</code>, <code>{"token":"imh_…"}</code> or
 * <code>{"link":"…"}</code>.
 */
@Component
final class RequestedLogin {

    private static final String NAME = "name";
    private static final String PASSWORD = "password";
    private static final String TOKEN = "token";
    private static final String LINK = "link";
    private static final List<String> FIELDS = List.of(NAME, PASSWORD, TOKEN, LINK);

    private final Logins logins;
    private final Owners owners;
    private final LoginLimit limit;
    private final ClientAddresses addresses;
    private final RequestAudit audit;
    private final JsonBody body;

    RequestedLogin(
            Logins logins,
            Owners owners,
            LoginLimit limit,
            ClientAddresses addresses,
            RequestAudit audit,
            JsonBody body) {
        this.logins = logins;
        this.owners = owners;
        this.limit = limit;
        this.addresses = addresses;
        this.audit = audit;
        this.body = body;
    }

    /** @throws ApiException if that is no way to log in, or was tried too often */
    StartedSession read(HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, FIELDS);
        Set<String> said =
                FIELDS.stream().filter(field -> fields.get(field) != null).collect(Collectors.toSet());
        if (said.equals(Set.of(NAME, PASSWORD))) {
            String name = fields.requiredText(NAME);
            String password = fields.requiredText(PASSWORD);
            return logIn(request, owner(name), SessionStart.PASSWORD, () -> logins.withPassword(name, password));
        }
        if (said.equals(Set.of(LINK))) {
            String link = fields.requiredText(LINK);
            return logIn(request, Optional.empty(), SessionStart.LINK, () -> logins.withLink(link));
        }
        if (said.equals(Set.of(TOKEN))) {
            String token = fields.requiredText(TOKEN).strip();
            return logIn(
                    request,
                    Optional.empty(),
                    SessionStart.TOKEN,
                    () -> logins.withToken(token, addresses.sourceOf(request)));
        }
        throw ApiException.illegalParameter("body", "legal.login");
    }

    /** Whose password somebody tries; nobody has a name that is not legal. */
    private static Optional<OwnerName> owner(String name) {
        try {
            return Optional.of(OwnerName.of(name));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private StartedSession logIn(
            HttpServletRequest request, Optional<OwnerName> name, SessionStart way, Supplier<StartedSession> login) {
        try {
            return limit.attempt(request, name, login);
        } catch (CredentialRefusedException e) {
            Act act = Act.of(AuditAction.LOGIN).with(Labels.of(way)).refused();
            // a name that nobody has is not noted: some people type their passwords there
            audit.noteAnonymous(
                    request,
                    name.flatMap(owners::find)
                            .map(owner -> act.about(owner.id()))
                            .orElse(act));
            throw new ApiException(refusal(way, e), e);
        }
    }

    /** What whoever is refused learns: only of a token, why. */
    private static ApiError refusal(SessionStart way, CredentialRefusedException e) {
        return switch (way) {
            case PASSWORD -> ApiError.LOGIN_FAILED;
            case LINK -> ApiError.LINK_EXPIRED;
            case TOKEN, OIDC -> ApiError.of(e);
        };
    }
}
