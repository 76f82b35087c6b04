package io.github.imagehost.rest.oidc;

import io.github.imagehost.core.access.link.SharedKey;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.springframework.security.oauth2.jose.jws.MacAlgorithm;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.JwsHeader;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtClaimsSet;
import org.springframework.security.oauth2.jwt.JwtEncoderParameters;
import org.springframework.security.oauth2.jwt.JwtTimestampValidator;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtEncoder;

/**
 * Writes what has to be known of a login until it comes back, for its browser to keep: signed, so that nobody chooses
 * it, and good for a while. So any service of the repository goes on with it, and none has to remember it. Safe for use
 * by many threads.
 */
final class PendingLogins {

    /** How long somebody may take to log in at the provider. */
    static final Duration LIFE = Duration.ofMinutes(10);

    private static final String STATE = "state";
    private static final String NONCE = "nonce";
    private static final String CODE_VERIFIER = "code_verifier";
    private static final String NEXT = "next";

    private final SharedKey key;
    private final InstantSource clock;

    PendingLogins(SharedKey key, InstantSource clock) {
        this.key = key;
        this.clock = clock;
    }

    /** The login as text without blanks, commas and semicolons. */
    String write(PendingLogin login) {
        Instant now = clock.instant();
        JwtClaimsSet claims = JwtClaimsSet.builder()
                .claim(STATE, login.state())
                .claim(NONCE, login.nonce())
                .claim(CODE_VERIFIER, login.codeVerifier())
                .claim(NEXT, login.next().value())
                .issuedAt(now)
                .expiresAt(now.plus(LIFE))
                .build();
        return NimbusJwtEncoder.withSecretKey(secretKey())
                .algorithm(MacAlgorithm.HS256)
                .build()
                .encode(JwtEncoderParameters.from(
                        JwsHeader.with(MacAlgorithm.HS256).build(), claims))
                .getTokenValue();
    }

    /** The login that was written so, if its time is not over; empty for any other text. */
    Optional<PendingLogin> read(String text) {
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withSecretKey(secretKey())
                .macAlgorithm(MacAlgorithm.HS256)
                .build();
        JwtTimestampValidator times = new JwtTimestampValidator(Duration.ZERO);
        times.setClock(clock.withZone(ZoneOffset.UTC));
        decoder.setJwtValidator(times);
        try {
            Jwt jwt = decoder.decode(text);
            return Optional.of(new PendingLogin(
                    text(jwt, STATE), text(jwt, NONCE), text(jwt, CODE_VERIFIER), new LocalPath(text(jwt, NEXT))));
        } catch (BadJwtException e) {
            return Optional.empty();
        }
    }

    /** Whatever is signed was written here, and so is complete. */
    private static String text(Jwt jwt, String claim) {
        return Objects.requireNonNull(jwt.getClaimAsString(claim));
    }

    private SecretKey secretKey() {
        return new SecretKeySpec(key.get().bytes(), "HmacSHA256");
    }
}
