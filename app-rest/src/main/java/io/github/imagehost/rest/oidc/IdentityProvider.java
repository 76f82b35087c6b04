package io.github.imagehost.rest.oidc;

import com.nimbusds.jose.jwk.JWKSet;
import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import java.net.http.HttpClient;
import java.text.ParseException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.ClientRegistration.ClientSettings;
import org.springframework.security.oauth2.client.registration.ClientRegistrations;
import org.springframework.security.oauth2.core.OAuth2TokenValidator;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.NimbusJwtDecoder;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * The identity provider, and what it says of itself. It is asked for that when it is needed for the first time, so that
 * the service starts without it; who asks whether it is there is bounded, see {@link Inquiries}. Safe for use by many
 * threads.
 */
public final class IdentityProvider {

    /** The path where it sends people back to. */
    public static final String CALLBACK = "/api/login/callback";

    /** Longer than a provider takes, and shorter than people wait. */
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final String DISCOVERY = "/.well-known/openid-configuration";
    private static final ParameterizedTypeReference<Map<String, Object>> METADATA =
            new ParameterizedTypeReference<>() {};

    private final IdentityProviderSettings settings;
    private final String callback;
    private final Inquiries inquiries;
    private final ProviderKeys keys;
    private final ClientHttpRequestFactory requests = newRequests();
    private final RestTemplate http = new RestTemplate(requests);
    private volatile @Nullable ClientRegistration known;

    /** @param callback where it sends people back to, a whole address */
    public IdentityProvider(IdentityProviderSettings settings, String callback, InstantSource clock) {
        this.settings = settings;
        this.callback = callback;
        this.inquiries = new Inquiries(clock);
        this.keys = new ProviderKeys(inquiries, this::fetchKeys, clock);
    }

    /** They follow no redirects: the provider is where its settings say. */
    private static ClientHttpRequestFactory newRequests() {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(PATIENCE).build());
        factory.setReadTimeout(PATIENCE);
        return factory;
    }

    /** What it calls itself. */
    String issuer() {
        return settings.issuer();
    }

    /** Where it sends people back to, a whole address. */
    public String callback() {
        return callback;
    }

    /** How requests are sent to it. */
    ClientHttpRequestFactory requests() {
        return requests;
    }

    /**
     * What it knows of this service, and this service of it.
     *
     * @throws IdentityProviderUnavailableException if it does not say so
     */
    ClientRegistration registration() {
        return known().orElseGet(() -> inquiries.ask(this::known, this::discover));
    }

    private Optional<ClientRegistration> known() {
        return Optional.ofNullable(known);
    }

    private Set<String> scopes() {
        Set<String> scopes = new LinkedHashSet<>(List.of(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL));
        scopes.addAll(settings.scopes());
        return scopes;
    }

    private ClientRegistration discover() {
        String address = (settings.issuer().endsWith("/")
                        ? settings.issuer().substring(0, settings.issuer().length() - 1)
                        : settings.issuer())
                + DISCOVERY;
        try {
            Map<String, Object> metadata =
                    http.exchange(address, HttpMethod.GET, null, METADATA).getBody();
            if (metadata == null || !settings.issuer().equals(metadata.get("issuer"))) {
                throw new IllegalArgumentException("It does not call itself " + settings.issuer());
            }
            ClientRegistration registration = ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId("provider")
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
                    .redirectUri(callback)
                    .scope(scopes())
                    .clientSettings(
                            ClientSettings.builder().requireProofKey(true).build())
                    .build();
            known = registration;
            return registration;
        } catch (RestClientException | IllegalArgumentException e) {
            throw new IdentityProviderUnavailableException(
                    "The identity provider does not say at " + address + " what it is", e);
        }
    }

    /**
     * Reads what it has signed, with the keys that it publishes at its own address, whatever the token says of keys. No
     * algorithm is legal by which whoever checks a signature could make one.
     */
    JwtDecoder decoder(OAuth2TokenValidator<Jwt> validator) {
        registration();
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSource(keys)
                .jwsAlgorithms(algorithms -> algorithms.addAll(EnumSet.allOf(SignatureAlgorithm.class)))
                .build();
        decoder.setJwtValidator(validator);
        return decoder;
    }

    private JWKSet fetchKeys() {
        // no provider is discovered that does not say where its keys are
        String address =
                Objects.requireNonNull(registration().getProviderDetails().getJwkSetUri());
        try {
            return JWKSet.parse(Objects.requireNonNullElse(http.getForObject(address, String.class), ""));
        } catch (RestClientException | ParseException e) {
            throw new IdentityProviderUnavailableException(
                    "The identity provider does not tell its keys at " + address, e);
        }
    }
}
