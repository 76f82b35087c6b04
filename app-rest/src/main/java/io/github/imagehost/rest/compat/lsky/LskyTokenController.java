package io.github.imagehost.rest.compat.lsky;

import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.access.TokenOrigins;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.settings.Protocol;
import jakarta.servlet.http.HttpServletRequest;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Logging in and out as with Lsky Pro, which is making a token and revoking it. */
@RestController
@ConditionalOnProperty(Protocol.PROPERTY + "lsky")
class LskyTokenController {

    private static final String NAME = "Lsky Pro";

    /** What the rest of the protocol can do. */
    private static final Set<Scope> SCOPES = EnumSet.of(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.MANAGE);

    private final LskyLogin login;
    private final AccessTokens tokens;
    private final Principals principals;
    private final TokenOrigins origins;
    private final RequestAudit audit;
    private final Messages messages;

    LskyTokenController(
            LskyLogin login,
            AccessTokens tokens,
            Principals principals,
            TokenOrigins origins,
            RequestAudit audit,
            Messages messages) {
        this.login = login;
        this.tokens = tokens;
        this.principals = principals;
        this.origins = origins;
        this.audit = audit;
        this.messages = messages;
    }

    @OpenToEverybody
    @PostMapping(RequestPath.LSKY_TOKENS)
    LskyEnvelope issue(HttpServletRequest request) {
        Principal sender = login.read(request);
        Set<Scope> scopes = EnumSet.copyOf(SCOPES);
        scopes.removeIf(scope -> !sender.may(scope));
        if (scopes.isEmpty()) {
            throw new ApiException(ApiError.SCOPE_MISSING, Scope.UPLOAD.label());
        }
        IssuedToken issued = tokens.issueFor(
                sender, new TokenRequest(sender.owner(), NAME, scopes, Optional.of(TokenRequest.DEFAULT_LIFE)));
        origins.forget();
        audit.noteAs(sender, request, Acts.tokenCreated(issued.token()));
        return LskyEnvelope.success(
                messages.text(request, "token_issued"),
                new NewToken(issued.secret().reveal()));
    }

    /**
     * Revokes the token that the request brings, and not all of its owner's, as Lsky Pro does: whoever has one of them
     * must not be able to lock out the others.
     */
    @Requires({})
    @DeleteMapping(RequestPath.LSKY_TOKENS)
    LskyEnvelope revoke(Principal sender, HttpServletRequest request) {
        AccessToken revoked = sender.token()
                .flatMap(token -> tokens.revoke(sender.owner(), token.id()))
                .orElseThrow(() -> new ApiException(ApiError.TOKEN_NOT_FOUND));
        principals.forget(revoked);
        origins.forget();
        audit.note(request, Acts.tokenRevoked(revoked));
        return LskyEnvelope.success(messages.text(request, "token_revoked"));
    }

    private record NewToken(String token) {}
}
