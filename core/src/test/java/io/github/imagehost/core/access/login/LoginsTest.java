package io.github.imagehost.core.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.access.credential.AccessTokens;
import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.access.credential.TokenRequest;
import io.github.imagehost.core.access.credential.TokenSecret;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.access.source.RequestSource;
import io.github.imagehost.core.access.source.SourceRefusedException;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Network;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerLogin;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.QuickPasswordHasher;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoginsTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String OTHER = "staple battery horse";
    private static final String ADMIN_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final RequestSource HERE = new RequestSource(Optional.empty(), InetAddress.getLoopbackAddress());

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final Owners owners = new Owners(repository);
    private final AccessTokens tokens = new AccessTokens(repository, clock);
    private final Authenticator authenticator =
            new Authenticator(repository, clock, Optional.of(TokenSecret.digest(ADMIN_TOKEN)));
    private final QuickPasswordHasher hasher = new QuickPasswordHasher(1);
    private final Logins logins = new Logins(repository, clock, authenticator, hasher);
    private final LoginLinks links = new LoginLinks(repository, clock);
    private final Sessions sessions = new Sessions(repository, clock);
    private final Identities identities = new Identities(repository, clock);
    private final Owner alice = owners.add(new OwnerName("alice"), Role.USER);

    @Test
    void aSessionGoesOnAlthoughItsUseCannotBeNoted() {
        givePassword(PASSWORD);
        StartedSession started = logins.withPassword("alice", PASSWORD);
        clock.advance(Duration.ofHours(1));
        AccessRepository readOnly = (AccessRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AccessRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("noteSeen")) {
                        throw new RepositoryUnavailableException("The database takes no writes");
                    }
                    return method.invoke(repository, arguments);
                });

        Principal principal =
                new Sessions(readOnly, clock).authenticate(started.secret().reveal());

        assertThat(principal.owner()).isEqualTo(alice.id());
    }

    @Test
    void whoKnowsThePasswordActsInPerson() {
        givePassword(PASSWORD);

        StartedSession started = logins.withPassword("Alice", PASSWORD);

        assertThat(started.session().start()).isEqualTo(SessionStart.PASSWORD);
        assertThat(started.session().expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        Principal principal = principalOf(started);
        assertThat(principal).isEqualTo(started.principal());
        assertThat(principal.owner()).isEqualTo(alice.id());
        assertThat(principal.token()).isEmpty();
        assertThat(principal.may(Scope.DELETE)).isTrue();
        assertThat(principal.may(Scope.ADMIN)).isFalse();
    }

    @Test
    void whoShowsThePasswordActsInPersonAlsoWithoutASession() {
        givePassword(PASSWORD);

        Principal principal = logins.byPassword("Alice", PASSWORD);

        assertThat(principal.owner()).isEqualTo(alice.id());
        assertThat(principal.session()).isEmpty();
        assertThat(principal.may(Scope.ACCOUNT)).isTrue();
        assertThat(principal.may(Scope.ADMIN)).isFalse();
        assertRefused(() -> logins.byPassword("alice", OTHER), Reason.INVALID);
        assertRefused(() -> logins.byPassword("bob", PASSWORD), Reason.INVALID);
        change(alice, Optional.empty(), Optional.of(OwnerState.SUSPENDED));
        assertRefused(() -> logins.byPassword("alice", PASSWORD), Reason.INVALID);
    }

    @Test
    void aTokenInPlaceOfAPasswordIsThatOfTheOwnerWhoIsNamed() {
        String token = tokens.issue(
                        new TokenRequest(alice.id(), "phone", Set.of(Scope.ACCOUNT), Optional.of(Duration.ofDays(1))))
                .secret()
                .reveal();

        Principal principal = logins.byToken("ALICE", token, HERE);

        assertThat(principal.owner()).isEqualTo(alice.id());
        assertThat(principal.scopes()).containsExactly(Scope.ACCOUNT);
        assertRefused(() -> logins.byToken("default", token, HERE), Reason.INVALID);
        assertRefused(() -> logins.byToken("no name", token, HERE), Reason.INVALID);
        assertRefused(() -> logins.byToken("alice", PASSWORD, HERE), Reason.INVALID);
        clock.advance(Duration.ofDays(1));
        assertRefused(() -> logins.byToken("alice", token, HERE), Reason.EXPIRED);
    }

    /** What keyboards of different systems send for "café Zürich": one character, or a letter and a mark. */
    @Test
    void aPasswordIsTheSameHoweverItIsComposed() {
        givePassword("caf\u00e9 Z\u00fcrich");

        assertThat(logins.withPassword("alice", "cafe\u0301 Zu\u0308rich")
                        .principal()
                        .owner())
                .isEqualTo(alice.id());
    }

    /** Otherwise the time of an answer would tell which names there are. */
    @Test
    void whoeverIsRefusedCostsTheSameWorkAndLearnsTheSame() {
        givePassword(PASSWORD);
        owners.add(new OwnerName("nopassword"), Role.USER);
        Owner suspended = owners.add(new OwnerName("suspended"), Role.USER);
        givePassword(suspended, PASSWORD);
        change(suspended, Optional.empty(), Optional.of(OwnerState.SUSPENDED));

        for (String name : List.of("alice", "nopassword", "suspended", "nobody", "no name", "", "x".repeat(1000))) {
            String password = name.equals("alice") ? OTHER : PASSWORD;
            int before = hasher.work();

            assertRefused(() -> logins.withPassword(name, password), Reason.INVALID);

            assertThat(hasher.work() - before).as(name).isEqualTo(1);
        }
        assertThat(sessions.list(alice.id())).isEmpty();
    }

    @Test
    void everyLoginHasASecretOfItsOwn() {
        givePassword(PASSWORD);

        StartedSession one = logins.withPassword("alice", PASSWORD);
        StartedSession other = logins.withPassword("alice", PASSWORD);

        assertThat(one.secret().reveal())
                .hasSize(43)
                .isNotEqualTo(other.secret().reveal());
        assertThat(sessions.list(alice.id())).containsExactly(one.session(), other.session());
    }

    @Test
    void secretsAreInNoDescription() {
        givePassword(PASSWORD);
        StartedSession started = logins.withPassword("alice", PASSWORD);
        IssuedLink link = links.issue(alice.id()).orElseThrow();
        OwnerLogin login = repository.findLogin(alice.id()).orElseThrow();

        assertThat(started.toString()).doesNotContain(started.secret().reveal());
        assertThat(link.toString()).doesNotContain(link.secret().reveal());
        assertThat(login.toString()).doesNotContain("quick");
        assertThat(newPassword(PASSWORD).toString()).doesNotContain(PASSWORD);
    }

    @Test
    void aHashThatIsTooWeakNowIsMadeAnewAtALogin() {
        givePassword(PASSWORD);
        PasswordHash weak = hashOfAlice();
        StartedSession before = logins.withPassword("alice", PASSWORD);
        Logins stronger = new Logins(repository, clock, authenticator, new QuickPasswordHasher(2));

        assertRefused(() -> stronger.withPassword("alice", OTHER), Reason.INVALID);
        assertThat(hashOfAlice()).isEqualTo(weak);

        stronger.withPassword("alice", PASSWORD);
        assertThat(hashOfAlice().value()).startsWith("$quick$v=2$");
        assertThat(principalOf(before).owner()).isEqualTo(alice.id());
        assertThat(stronger.withPassword("alice", PASSWORD).principal().owner()).isEqualTo(alice.id());
    }

    @Test
    void aSessionIsGoodForNoMoreThanTheTokenThatBeganIt() {
        IssuedToken issued = issue(Duration.ofDays(1), Scope.UPLOAD);

        StartedSession started = withToken(issued.secret().reveal());

        Principal principal = principalOf(started);
        assertThat(principal.may(Scope.UPLOAD)).isTrue();
        assertThat(principal.may(Scope.READ)).isFalse();
        assertThat(principal.token().map(AccessToken::id))
                .contains(issued.token().id());
        assertThat(started.session().expiresAt())
                .isEqualTo(issued.token().expiresAt().orElseThrow());
    }

    @Test
    void aSessionEndsWithTheTokenThatBeganIt() {
        IssuedToken ends = issue(Duration.ofDays(1), Scope.UPLOAD);
        IssuedToken revoked = issue(Duration.ofDays(2), Scope.UPLOAD);
        StartedSession ofEnding = withToken(ends.secret().reveal());
        StartedSession ofRevoked = withToken(revoked.secret().reveal());

        clock.advance(Duration.ofHours(23));
        assertThat(principalOf(ofEnding).session().orElseThrow().expiresAt())
                .isEqualTo(ends.token().expiresAt().orElseThrow());

        tokens.revoke(alice.id(), revoked.token().id());
        assertRefused(() -> principalOf(ofRevoked), Reason.INVALID);
        assertThat(sessions.list(alice.id()))
                .extracting(Session::secret)
                .containsExactly(ofEnding.session().secret());

        clock.advance(Duration.ofHours(1));
        assertRefused(() -> principalOf(ofEnding), Reason.EXPIRED);
        assertThat(sessions.list(alice.id())).isEmpty();
    }

    @Test
    void aSessionIsGoodFromWhereTheTokenIs() throws Exception {
        RequestSource elsewhere = new RequestSource(Optional.empty(), InetAddress.getByName("192.0.2.7"));
        String bound = issue(new TokenBinding(Set.of(), Set.of(Network.parse("127.0.0.0/8"))));

        assertThatExceptionOfType(SourceRefusedException.class).isThrownBy(() -> logins.withToken(bound, elsewhere));
        assertThat(sessions.list(alice.id())).isEmpty();

        Principal inSession = principalOf(withToken(bound));
        inSession.check(HERE);
        assertThatExceptionOfType(SourceRefusedException.class)
                .isThrownBy(() -> inSession.check(elsewhere))
                .extracting(SourceRefusedException::reason)
                .isEqualTo(SourceRefusedException.Reason.ADDRESS);
    }

    @Test
    void aTokenForThePagesOfOtherSitesBeginsNoSession() {
        Origin blog = new Origin("https://blog.example");
        String bound = issue(new TokenBinding(Set.of(blog), Set.of()));
        RequestSource source = new RequestSource(Optional.of(blog.value()), HERE.client());

        assertThatExceptionOfType(SourceRefusedException.class)
                .isThrownBy(() -> logins.withToken(bound, source))
                .extracting(SourceRefusedException::reason)
                .isEqualTo(SourceRefusedException.Reason.ORIGIN);
        assertThat(sessions.list(alice.id())).isEmpty();
    }

    private String issue(TokenBinding binding) {
        TokenRequest request = new TokenRequest(alice.id(), "test", Set.of(Scope.READ), Optional.empty(), binding);
        return tokens.issue(request).secret().reveal();
    }

    private StartedSession withToken(String secret) {
        return logins.withToken(secret, HERE);
    }

    @Test
    void theTokenOfTheSettingsBeginsASessionOfTheFirstOwner() {
        Principal principal = principalOf(withToken(ADMIN_TOKEN));

        assertThat(principal.owner()).isEqualTo(OwnerId.DEFAULT);
        assertThat(EnumSet.allOf(Scope.class)).allMatch(principal::may);
    }

    @Test
    void aTokenThatIsGoodForNothingBeginsNoSession() {
        IssuedToken issued = issue(Duration.ofDays(1), Scope.UPLOAD);
        tokens.revoke(alice.id(), issued.token().id());

        assertRefused(() -> withToken(issued.secret().reveal()), Reason.INVALID);
        assertRefused(() -> withToken("imh_wrong"), Reason.INVALID);
        assertThat(sessions.list(alice.id())).isEmpty();
    }

    @Test
    void aLinkIsGoodOnceForTenMinutes() {
        String used = link();
        StartedSession started = logins.withLink(used);
        assertThat(started.session().start()).isEqualTo(SessionStart.LINK);
        assertThat(principalOf(started).owner()).isEqualTo(alice.id());
        assertRefused(() -> logins.withLink(used), Reason.INVALID);

        String good = link();
        String late = link();
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        logins.withLink(good);
        clock.advance(Duration.ofMillis(1));
        assertRefused(() -> logins.withLink(late), Reason.INVALID);
        assertRefused(() -> logins.withLink(started.secret().reveal()), Reason.INVALID);
        assertRefused(() -> logins.withLink("nonsense"), Reason.INVALID);
        assertThat(links.issue(new OwnerId(99))).isEmpty();
    }

    @Test
    void ofManyWithOneLinkExactlyOneGetsIn() throws Exception {
        String link = link();

        List<Boolean> in = Concurrently.run(50, () -> {
            try {
                logins.withLink(link);
                return true;
            } catch (CredentialRefusedException e) {
                return false;
            }
        });

        assertThat(in).containsOnlyOnce(true);
        assertThat(sessions.list(alice.id())).hasSize(1);
    }

    @Test
    void aLinkIsNoSession() {
        assertRefused(() -> sessions.authenticate(link()), Reason.INVALID);
    }

    @ParameterizedTest
    @EnumSource
    void everySessionAndLinkEndsWithTheEpoch(SessionStart start) {
        givePassword(PASSWORD);
        List<Runnable> ways = List.of(
                () -> sessions.endAll(alice.id()),
                () -> logins.changePassword(alicesToken(), Optional.of(PASSWORD), newPassword(PASSWORD)),
                () -> change(alice, Optional.empty(), Optional.of(OwnerState.SUSPENDED)));
        for (Runnable way : ways) {
            StartedSession started = begin(start);
            String link = link();

            way.run();

            assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> principalOf(started));
            change(alice, Optional.empty(), Optional.of(OwnerState.ACTIVE));
            assertRefused(() -> principalOf(started), Reason.INVALID);
            assertRefused(() -> logins.withLink(link), Reason.INVALID);
            assertThat(sessions.list(alice.id())).isEmpty();
        }
    }

    @Test
    void whoIsSuspendedActsInNoSession() {
        StartedSession started = begin(SessionStart.LINK);
        repository.changeOwner(
                alice.id(),
                new Owner.Change(Optional.empty(), Optional.of(Role.USER), Optional.of(OwnerState.SUSPENDED)));
        String link = link();
        // as if a server of an older version, which knows no epochs, had suspended her
        repository.addSession(
                inEpochOf(started.session(), repository.findLogin(alice.id()).orElseThrow()));

        assertRefused(() -> principalOf(started), Reason.OWNER_SUSPENDED);
        assertRefused(() -> logins.withLink(link), Reason.OWNER_SUSPENDED);
    }

    private static Session inEpochOf(Session session, OwnerLogin login) {
        return new Session(
                session.secret(),
                session.owner(),
                login.epoch(),
                session.start(),
                session.token(),
                session.createdAt(),
                session.seenAt(),
                session.expiresAt());
    }

    @Test
    void rightsInASessionAreThoseOfTheMoment() {
        StartedSession started = begin(SessionStart.LINK);

        change(alice, Optional.of(Role.ADMIN), Optional.empty());
        assertThat(principalOf(started).may(Scope.ADMIN)).isTrue();

        change(alice, Optional.of(Role.USER), Optional.empty());
        assertThat(principalOf(started).may(Scope.ADMIN)).isFalse();
    }

    @Test
    void oneSessionEndsAlone() {
        StartedSession ended = begin(SessionStart.LINK);
        StartedSession other = begin(SessionStart.LINK);

        sessions.end(ended.secret().reveal());
        sessions.end("nonsense");

        assertRefused(() -> principalOf(ended), Reason.INVALID);
        assertThat(principalOf(other).owner()).isEqualTo(alice.id());
    }

    @Test
    void aSessionEndsThirtyDaysAfterItsLastUse() {
        StartedSession started = begin(SessionStart.LINK);

        clock.advance(Duration.ofDays(30).minusMillis(1));
        assertThat(principalOf(started).owner()).isEqualTo(alice.id());
        clock.advance(Duration.ofDays(29));
        assertThat(principalOf(started).owner()).isEqualTo(alice.id());
        clock.advance(Duration.ofDays(30));
        assertRefused(() -> principalOf(started), Reason.EXPIRED);
        assertThat(sessions.list(alice.id())).isEmpty();
    }

    @Test
    void usesOfASessionAreNotedOnceAMinute() {
        StartedSession started = begin(SessionStart.LINK);

        clock.advance(Duration.ofMinutes(1));
        principalOf(started);
        assertThat(sessions.list(alice.id())).containsExactly(started.session());

        clock.advance(Duration.ofMillis(1));
        principalOf(started);
        Session noted = sessions.list(alice.id()).get(0);
        assertThat(noted.seenAt()).isEqualTo(clock.instant());
        assertThat(noted.expiresAt()).isEqualTo(clock.instant().plus(Duration.ofDays(30)));
        assertThat(noted.createdAt()).isEqualTo(started.session().createdAt());
    }

    @Test
    void whatHasExpiredIsSweptAndNothingElse() {
        for (int i = 0; i < 1001; i++) {
            begin(SessionStart.LINK);
        }
        link();
        clock.advance(Duration.ofDays(30));
        StartedSession good = begin(SessionStart.LINK);
        String link = link();

        assertThat(sessions.sweep()).isEqualTo(1002);
        assertThat(sessions.sweep()).isZero();

        assertThat(principalOf(good).owner()).isEqualTo(alice.id());
        assertThat(logins.withLink(link).principal().owner()).isEqualTo(alice.id());
    }

    @Test
    void aPasswordIsChangedByWhoKnowsIt() {
        givePassword(PASSWORD);
        StartedSession mine = logins.withPassword("alice", PASSWORD);
        StartedSession others = logins.withPassword("alice", PASSWORD);

        for (Optional<String> wrong : List.of(Optional.<String>empty(), Optional.of(OTHER), Optional.of(""))) {
            assertThatExceptionOfType(WrongPasswordException.class)
                    .isThrownBy(() -> logins.changePassword(principalOf(mine), wrong, newPassword(OTHER)));
        }
        StartedSession goesOn = logins.changePassword(principalOf(mine), Optional.of(PASSWORD), newPassword(OTHER))
                .orElseThrow();

        assertRefused(() -> principalOf(mine), Reason.INVALID);
        assertRefused(() -> principalOf(others), Reason.INVALID);
        assertThat(principalOf(goesOn).owner()).isEqualTo(alice.id());
        assertThat(goesOn.secret().reveal()).isNotEqualTo(mine.secret().reveal());
        assertRefused(() -> logins.withPassword("alice", PASSWORD), Reason.INVALID);
        assertThat(logins.withPassword("alice", OTHER).principal().owner()).isEqualTo(alice.id());
    }

    @Test
    void whoCameByALinkNeedsNoOldPasswordForTenMinutes() {
        givePassword(PASSWORD);
        StartedSession late = begin(SessionStart.LINK);
        clock.advance(Duration.ofMinutes(10));
        assertThatExceptionOfType(WrongPasswordException.class)
                .isThrownBy(() -> logins.changePassword(principalOf(late), Optional.empty(), newPassword(OTHER)));
        StartedSession soon = begin(SessionStart.LINK);
        clock.advance(Duration.ofMinutes(10).minusMillis(1));

        StartedSession goesOn = logins.changePassword(principalOf(soon), Optional.empty(), newPassword(OTHER))
                .orElseThrow();

        assertThatExceptionOfType(WrongPasswordException.class)
                .isThrownBy(() -> logins.changePassword(principalOf(goesOn), Optional.empty(), newPassword(PASSWORD)));
        assertThat(logins.withPassword("alice", OTHER).principal().owner()).isEqualTo(alice.id());
    }

    /** Within METADATA_CACHE, another server may still think that the session goes on. */
    @Test
    void whoseSessionHasEndedMeanwhileChangesNothing() {
        Principal sender = principalOf(begin(SessionStart.LINK));
        sessions.endAll(alice.id());

        assertRefused(() -> logins.changePassword(sender, Optional.empty(), newPassword(OTHER)), Reason.INVALID);

        assertThat(repository.findLogin(alice.id()).orElseThrow().password()).isEmpty();
    }

    @Test
    void whoHasNoPasswordSetsTheFirstOneInPerson() {
        assertThat(logins.changePassword(Principal.DEFAULT_OWNER, Optional.empty(), newPassword(PASSWORD)))
                .isEmpty();

        assertThat(logins.withPassword("default", PASSWORD).principal().owner()).isEqualTo(OwnerId.DEFAULT);
        assertThatExceptionOfType(WrongPasswordException.class)
                .isThrownBy(() -> logins.changePassword(Principal.DEFAULT_OWNER, Optional.empty(), newPassword(OTHER)));
    }

    /** A password would be good for everything, and for ever. */
    @Test
    void noTokenGetsItsBearerAPassword() {
        IssuedToken token = issue(Duration.ofDays(1), Scope.ACCOUNT);
        String secret = token.secret().reveal();
        for (Principal sender : List.of(authenticator.authenticate(secret), principalOf(withToken(secret)))) {
            for (Optional<String> current : List.of(Optional.<String>empty(), Optional.of(""), Optional.of(OTHER))) {
                assertThatExceptionOfType(WrongPasswordException.class)
                        .isThrownBy(() -> logins.changePassword(sender, current, newPassword(PASSWORD)));
            }
        }
        givePassword(OTHER);

        StartedSession goesOn = logins.changePassword(
                        principalOf(withToken(secret)), Optional.of(OTHER), newPassword(PASSWORD))
                .orElseThrow();

        assertThat(principalOf(goesOn).token().map(AccessToken::id))
                .contains(token.token().id());
        assertThat(principalOf(goesOn).may(Scope.UPLOAD)).isFalse();
    }

    @Test
    void ofManyWhoChangeThePasswordExactlyOneDoes() throws Exception {
        givePassword(PASSWORD);
        Principal sender = principalOf(logins.withPassword("alice", PASSWORD));

        List<Boolean> changed = Concurrently.run(8, () -> {
            try {
                logins.changePassword(sender, Optional.of(PASSWORD), newPassword(OTHER));
                return true;
            } catch (WrongPasswordException | CredentialRefusedException e) {
                return false;
            }
        });

        assertThat(changed).containsOnlyOnce(true);
        assertThat(sessions.list(alice.id())).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "short", "imh_", "0123456789012345678901234567890123456789012 "})
    void whatIsNoSecretIsNoSession(String secret) {
        assertRefused(() -> sessions.authenticate(secret), Reason.INVALID);
    }

    private StartedSession begin(SessionStart start) {
        return switch (start) {
            case PASSWORD -> logins.withPassword("alice", PASSWORD);
            case TOKEN ->
                withToken(issue(Duration.ofDays(60), Scope.values()).secret().reveal());
            case LINK -> logins.withLink(link());
            case OIDC -> withIdentity();
        };
    }

    private StartedSession withIdentity() {
        Identity identity = new Identity("https://login.test", "1234");
        identities.give(identity, alice);
        return identities.logIn(identity);
    }

    private Principal alicesToken() {
        return authenticator.authenticate(
                issue(Duration.ofDays(1), Scope.ACCOUNT).secret().reveal());
    }

    private IssuedToken issue(Duration life, Scope... scopes) {
        return tokens.issue(new TokenRequest(alice.id(), "test", Set.of(scopes), Optional.of(life)));
    }

    private String link() {
        return links.issue(alice.id()).orElseThrow().secret().reveal();
    }

    private Principal principalOf(StartedSession started) {
        return sessions.authenticate(started.secret().reveal());
    }

    private void givePassword(String password) {
        givePassword(alice, password);
    }

    private void givePassword(Owner owner, String password) {
        OwnerLogin login = repository.findLogin(owner.id()).orElseThrow();
        repository.changePassword(login, hasher.hash(NewPassword.normalize(password)));
    }

    private NewPassword newPassword(String text) {
        return NewPassword.of(text, alice.name());
    }

    private PasswordHash hashOfAlice() {
        return repository.findLogin(alice.id()).flatMap(OwnerLogin::password).orElseThrow();
    }

    private void change(Owner owner, Optional<Role> role, Optional<OwnerState> state) {
        owners.change(owner.id(), new Owner.Change(Optional.empty(), role, state));
    }

    private static void assertRefused(ThrowingCallable login, Reason reason) {
        assertThatExceptionOfType(CredentialRefusedException.class)
                .isThrownBy(login)
                .extracting(CredentialRefusedException::reason)
                .isEqualTo(reason);
    }
}
