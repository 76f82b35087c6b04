package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.AccessSettings;
import io.github.imagehost.core.access.Owners;
import io.github.imagehost.core.access.Principal;
import io.github.imagehost.core.model.Usage;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.repository.QuotaLedger;
import io.github.imagehost.core.view.QuotaDetails;
import io.github.imagehost.core.view.TokenDetails;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Tells clients who they are, and what they may do. */
@RestController
class AccountController {

    private final Owners owners;
    private final QuotaLedger quotas;
    private final String mode;
    private final Messages messages;

    AccountController(Owners owners, QuotaLedger quotas, AccessSettings settings, Messages messages) {
        this.owners = owners;
        this.quotas = quotas;
        this.mode = settings.mode().name().toLowerCase(Locale.ROOT);
        this.messages = messages;
    }

    @Requires({})
    @GetMapping("/api/me")
    Envelope me(Principal sender, HttpServletRequest request) {
        Owner owner = owners.get(sender.owner());
        List<String> scopes = Arrays.stream(Scope.values())
                .filter(sender::may)
                .map(Scope::label)
                .toList();
        @Nullable TokenDetails token = sender.token().map(TokenDetails::of).orElse(null);
        return Envelope.success(
                messages.text(request, "ok"),
                new Account(
                        owner.id().value(),
                        owner.name().value(),
                        owner.role().label(),
                        scopes,
                        token,
                        quotas.usage(owner.id()),
                        QuotaDetails.of(quotas.quota(owner.id())),
                        mode));
    }

    private record Account(
            long id,
            String name,
            String role,
            List<String> scopes,
            @Nullable TokenDetails token,
            Usage usage,
            QuotaDetails quota,
            String access) {}
}
