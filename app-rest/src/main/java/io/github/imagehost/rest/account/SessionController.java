package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.login.Sessions;
import io.github.imagehost.core.access.login.StartedSession;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Labels;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.view.SessionDetails;
import io.github.imagehost.rest.access.BrowserSessions;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.RequestPrincipal;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.access.SessionCookie;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Sessions of browsers: logging in and out, registering, and seeing them. */
@RestController
class SessionController {

    private final RequestedLogin login;
    private final RequestedRegistration registration;
    private final AccountDetails account;
    private final Sessions sessions;
    private final BrowserSessions browsers;
    private final Principals principals;
    private final SessionCookie cookie;
    private final RequestAudit audit;
    private final Messages messages;

    SessionController(
            RequestedLogin login,
            RequestedRegistration registration,
            AccountDetails account,
            Sessions sessions,
            BrowserSessions browsers,
            Principals principals,
            SessionCookie cookie,
            RequestAudit audit,
            Messages messages) {
        this.login = login;
        this.registration = registration;
        this.account = account;
        this.sessions = sessions;
        this.browsers = browsers;
        this.principals = principals;
        this.cookie = cookie;
        this.audit = audit;
        this.messages = messages;
    }

    @OpenToEverybody
    @PostMapping("/api/session")
    Envelope begin(HttpServletRequest request, HttpServletResponse response) {
        StartedSession started = login.read(request);
        Act act = Act.of(AuditAction.LOGIN).with(Labels.of(started.session().start()));
        return begun(started, act, "logged_in", request, response);
    }

    @OpenToEverybody
    @PostMapping("/api/invitation")
    Envelope register(HttpServletRequest request, HttpServletResponse response) {
        StartedSession started = registration.read(request);
        return begun(started, Act.of(AuditAction.INVITATION_ACCEPTED), "registered", request, response);
    }

    private Envelope begun(
            StartedSession started, Act act, String message, HttpServletRequest request, HttpServletResponse response) {
        browsers.begin(request, response, started);
        audit.noteAs(started.principal(), request, act.about(started.principal().owner()));
        return Envelope.success(messages.text(request, message), account.of(started.principal()));
    }

    /** Open to everybody: who has no session any more is logged out, which is what he wanted. */
    @OpenToEverybody
    @DeleteMapping("/api/session")
    Envelope end(HttpServletRequest request, HttpServletResponse response) {
        browsers.end(request, response);
        RequestPrincipal.of(request)
                .filter(sender -> sender.session().isPresent())
                .ifPresent(
                        sender -> audit.note(request, Act.of(AuditAction.LOGOUT).about(sender.owner())));
        return Envelope.success(messages.text(request, "logged_out"), null);
    }

    @Requires(Scope.ACCOUNT)
    @GetMapping("/api/sessions")
    Envelope list(Principal sender, HttpServletRequest request) {
        List<SessionDetails> details = sessions.list(sender.owner()).stream()
                .map(session ->
                        isOf(sender, session) ? SessionDetails.ofCurrent(session) : SessionDetails.ofOther(session))
                .toList();
        return Envelope.success(messages.text(request, "ok"), new SessionList(details));
    }

    private static boolean isOf(Principal sender, Session session) {
        return sender.session()
                .filter(current -> current.secret().equals(session.secret()))
                .isPresent();
    }

    @Requires(Scope.ACCOUNT)
    @DeleteMapping("/api/sessions")
    Envelope endAll(OwnerId owner, HttpServletRequest request, HttpServletResponse response) {
        sessions.endAll(owner);
        principals.forget(owner);
        audit.note(request, Act.of(AuditAction.LOGOUT_EVERYWHERE).about(owner));
        cookie.clear(response);
        return Envelope.success(messages.text(request, "logged_out_everywhere"), null);
    }

    private record SessionList(List<SessionDetails> sessions) {}
}
