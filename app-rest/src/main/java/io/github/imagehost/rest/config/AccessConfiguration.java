package io.github.imagehost.rest.config;

import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.Guests;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.access.link.ViewLinks;
import io.github.imagehost.core.access.login.Identities;
import io.github.imagehost.core.access.login.Invitations;
import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.Sessions;
import io.github.imagehost.core.access.owner.Entitlements;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.access.settings.AccessMode;
import io.github.imagehost.core.access.settings.AccessSettings;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.access.source.AddressRules;
import io.github.imagehost.core.access.source.HotlinkRules;
import io.github.imagehost.core.audit.AuditSettings;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.PasswordHasher;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.rest.access.Argon2PasswordHasher;
import io.github.imagehost.rest.settings.ServiceLimits;
import java.time.InstantSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Who may use the service, and what knows it. */
@Configuration(proxyBeanMethods = false)
class AccessConfiguration {

    private static final Logger log = LoggerFactory.getLogger(AccessConfiguration.class);

    @Bean
    AccessSettings accessSettings(Settings settings) {
        return AccessSettings.from(settings);
    }

    @Bean
    AddressRules addressRules(Settings settings) {
        return AddressRules.from(settings);
    }

    @Bean
    HotlinkRules hotlinkRules(Settings settings) {
        return HotlinkRules.from(settings);
    }

    @Bean
    GuestSettings guestSettings(Settings settings, AccessSettings access) {
        return GuestSettings.from(settings, access.mode());
    }

    @Bean
    InstantSource clock() {
        return InstantSource.system();
    }

    @Bean
    AccessRepository accessRepository(MySqlMetadataRepository repository) {
        return repository.access();
    }

    @Bean
    Authenticator authenticator(AccessRepository repository, InstantSource clock, AccessSettings settings) {
        return new Authenticator(repository, clock, settings.adminSecret());
    }

    @Bean
    AccessTokens accessTokens(AccessRepository repository, InstantSource clock) {
        return new AccessTokens(repository, clock);
    }

    @Bean
    Sessions sessions(AccessRepository repository, InstantSource clock) {
        return new Sessions(repository, clock);
    }

    @Bean
    LoginLinks loginLinks(AccessRepository repository, InstantSource clock) {
        return new LoginLinks(repository, clock);
    }

    @Bean
    Invitations invitations(AccessRepository repository, InstantSource clock) {
        return new Invitations(repository, clock);
    }

    @Bean
    PasswordHasher passwordHasher(ServiceLimits limits) {
        return new Argon2PasswordHasher(limits.passwordMemory());
    }

    @Bean
    Logins logins(
            AccessRepository repository, InstantSource clock, Authenticator authenticator, PasswordHasher hasher) {
        return new Logins(repository, clock, authenticator, hasher);
    }

    @Bean
    ViewLinks viewLinks(AccessRepository repository, InstantSource clock) {
        return new ViewLinks(repository, clock);
    }

    @Bean
    DeleteLinks deleteLinks(AccessRepository repository) {
        return new DeleteLinks(repository);
    }

    @Bean
    Guests guests(AccessRepository repository) {
        return new Guests(repository);
    }

    @Bean
    Identities identities(AccessRepository repository, InstantSource clock) {
        return new Identities(repository, clock);
    }

    @Bean
    Entitlements entitlements(AccessRepository repository, QuotaLedger quotas) {
        return new Entitlements(repository, quotas);
    }

    @Bean
    Owners owners(AccessRepository repository) {
        return new Owners(repository);
    }

    /** The owner of what guests upload is there from the start, so that it can be given a quota. */
    @Bean
    ApplicationRunner guestAnnouncement(GuestSettings settings, Guests guests) {
        return arguments -> {
            if (settings.mayUpload()) {
                log.info(
                        "GUEST_UPLOAD is true: everybody who reaches the service may upload for the owner '{}'",
                        guests.owner().name());
            }
        };
    }

    @Bean
    AuditSettings auditSettings(Settings settings) {
        return AuditSettings.from(settings);
    }

    @Bean
    AuditTrail auditTrail(MySqlMetadataRepository repository, InstantSource clock, AuditSettings settings) {
        return new AuditTrail(repository.auditLog(), clock, settings);
    }

    /** Whoever starts the service learns who may use it, and how to get in. */
    @Bean
    ApplicationRunner accessAnnouncement(AccessSettings settings, AccessTokens tokens) {
        return arguments -> {
            if (settings.mode() == AccessMode.OPEN) {
                log.warn("ACCESS is open: whoever reaches the service may list, upload and delete everything");
            } else if (settings.mode() == AccessMode.LOCAL) {
                log.info("This machine uses the service without a login. {}", settings.reason());
            } else if (settings.adminSecret().isPresent() || tokens.hasUsable()) {
                log.info("Whoever uses the service needs a token. {}", settings.reason());
            } else {
                log.warn(
                        "Whoever uses the service needs a token, and there is none yet. {}. Make the first one on this"
                                + " machine, with the same settings: imagehost token create admin --scopes all",
                        settings.reason());
            }
        };
    }
}
