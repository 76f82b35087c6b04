package io.github.imagehost.core.view;

import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Scope;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A token as it is listed.
 *
 * @param id of the token
 * @param name what its owner calls it
 * @param hint its last characters
 * @param scopes what it is good for
 * @param createdAt as {@link Timestamps} writes it
 * @param expiresAt likewise; null if it never ends by itself
 * @param lastUsedAt likewise; null if it never was used
 * @param revokedAt likewise; null if it is not revoked
 * @param origins whose pages may use it; null if that does not matter
 * @param networks from which it may be used; null if that does not matter
 */
public record TokenDetails(
        long id,
        String name,
        String hint,
        List<String> scopes,
        String createdAt,
        @Nullable String expiresAt,
        @Nullable String lastUsedAt,
        @Nullable String revokedAt,
        @Nullable List<String> origins,
        @Nullable List<String> networks) {

    /** This token. */
    public static TokenDetails of(AccessToken token) {
        return new TokenDetails(
                token.id(),
                token.name(),
                token.hint(),
                token.scopes().stream().sorted().map(Scope::label).toList(),
                Timestamps.format(token.createdAt()),
                format(token.expiresAt()),
                format(token.lastUsedAt()),
                format(token.revokedAt()),
                texts(token.binding().origins()),
                texts(token.binding().networks()));
    }

    private static @Nullable List<String> texts(Set<?> values) {
        return values.isEmpty()
                ? null
                : values.stream().map(String::valueOf).sorted().toList();
    }

    private static @Nullable String format(Optional<Instant> time) {
        return time.map(Timestamps::format).orElse(null);
    }
}
