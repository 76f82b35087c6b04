package io.github.imagehost.core.access.owner;

import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What of that which an identity provider says of people counts here. A claim is found by its name, or by the names
 * that lead to it with dots between them, such as {@code realm_access.roles}.
 *
 * @param roleClaim whether somebody is an administrator; empty if that is said here
 * @param adminValues of that claim, by one of which somebody is
 * @param quotaClaim how many bytes somebody may have; empty if that is said here
 */
public record ClaimRules(Optional<String> roleClaim, Set<String> adminValues, Optional<String> quotaClaim) {

    /** Nothing counts. */
    public static final ClaimRules NONE = new ClaimRules(Optional.empty(), Set.of(), Optional.empty());

    private static final Logger log = LoggerFactory.getLogger(ClaimRules.class);

    private static final String ROLE_CLAIM = "OIDC_ROLE_CLAIM";
    private static final String ADMIN_VALUES = "OIDC_ADMIN_VALUES";

    public ClaimRules {
        adminValues = Set.copyOf(adminValues);
    }

    /**
     * Reads {@code OIDC_ROLE_CLAIM}, {@code OIDC_ADMIN_VALUES} and {@code OIDC_QUOTA_CLAIM}.
     *
     * @throws SettingsException if one of the first two is there without the other one
     */
    public static ClaimRules from(Settings settings) {
        Optional<String> roleClaim = settings.text(ROLE_CLAIM);
        Set<String> adminValues = Set.copyOf(settings.list(ADMIN_VALUES));
        if (roleClaim.isPresent() && adminValues.isEmpty()) {
            throw new SettingsException(ADMIN_VALUES + " names no value, but it has to, because " + ROLE_CLAIM
                    + " is set: legal are values of that claim, separated by commas");
        }
        if (roleClaim.isEmpty() && !adminValues.isEmpty()) {
            settings.required(ROLE_CLAIM, "because " + ADMIN_VALUES + " is set");
        }
        return new ClaimRules(roleClaim, adminValues, settings.text("OIDC_QUOTA_CLAIM"));
    }

    /**
     * What these claims entitle to. Whoever has no claim for roles is no administrator: providers leave out what is
     * empty. A claim for the quota that is absent, or no whole number from 0, says nothing.
     *
     * @param claims by their names, of any kind
     */
    public Entitlement read(Map<String, ?> claims) {
        return new Entitlement(
                roleClaim.map(
                        claim -> values(find(claims, claim)).anyMatch(adminValues::contains) ? Role.ADMIN : Role.USER),
                quotaClaim.map(claim -> bytes(claim, find(claims, claim))).orElse(OptionalLong.empty()));
    }

    private static @Nullable Object find(Map<?, ?> claims, String path) {
        Object exact = claims.get(path);
        int dot = path.indexOf('.');
        if (exact != null || dot < 0) {
            return exact;
        }
        return claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner
                ? find(inner, path.substring(dot + 1))
                : null;
    }

    private static Stream<String> values(@Nullable Object claim) {
        return claim instanceof Collection<?> several
                ? several.stream().map(String::valueOf)
                : Stream.ofNullable(claim).map(String::valueOf);
    }

    private static OptionalLong bytes(String name, @Nullable Object claim) {
        if (claim == null) {
            return OptionalLong.empty();
        }
        String text = claim.toString();
        if (!text.matches("[0-9]{1,18}")) {
            log.warn(
                    "The claim {} of the identity provider, which OIDC_QUOTA_CLAIM names, is no whole number of bytes from"
                            + " 0; the owner's quota stays as it is",
                    name);
            return OptionalLong.empty();
        }
        return OptionalLong.of(Long.parseLong(text));
    }
}
