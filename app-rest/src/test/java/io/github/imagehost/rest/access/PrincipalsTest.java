package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Guests;
import io.github.imagehost.core.access.credential.IdentityTokens;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.login.Logins;
import io.github.imagehost.core.access.login.Sessions;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.IdentityTokenVerifier.VerifiedToken;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.QuickPasswordHasher;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.support.StaticListableBeanFactory;

/** What is remembered of sessions, for how long, and what ends it. */
class PrincipalsTest {

    private static final Identity IDENTITY = new Identity("https://login.test", "1");
    private static final String IDENTITY_TOKEN = "eyJ9.eyJ9.x";

    private final MutableClock clock = new MutableClock();
    private final AtomicInteger questions = new AtomicInteger();
    private Runnable afterTheQuestion = () -> {};
    private final AccessRepository repository = counting(new InMemoryAccessRepository(clock));
    private final Sessions sessions = new Sessions(repository, clock);
    private final Authenticator authenticator = new Authenticator(repository, clock, Optional.empty());
    private final Guests guests = new Guests(repository);
    private final IdentityTokens identityTokens = new IdentityTokens(repository, this::verify, clock);
    private final Principals principals = new Principals(
            provider(Authenticator.class, authenticator),
            provider(IdentityTokens.class, identityTokens),
            provider(Sessions.class, sessions),
            provider(Guests.class, guests),
            clock,
            ServiceSettings.from(Settings.of(Map.of("METADATA_CACHE", "1h"))));

    @Test
    void aSessionIsAskedForOnce() {
        String secret = begin();

        for (int i = 0; i < 3; i++) {
            assertThat(principals.ofSession(secret).owner()).isEqualTo(OwnerId.DEFAULT);
        }

        assertThat(questions).hasValue(1);
    }

    @Test
    void whatAnotherServerEndsIsGoodHereUntilItIsAskedForAgain() {
        String secret = begin();
        principals.ofSession(secret);

        sessions.endAll(OwnerId.DEFAULT);
        assertThat(principals.ofSession(secret).owner()).isEqualTo(OwnerId.DEFAULT);

        principals.forget(OwnerId.DEFAULT);
        assertEnded(secret);
    }

    @Test
    void whatIsRememberedEndsInTime() {
        String secret = begin();
        principals.ofSession(secret);

        clock.advance(Duration.ofDays(30));

        assertEnded(secret);
    }

    @Test
    void whatIsForgottenWhileItIsAskedForIsNotRemembered() {
        String secret = begin();
        afterTheQuestion = () -> {
            afterTheQuestion = () -> {};
            sessions.end(secret);
            principals.forgetSession(secret);
        };

        assertThat(principals.ofSession(secret).owner()).isEqualTo(OwnerId.DEFAULT);

        assertEnded(secret);
    }

    @Test
    void aSessionIsNoTokenAndATokenIsNoSession() {
        String secret = begin();
        Principal principal = principals.ofSession(secret);

        assertThat(principal.session()).isPresent();
        assertThat(principals.remembered(secret)).isEmpty();
        assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> principals.ask(secret));
    }

    @Test
    void aTokenOfAProviderIsRememberedUntilItEnds() {
        repository.giveIdentity(IDENTITY, OwnerId.DEFAULT);

        principals.ask(IDENTITY_TOKEN);
        assertThat(principals.remembered(IDENTITY_TOKEN)).isPresent();
        assertThat(questions).hasValue(1);

        clock.advance(Duration.ofMinutes(1));
        assertThat(principals.remembered(IDENTITY_TOKEN)).isEmpty();
    }

    private Optional<VerifiedToken> verify(String token) {
        assertThat(token).isEqualTo(IDENTITY_TOKEN);
        questions.incrementAndGet();
        return Optional.of(new VerifiedToken(IDENTITY, Set.of(), clock.instant().plus(Duration.ofMinutes(1))));
    }

    private static <T> ObjectProvider<T> provider(Class<T> type, T object) {
        return new StaticListableBeanFactory(Map.of("it", object)).getBeanProvider(type);
    }

    private void assertEnded(String secret) {
        assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> principals.ofSession(secret));
    }

    private String begin() {
        String link = new LoginLinks(repository, clock)
                .issue(OwnerId.DEFAULT)
                .orElseThrow()
                .secret()
                .reveal();
        return new Logins(repository, clock, authenticator, new QuickPasswordHasher(1))
                .withLink(link)
                .secret()
                .reveal();
    }

    /** Counts how often a session is looked for, and does something after that. */
    private AccessRepository counting(AccessRepository counted) {
        return (AccessRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AccessRepository.class}, (proxy, method, arguments) -> {
                    Object answer = method.invoke(counted, arguments);
                    if (method.getName().equals("findSession")) {
                        questions.incrementAndGet();
                        afterTheQuestion.run();
                    }
                    return answer;
                });
    }
}
