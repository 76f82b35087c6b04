package io.github.imagehost.rest.account;

import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.intake.UploadPolicy;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.view.QuotaDetails;
import io.github.imagehost.core.view.SessionDetails;
import io.github.imagehost.core.view.TokenDetails;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What clients learn of their own account. */
@Component
final class AccountDetails {

    private final Owners owners;
    private final Logins logins;
    private final QuotaLedger quotas;
    private final String mode;
    private final long maxFileSize;

    AccountDetails(Owners owners, Logins logins, QuotaLedger quotas, AccessSettings settings, UploadPolicy policy) {
        this.owners = owners;
        this.logins = logins;
        this.quotas = quotas;
        this.mode = settings.mode().name().toLowerCase(Locale.ROOT);
        this.maxFileSize = policy.maxFileSize();
    }

    /** As this sender sees it. */
    Account of(Principal sender) {
        Owner owner = owners.get(sender.owner());
        List<String> scopes = Arrays.stream(Scope.values())
                .filter(sender::may)
                .map(Scope::label)
                .toList();
        return new Account(
                owner.id().value(),
                owner.name().value(),
                owner.role().label(),
                scopes,
                sender.token().map(TokenDetails::of).orElse(null),
                quotas.usage(owner.id()),
                QuotaDetails.of(quotas.quota(owner.id())),
                mode,
                sender.session().map(SessionDetails::ofCurrent).orElse(null),
                logins.hasPassword(owner.id()),
                maxFileSize);
    }

    record Account(
            long id,
            String name,
            String role,
            List<String> scopes,
            @Nullable TokenDetails token,
            Usage usage,
            QuotaDetails quota,
            String access,
            @Nullable SessionDetails session,
            boolean hasPassword,
            long maxFileSize) {}
}
