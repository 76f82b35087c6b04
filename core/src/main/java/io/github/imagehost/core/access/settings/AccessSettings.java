package io.github.imagehost.core.access.settings;

import com.google.common.net.InetAddresses;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.settings.ListeningAddress;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The settings that say who may use a service.
 *
 * @param mode who may
 * @param reason why, as a sentence without its end
 * @param adminSecret the SHA-256 of what stands for the first owner, besides the tokens that are made
 */
public record AccessSettings(AccessMode mode, String reason, Optional<Digest> adminSecret) {

    private static final String ACCESS = "ACCESS";
    private static final String ADMIN_TOKEN = "ADMIN_TOKEN";
    private static final int SHORTEST_ADMIN_TOKEN = 32;

    /**
     * Reads {@code ACCESS}, {@code ADMIN_TOKEN} and {@code ADMIN_TOKEN_FILE}, and, to find out who can reach the
     * service, where it listens, who stands before it and what stands behind it.
     *
     * @throws SettingsException if one of them is not legal
     */
    public static AccessSettings from(Settings settings) {
        Optional<Digest> adminSecret = adminSecret(settings);
        Optional<String> reachedBecause = whyOthersReachIt(settings);
        Optional<AccessMode> wanted = settings.parse(
                ACCESS, "local, token or open", text -> Optional.of(AccessMode.valueOf(text.toUpperCase(Locale.ROOT))));
        if (wanted.isPresent()) {
            if (wanted.get() == AccessMode.LOCAL && reachedBecause.isPresent()) {
                throw new SettingsException(ACCESS + " is local, but others may reach the service, because "
                        + reachedBecause.get() + ": legal are token and open");
            }
            return new AccessSettings(wanted.get(), "ACCESS says so", adminSecret);
        }
        return reachedBecause
                .map(because -> new AccessSettings(
                        AccessMode.TOKEN, "Others may reach the service, because " + because, adminSecret))
                .orElseGet(() -> new AccessSettings(
                        AccessMode.LOCAL,
                        "Only this machine reaches the service: nothing is set that lets others in",
                        adminSecret));
    }

    /** A reverse proxy makes every client look as if it were on this machine; what has one hardly ever lacks these. */
    private static Optional<String> whyOthersReachIt(Settings settings) {
        if (!ListeningAddress.from(settings, "BIND_ADDRESS").isLoopbackAddress()) {
            return Optional.of("BIND_ADDRESS is no loopback address");
        }
        for (String name : List.of("TRUSTED_PROXIES", "DB_HOST", "S3_BUCKET", IdentityProviderSettings.OIDC_ISSUER)) {
            if (settings.has(name)) {
                return Optional.of(name + " is set");
            }
        }
        URI publicUrl = ImageLinks.publicUrl(settings);
        return isThisMachine(publicUrl.getHost()) ? Optional.empty() : Optional.of("PUBLIC_URL is " + publicUrl);
    }

    static boolean isThisMachine(@Nullable String host) {
        return "localhost".equals(host)
                || (host != null
                        && InetAddresses.isUriInetAddress(host)
                        && InetAddresses.forUriString(host).isLoopbackAddress());
    }

    private static Optional<Digest> adminSecret(Settings settings) {
        return settings.secretOrFile(ADMIN_TOKEN)
                .map(AccessSettings::longEnough)
                .map(TokenSecret::digest);
    }

    private static String longEnough(String token) {
        if (token.length() < SHORTEST_ADMIN_TOKEN || !token.chars().allMatch(c -> c > ' ' && c <= '~')) {
            throw new SettingsException(ADMIN_TOKEN + " or the file that " + ADMIN_TOKEN
                    + "_FILE names is not legal: legal are at least " + SHORTEST_ADMIN_TOKEN
                    + " ASCII characters without spaces, such as openssl rand -hex 32 prints");
        }
        return token;
    }
}
