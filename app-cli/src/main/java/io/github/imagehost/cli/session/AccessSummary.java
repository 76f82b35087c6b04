package io.github.imagehost.cli.session;

import io.github.imagehost.core.access.owner.ClaimRules;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.access.source.AddressRules;
import io.github.imagehost.core.access.source.HotlinkRules;
import io.github.imagehost.core.diagnosis.Answer;
import io.github.imagehost.core.diagnosis.Outcome;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** What the settings say of who may use a service, for a checkup. */
final class AccessSummary {

    private AccessSummary() {}

    /** @throws SettingsException if one of them is not legal */
    static Answer of(Settings settings) {
        AccessSettings access = AccessSettings.from(settings);
        String rules = rules(settings, access);
        return switch (access.mode()) {
            case LOCAL -> Answer.ok(access.reason() + ", and it asks for no token" + rules);
            case TOKEN ->
                Answer.ok(access.reason() + ", and it asks for a token; 'imagehost token create' makes one" + rules);
            case OPEN ->
                Outcome.WARNING.answer(
                        access.reason() + ": everybody who reaches the service may list, upload and delete" + rules,
                        "Set ACCESS=token and give each client a token ('imagehost token create'), unless something"
                                + " before the service asks who is there");
        };
    }

    /** Whatever else is set that lets somebody in or out. */
    private static String rules(Settings settings, AccessSettings access) {
        AddressRules addresses = AddressRules.from(settings);
        HotlinkRules hotlinks = HotlinkRules.from(settings);
        GuestSettings guests = GuestSettings.from(settings, access.mode());
        List<String> rules = new ArrayList<>();
        if (guests.mayUpload()) {
            rules.add("guests may upload " + guests.policy().allowedMimeTypes() + " up to "
                    + guests.policy().maxFileSize() + " bytes, " + guests.uploadsPerHour() + " times an hour");
        }
        IdentityProviderSettings.from(settings)
                .ifPresent(provider -> rules.add("people log in at " + provider.issuer()
                        + (provider.addsOwners() ? ", and whoever does becomes an owner" : "")
                        + claims(provider.claims())
                        + provider.audience()
                                .map(audience -> ", whose tokens for " + audience + " are credentials")
                                .orElse("")));
        if (!addresses.allowed().isEmpty()) {
            rules.add("only from " + texts(addresses.allowed()) + ", but for pictures");
        }
        if (!addresses.blocked().isEmpty()) {
            rules.add("not from " + texts(addresses.blocked()));
        }
        if (hotlinks.areThere()) {
            rules.add("pictures only in pages of " + texts(hotlinks.hosts()));
        }
        return rules.stream().map(rule -> "; " + rule).collect(Collectors.joining());
    }

    private static String claims(ClaimRules claims) {
        return claims.roleClaim()
                        .map(claim -> ", administrators are those whose " + claim + " is one of "
                                + texts(claims.adminValues()))
                        .orElse("")
                + claims.quotaClaim()
                        .map(claim -> ", their " + claim + " says how many bytes they may have")
                        .orElse("");
    }

    private static String texts(Collection<?> values) {
        return values.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
}
