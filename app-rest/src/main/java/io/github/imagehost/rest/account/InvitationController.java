package io.github.imagehost.rest.account;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.access.login.Invitations;
import io.github.imagehost.core.access.login.IssuedInvitation;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.view.InvitationDetails;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Seeing, making and revoking invitations, for administrators. */
@RestController
class InvitationController {

    private final Invitations invitations;
    private final RequestAudit audit;
    private final JsonBody body;
    private final Messages messages;

    InvitationController(Invitations invitations, RequestAudit audit, JsonBody body, Messages messages) {
        this.invitations = invitations;
        this.audit = audit;
        this.body = body;
        this.messages = messages;
    }

    @Requires(Scope.ADMIN)
    @GetMapping("/api/admin/invitations")
    Envelope list(HttpServletRequest request) {
        List<InvitationDetails> details =
                invitations.list().stream().map(InvitationDetails::of).toList();
        return Envelope.success(messages.text(request, "ok"), new InvitationList(details));
    }

    @Requires(Scope.ADMIN)
    @PostMapping("/api/admin/invitations")
    ResponseEntity<Envelope> issue(HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, RequestedInvitation.FIELDS);
        IssuedInvitation issued = invitations.issue(RequestedInvitation.read(fields));
        audit.note(request, Acts.invitationCreated(issued.invitation()));
        NewInvitation data = new NewInvitation(issued.secret().reveal(), InvitationDetails.of(issued.invitation()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(Envelope.success(messages.text(request, "invitation_issued"), data));
    }

    @Requires(Scope.ADMIN)
    @DeleteMapping("/api/admin/invitations/{id}")
    Envelope revoke(@PathVariable("id") String id, HttpServletRequest request) {
        Invitation revoked = PathIds.find(id, invitations::revoke, ApiError.INVITATION_NOT_FOUND);
        audit.note(request, Acts.invitationRevoked(revoked));
        return Envelope.success(messages.text(request, "invitation_revoked"), InvitationDetails.of(revoked));
    }

    private record InvitationList(List<InvitationDetails> invitations) {}

    private record NewInvitation(
            String invitation, @JsonUnwrapped InvitationDetails details) {}
}
