package io.github.imagehost.rest.oidc;

import com.google.common.base.Splitter;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import io.github.imagehost.core.port.access.IdentityTokenVerifier;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.DelegatingOAuth2TokenValidator;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtAudienceValidator;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;
import org.springframework.security.oauth2.jwt.JwtIssuerValidator;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.JwtTypeValidator;

/** Verifies the access tokens of the identity provider, which are JSON Web Tokens (RFC 7519, RFC 9068). */
public final class ProviderTokenVerifier implements IdentityTokenVerifier {

    /** The first one is that of RFC 9068; Entra ID has the other one. */
    private static final List<String> SCOPE_CLAIMS = List.of("scope", "scp");

    private static final Splitter SCOPES = Splitter.on(' ').omitEmptyStrings();

    private final IdentityProvider provider;
    private final InstantSource clock;
    private final OAuth2TokenValidator<Jwt> origin;
    private final JwtTimestampValidator times = new JwtTimestampValidator();
    private volatile @Nullable JwtDecoder known;

    /** @param audience for whom tokens have to be made to be good here */
    public ProviderTokenVerifier(IdentityProvider provider, String audience, InstantSource clock) {
        this.provider = provider;
        this.clock = clock;
        this.origin = new DelegatingOAuth2TokenValidator<>(
                new JwtIssuerValidator(provider.issuer()), new JwtAudienceValidator(audience), type());
        times.setAllowEmptyExpiryClaim(false);
        times.setClock(clock.withZone(ZoneOffset.UTC));
    }

    /** Access tokens have a type of their own, which some providers don't use. */
    private static JwtTypeValidator type() {
        JwtTypeValidator type = new JwtTypeValidator("at+jwt", "application/at+jwt", "JWT");
        type.setAllowEmpty(true);
        return type;
    }

    @Override
    public Optional<VerifiedToken> verify(String token) {
        Jwt jwt;
        try {
            jwt = decoder().decode(token);
        } catch (BadJwtException e) {
            return Optional.empty();
        } catch (JwtException e) {
            throw new IdentityProviderUnavailableException("The identity provider does not tell its keys", e);
        }
        Instant expiresAt = jwt.getExpiresAt();
        // whoever brings one that has ended is told so
        if (expiresAt == null
                || (times.validate(jwt).hasErrors() && clock.instant().isBefore(expiresAt))) {
            return Optional.empty();
        }
        return identity(jwt).map(identity -> new VerifiedToken(identity, scopes(jwt), expiresAt));
    }

    private JwtDecoder decoder() {
        JwtDecoder decoder = known;
        if (decoder == null) {
            decoder = provider.decoder(origin);
            known = decoder;
        }
        return decoder;
    }

    private Optional<Identity> identity(Jwt jwt) {
        try {
            return Optional.ofNullable(jwt.getSubject()).map(subject -> new Identity(provider.issuer(), subject));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A claim of them is one text (RFC 9068) or an array. */
    private static Set<Scope> scopes(Jwt jwt) {
        return SCOPE_CLAIMS.stream()
                .flatMap(claim -> Stream.ofNullable(jwt.getClaimAsStringList(claim)))
                .flatMap(List::stream)
                .flatMap(SCOPES::splitToStream)
                .flatMap(label -> Scope.parse(label).stream())
                .collect(Collectors.toSet());
    }
}
