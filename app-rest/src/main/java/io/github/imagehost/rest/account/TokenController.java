package io.github.imagehost.rest.account;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.audit.Acts;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.view.TokenDetails;
import io.github.imagehost.rest.access.Principals;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.access.TokenOrigins;
import io.github.imagehost.rest.body.JsonBody;
import io.github.imagehost.rest.body.JsonFields;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.guard.RequestAudit;
import jakarta.servlet.http.HttpServletRequest;
import java.time.InstantSource;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** Seeing, making and revoking an owner's own tokens. */
@RestController
class TokenController {

    private final AccessTokens tokens;
    private final Principals principals;
    private final TokenOrigins origins;
    private final RequestAudit audit;
    private final InstantSource clock;
    private final JsonBody body;
    private final Messages messages;

    TokenController(
            AccessTokens tokens,
            Principals principals,
            TokenOrigins origins,
            RequestAudit audit,
            InstantSource clock,
            JsonBody body,
            Messages messages) {
        this.tokens = tokens;
        this.principals = principals;
        this.origins = origins;
        this.audit = audit;
        this.clock = clock;
        this.body = body;
        this.messages = messages;
    }

    @Requires(Scope.ACCOUNT)
    @GetMapping("/api/tokens")
    Envelope list(OwnerId owner, HttpServletRequest request) {
        List<TokenDetails> details =
                tokens.list(owner).stream().map(TokenDetails::of).toList();
        return Envelope.success(messages.text(request, "ok"), new TokenList(details));
    }

    @Requires(Scope.ACCOUNT)
    @PostMapping("/api/tokens")
    ResponseEntity<Envelope> issue(Principal sender, HttpServletRequest request) {
        JsonFields fields = JsonFields.read(body, request, RequestedToken.FIELDS);
        IssuedToken issued = tokens.issueFor(sender, RequestedToken.read(fields, sender, clock.instant()));
        origins.forget();
        audit.note(request, Acts.tokenCreated(issued.token()));
        NewToken data = new NewToken(issued.secret().reveal(), TokenDetails.of(issued.token()));
        return ResponseEntity.status(HttpStatus.CREATED)
                .body(Envelope.success(messages.text(request, "token_issued"), data));
    }

    @Requires(Scope.ACCOUNT)
    @DeleteMapping("/api/tokens/{id}")
    Envelope revoke(OwnerId owner, @PathVariable("id") String id, HttpServletRequest request) {
        AccessToken revoked = PathIds.find(id, number -> tokens.revoke(owner, number), ApiError.TOKEN_NOT_FOUND);
        principals.forget(revoked);
        origins.forget();
        audit.note(request, Acts.tokenRevoked(revoked));
        return Envelope.success(messages.text(request, "token_revoked"), TokenDetails.of(revoked));
    }

    private record TokenList(List<TokenDetails> tokens) {}

    private record NewToken(String token, @JsonUnwrapped TokenDetails details) {}
}
