package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.NewPassword;
import io.github.imagehost.core.access.login.StartedSession;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.guard.LoginLimit;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/**
 * Makes whoever has an invitation an owner: <code>{"invitation":"…","name":"alice","password":"…"}</code>. Whoever has
 * none that is good learns nothing, neither which names are taken nor why it is not good.
 */
@Component
final class RequestedRegistration {

    private static final String INVITATION = "invitation";
    private static final String PASSWORD = "password";
    private static final List<String> FIELDS = List.of(INVITATION, OwnerFields.NAME, PASSWORD);

    private final Logins logins;
    private final LoginLimit limit;
    private final RequestAudit audit;
    private final JsonBody body;

    RequestedRegistration(Logins logins, LoginLimit limit, RequestAudit audit, JsonBody body) {
        this.logins = logins;
        this.limit = limit;
        this.audit = audit;
        this.body = body;
    }

    /** @throws ApiException if the invitation is not good, or the rest is not legal, or it was tried too often */
    StartedSession read(HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, FIELDS);
        String invitation = fields.requiredText(INVITATION);
        OwnerName name = OwnerFields.requiredName(fields);
        NewPassword password = OwnerFields.newPassword(fields, PASSWORD, name);
        try {
            return limit.attempt(request, Optional.empty(), () -> logins.withInvitation(invitation, name, password));
        } catch (CredentialRefusedException e) {
            audit.noteAnonymous(request, Act.of(AuditAction.INVITATION_ACCEPTED).refused());
            throw new ApiException(ApiError.INVITATION_EXPIRED, e);
        }
    }
}
