package io.github.imagehost.rest.account;

import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.view.AuditPageDetails;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells administrators what was done. */
@RestController
class AuditController {

    private final AuditTrail trail;
    private final Messages messages;

    AuditController(AuditTrail trail, Messages messages) {
        this.trail = trail;
        this.messages = messages;
    }

    @Requires(Scope.ADMIN)
    @GetMapping("/api/admin/audit")
    Envelope find(HttpServletRequest request) {
        return Envelope.success(
                messages.text(request, "ok"), AuditPageDetails.of(trail.find(AuditParameters.read(request))));
    }
}
