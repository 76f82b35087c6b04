package io.github.imagehost.rest.oidc;

import io.github.imagehost.core.access.IdentityProviderSettings;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
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
 * the service starts without it. Safe for use by many threads.
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
    private final ClientHttpRequestFactory requests = newRequests();
    private final RestTemplate http = new RestTemplate(requests);
    private volatile @Nullable ClientRegistration known;

    /** @param callback where it sends people back to, a whole address */
    public IdentityProvider(IdentityProviderSettings settings, String callback) {
        this.settings = settings;
        this.callback = callback;
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
        ClientRegistration registration = known;
        if (registration == null) {
            registration = discover();
            known = registration;
        }
        return registration;
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
            return ClientRegistrations.fromOidcConfiguration(metadata)
                    .registrationId("provider")
                    .clientId(settings.clientId())
                    .clientSecret(settings.clientSecret())
                    .redirectUri(callback)
                    .scope(OidcScopes.OPENID, OidcScopes.PROFILE, OidcScopes.EMAIL)
                    .clientSettings(
                            ClientSettings.builder().requireProofKey(true).build())
                    .build();
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
        // no provider is discovered that does not say where its keys are
        String keys = Objects.requireNonNull(registration().getProviderDetails().getJwkSetUri());
        NimbusJwtDecoder decoder = NimbusJwtDecoder.withJwkSetUri(keys)
                .jwsAlgorithms(algorithms -> algorithms.addAll(EnumSet.allOf(SignatureAlgorithm.class)))
                .restOperations(http)
                // the validator does
                .validateType(false)
                .build();
        decoder.setJwtValidator(validator);
        return decoder;
    }
}
