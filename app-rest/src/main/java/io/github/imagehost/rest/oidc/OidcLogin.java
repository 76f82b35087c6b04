package io.github.imagehost.rest.oidc;

import com.google.common.base.Throwables;
import io.github.imagehost.core.access.link.SharedKey;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.port.access.IdentityProviderUnavailableException;
import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.error.ApiException;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.authentication.OAuth2LoginAuthenticationToken;
import org.springframework.security.oauth2.client.endpoint.RestClientAuthorizationCodeTokenResponseClient;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.oidc.authentication.OidcAuthorizationCodeAuthenticationProvider;
import org.springframework.security.oauth2.client.oidc.authentication.OidcIdTokenValidator;
import org.springframework.security.oauth2.client.oidc.userinfo.OidcUserService;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.userinfo.DefaultOAuth2UserService;
import org.springframework.security.oauth2.client.web.DefaultOAuth2AuthorizationRequestResolver;
import org.springframework.security.oauth2.core.OAuth2AuthenticationException;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationExchange;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationResponse;
import org.springframework.security.oauth2.core.endpoint.OAuth2ParameterNames;
import org.springframework.security.oauth2.core.endpoint.PkceParameterNames;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.security.oauth2.core.oidc.endpoint.OidcParameterNames;
import org.springframework.security.oauth2.core.oidc.user.OidcUser;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;
import org.springframework.web.client.RestTemplate;

/**
 * Logs people in at the identity provider, by OpenID Connect's authorization code flow. What the provider gives for
 * that is used once and kept nowhere. Safe for use by many threads.
 */
public final class OidcLogin {

    private final IdentityProvider provider;
    private final PendingLogins pending;
    private final OidcAuthorizationCodeAuthenticationProvider authentication;

    /** @param key that all services of the repository share */
    public OidcLogin(IdentityProvider provider, SharedKey key, InstantSource clock) {
        this.provider = provider;
        this.pending = new PendingLogins(key, clock);
        this.authentication = newAuthentication(provider);
    }

    private static OidcAuthorizationCodeAuthenticationProvider newAuthentication(IdentityProvider provider) {
        ClientHttpRequestFactory requests = provider.requests();
        RestClientAuthorizationCodeTokenResponseClient tokens = new RestClientAuthorizationCodeTokenResponseClient();
        tokens.setRestClient(RestClient.builder()
                .requestFactory(requests)
                .configureMessageConverters(converters -> converters
                        .addCustomConverter(new FormHttpMessageConverter())
                        .addCustomConverter(new OAuth2AccessTokenResponseHttpMessageConverter()))
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build());
        RestTemplate userInfo = new RestTemplate(requests);
        userInfo.setErrorHandler(new OAuth2ErrorResponseErrorHandler());
        DefaultOAuth2UserService users = new DefaultOAuth2UserService();
        users.setRestOperations(userInfo);
        OidcUserService oidcUsers = new OidcUserService();
        oidcUsers.setOauth2UserService(users);
        OidcAuthorizationCodeAuthenticationProvider authentication =
                new OidcAuthorizationCodeAuthenticationProvider(tokens, oidcUsers);
        authentication.setJwtDecoderFactory(registration -> provider.decoder(
                JwtValidators.createDefaultWithValidators(List.of(new OidcIdTokenValidator(registration)))));
        return authentication;
    }

    /**
     * A login that has begun.
     *
     * @param page of the provider's, where it goes on
     * @param pending what its browser has to bring when it comes back, as text for a cookie
     */
    record Departure(URI page, String pending) {}

    /**
     * A login that came to its end.
     *
     * @param identity of whoever logged in
     * @param calledBy what the provider calls him; empty if it does not say so
     * @param claims all that the provider says of him, by name
     * @param next where he wanted to go
     */
    record Arrival(Identity identity, Optional<String> calledBy, Map<String, Object> claims, LocalPath next) {}

    /**
     * Begins a login.
     *
     * @throws IdentityProviderUnavailableException if the provider does not say where
     */
    Departure begin(HttpServletRequest request, LocalPath next) {
        ClientRegistration registration = provider.registration();
        OAuth2AuthorizationRequest begun =
                Objects.requireNonNull(new DefaultOAuth2AuthorizationRequestResolver(id -> registration)
                        .resolve(request, registration.getRegistrationId()));
        PendingLogin login = new PendingLogin(
                Objects.requireNonNull(begun.getState()),
                attribute(begun, OidcParameterNames.NONCE),
                attribute(begun, PkceParameterNames.CODE_VERIFIER),
                next);
        return new Departure(URI.create(begun.getAuthorizationRequestUri()), pending.write(login));
    }

    private static String attribute(OAuth2AuthorizationRequest begun, String name) {
        return Objects.requireNonNull(begun.<String>getAttribute(name));
    }

    /**
     * Ends a login with what the provider says.
     *
     * @param request that brings it
     * @param brought what the browser brings of the login that it has begun, any text
     * @throws ApiException if this browser has not begun it, or not in time, or if the provider let nobody in
     * @throws IdentityProviderUnavailableException if the provider does not answer
     */
    Arrival finish(HttpServletRequest request, String brought) {
        PendingLogin login = pending.read(brought).orElseThrow(() -> new ApiException(ApiError.LOGIN_INTERRUPTED));
        String code = request.getParameter(OAuth2ParameterNames.CODE);
        String state = request.getParameter(OAuth2ParameterNames.STATE);
        if (code == null || code.isBlank() || !login.state().equals(state)) {
            throw new ApiException(ApiError.LOGIN_INTERRUPTED);
        }
        OidcUser user = authenticate(request, login, code);
        return new Arrival(identity(user), calledBy(user), user.getClaims(), login.next());
    }

    private OidcUser authenticate(HttpServletRequest request, PendingLogin login, String code) {
        ClientRegistration registration = provider.registration();
        OAuth2AuthorizationRequest begun = OAuth2AuthorizationRequest.authorizationCode()
                .authorizationUri(
                        Objects.requireNonNull(registration.getProviderDetails().getAuthorizationUri()))
                .clientId(registration.getClientId())
                .redirectUri(provider.callback())
                .scopes(registration.getScopes())
                .state(login.state())
                .attributes(Map.of(
                        OidcParameterNames.NONCE, login.nonce(),
                        PkceParameterNames.CODE_VERIFIER, login.codeVerifier()))
                .build();
        OAuth2AuthorizationResponse answer = OAuth2AuthorizationResponse.success(code)
                .redirectUri(provider.callback())
                .state(login.state())
                .build();
        try {
            Authentication done = Objects.requireNonNull(authentication.authenticate(
                    new OAuth2LoginAuthenticationToken(registration, new OAuth2AuthorizationExchange(begun, answer))));
            return (OidcUser) Objects.requireNonNull(done.getPrincipal());
        } catch (OAuth2AuthenticationException e) {
            if (Throwables.getCausalChain(e).stream().anyMatch(OidcLogin::isUnavailable)) {
                throw new IdentityProviderUnavailableException("The identity provider does not answer", e);
            }
            // only the administrator can do something about it
            RequestRecord.of(request).failedBy(e);
            throw new ApiException(ApiError.LOGIN_INTERRUPTED, e);
        }
    }

    private static boolean isUnavailable(Throwable cause) {
        return cause instanceof RestClientException || cause instanceof IdentityProviderUnavailableException;
    }

    private Identity identity(OidcUser user) {
        try {
            return new Identity(provider.issuer(), Objects.requireNonNullElse(user.getSubject(), ""));
        } catch (IllegalArgumentException e) {
            throw new ApiException(ApiError.LOGIN_INTERRUPTED, e);
        }
    }

    private static Optional<String> calledBy(OidcUser user) {
        return Stream.of(user.getPreferredUsername(), user.getEmail())
                .flatMap(Stream::ofNullable)
                .findFirst();
    }
}
