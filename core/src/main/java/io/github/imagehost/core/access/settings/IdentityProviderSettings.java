package io.github.imagehost.core.access.settings;

import io.github.imagehost.core.access.owner.ClaimRules;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * At which identity provider people log in, by OpenID Connect.
 *
 * @param issuer its address, exactly as it calls itself
 * @param clientId what it calls this service
 * @param clientSecret by which it knows this service
 * @param audience of its tokens that are credentials here; empty if none are
 * @param addsOwners whether whoever the provider knows becomes an owner when he logs in for the first time
 * @param scopes what it is asked for besides who somebody is
 * @param claims what counts of that which it says of people
 */
public record IdentityProviderSettings(
        String issuer,
        String clientId,
        String clientSecret,
        Optional<String> audience,
        boolean addsOwners,
        List<String> scopes,
        ClaimRules claims) {

    public IdentityProviderSettings {
        scopes = List.copyOf(scopes);
    }

    /** The setting that says whether there is a provider. */
    static final String OIDC_ISSUER = "OIDC_ISSUER";

    private static final String SCOPES = "OIDC_SCOPES";

    private static final Pattern SCOPE = Pattern.compile("[!#-\\[\\]-~]+");

    private static final String BECAUSE = "because " + OIDC_ISSUER + " is set";

    /**
     * Reads {@code OIDC_ISSUER}, and if that is set {@code OIDC_CLIENT_ID}, {@code OIDC_CLIENT_SECRET} or
     * {@code OIDC_CLIENT_SECRET_FILE}, {@code OIDC_AUDIENCE}, {@code OIDC_CREATE_OWNERS}, {@code OIDC_SCOPES}, and what
     * {@link ClaimRules} reads.
     *
     * @return empty if there is no provider
     * @throws SettingsException if one of them is not legal
     */
    public static Optional<IdentityProviderSettings> from(Settings settings) {
        return issuer(settings)
                .map(issuer -> new IdentityProviderSettings(
                        issuer,
                        settings.required("OIDC_CLIENT_ID", BECAUSE),
                        settings.requiredSecretOrFile("OIDC_CLIENT_SECRET", BECAUSE),
                        settings.text("OIDC_AUDIENCE"),
                        settings.flag("OIDC_CREATE_OWNERS", false),
                        scopes(settings),
                        ClaimRules.from(settings)));
    }

    private static List<String> scopes(Settings settings) {
        List<String> scopes = settings.list(SCOPES);
        for (String scope : scopes) {
            if (!SCOPE.matcher(scope).matches()) {
                throw new SettingsException(SCOPES + " names '" + scope
                        + "', but legal are scopes of the provider, separated by commas, such as groups");
            }
        }
        return scopes;
    }

    /** The address of the provider alone, by which identities are told apart; empty if there is no provider. */
    public static Optional<String> issuer(Settings settings) {
        return settings.parse(
                OIDC_ISSUER,
                "an address that begins with https://, such as https://login.example.com/realms/home, or with http:// on"
                        + " this machine",
                text -> Optional.of(text).filter(IdentityProviderSettings::isLegal));
    }

    /** Whoever could change what the provider says on its way could be everybody here. */
    private static boolean isLegal(String text) {
        URI address = URI.create(new Identity(text, "anybody").issuer());
        boolean isSafe = "https".equals(address.getScheme())
                || ("http".equals(address.getScheme()) && AccessSettings.isThisMachine(address.getHost()));
        return isSafe
                && address.getHost() != null
                && address.getRawUserInfo() == null
                && address.getRawQuery() == null
                && address.getRawFragment() == null;
    }

    /** Tells everything but the secret. */
    @Override
    public String toString() {
        return "IdentityProviderSettings[issuer=" + issuer + ", clientId=" + clientId + ", audience=" + audience
                + ", addsOwners=" + addsOwners + ", scopes=" + scopes + ", claims=" + claims + "]";
    }
}
