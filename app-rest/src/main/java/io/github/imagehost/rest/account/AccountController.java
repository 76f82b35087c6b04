package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.NewPassword;
import io.github.imagehost.core.access.login.StartedSession;
import io.github.imagehost.core.access.login.WrongPasswordException;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.access.SessionCookie;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.LoginLimit;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients who they are and what they may do, and changes their password. */
@RestController
class AccountController {

    private static final String CURRENT = "current";
    private static final String NEW = "new";

    private final AccountDetails account;
    private final Owners owners;
    private final Logins logins;
    private final LoginLimit limit;
    private final Principals principals;
    private final SessionCookie cookie;
    private final RequestAudit audit;
    private final JsonBody body;
    private final Messages messages;

    AccountController(
            AccountDetails account,
            Owners owners,
            Logins logins,
            LoginLimit limit,
            Principals principals,
            SessionCookie cookie,
            RequestAudit audit,
            JsonBody body,
            Messages messages) {
        this.account = account;
        this.owners = owners;
        this.logins = logins;
        this.limit = limit;
        this.principals = principals;
        this.cookie = cookie;
        this.audit = audit;
        this.body = body;
        this.messages = messages;
    }

    @Requires({})
    @GetMapping("/api/me")
    Envelope me(Principal sender, HttpServletRequest request) {
        return Envelope.success(messages.text(request, "ok"), account.of(sender));
    }

    @Requires(Scope.ACCOUNT)
    @PutMapping("/api/me/password")
    Envelope changePassword(Principal sender, HttpServletRequest request, HttpServletResponse response) {
        JsonFields fields = JsonFields.read(body, request, List.of(CURRENT, NEW));
        OwnerName owner = owners.get(sender.owner()).name();
        NewPassword wanted = OwnerFields.newPassword(fields, NEW, owner);
        Optional<String> current =
                fields.parse(CURRENT, Optional::of, () -> ApiException.illegalParameter(CURRENT, "legal.text"));
        Act act = Act.of(AuditAction.PASSWORD_CHANGED).about(sender.owner());
        Optional<StartedSession> goesOn;
        try {
            goesOn = limit.attempt(request, Optional.of(owner), () -> logins.changePassword(sender, current, wanted));
        } catch (WrongPasswordException e) {
            audit.note(request, act.refused());
            throw new ApiException(ApiError.PASSWORD_WRONG, e);
        }
        principals.forget(sender.owner());
        audit.note(request, act);
        goesOn.ifPresent(started -> cookie.set(response, started.secret()));
        return Envelope.success(messages.text(request, "password_changed"), null);
    }
}
