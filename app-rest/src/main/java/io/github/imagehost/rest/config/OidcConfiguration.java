package io.github.imagehost.rest.config;

import io.github.imagehost.core.access.credential.IdentityTokens;
import io.github.imagehost.core.access.link.SharedKey;
import io.github.imagehost.core.access.settings.IdentityProviderSettings;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.rest.oidc.IdentityProvider;
import io.github.imagehost.rest.oidc.OidcLogin;
import io.github.imagehost.rest.oidc.ProviderTokenVerifier;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The identity provider, if there is one; nothing of this is there otherwise. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty(ServiceSettings.HAS_IDENTITY_PROVIDER)
class OidcConfiguration {

    private static final Logger log = LoggerFactory.getLogger(OidcConfiguration.class);

    @Bean
    IdentityProviderSettings identityProviderSettings(Settings settings) {
        return IdentityProviderSettings.from(settings).orElseThrow();
    }

    @Bean
    IdentityProvider identityProvider(IdentityProviderSettings settings, ServiceSettings service, InstantSource clock) {
        return new IdentityProvider(settings, service.publicUrl() + IdentityProvider.CALLBACK, clock);
    }

    @Bean
    OidcLogin oidcLogin(IdentityProvider provider, AccessRepository repository, InstantSource clock) {
        return new OidcLogin(provider, new SharedKey(repository, LinkPurpose.LOGIN), clock);
    }

    @Bean
    @ConditionalOnProperty(ServiceSettings.HAS_IDENTITY_TOKENS)
    IdentityTokens identityTokens(
            IdentityProviderSettings settings,
            IdentityProvider provider,
            AccessRepository repository,
            InstantSource clock) {
        ProviderTokenVerifier verifier =
                new ProviderTokenVerifier(provider, settings.audience().orElseThrow(), clock);
        return new IdentityTokens(repository, verifier, clock);
    }

    @Bean
    ApplicationRunner identityProviderAnnouncement(IdentityProviderSettings settings, IdentityProvider provider) {
        return arguments -> log.info("People log in at {}; it has to know {}", settings.issuer(), provider.callback());
    }
}
