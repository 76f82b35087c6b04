package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.LinkPurpose;
import io.github.imagehost.core.model.access.LoginLink;
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
import io.github.imagehost.core.model.access.SigningKey;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.access.NewOwner;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What every {@link AccessRepository} promises. */
public abstract class AccessRepositoryContract {

    /** No repository counts that far, however many tests share it. */
    private static final OwnerId NOBODY = new OwnerId(Long.MAX_VALUE);

    private static final OwnerName ALICE = new OwnerName("alice");
    private static final OwnerName BOB = new OwnerName("bob");
    private static final Owner.Change SUSPENSION =
            new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED));
    private static final Owner.Change RETURN =
            new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.ACTIVE));
    private static final Instant NOW = Instant.parse("2026-01-31T16:00:00.123Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final PasswordHash HASH = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
    private static final PasswordHash OTHER_HASH = new PasswordHash("$" + "x".repeat(PasswordHash.LONGEST - 1));

    /** In an order that no sorting makes. */
    private static final TokenBinding BINDING = new TokenBinding(
            Set.of(new Origin("https://blog.example"), new Origin("app://obsidian.md")),
            Set.of(Network.parse("10.0.0.0/8"), Network.parse("2001:DB8::/32"), Network.parse("fe80::7")));

    private final AtomicInteger secrets = new AtomicInteger();
    private AccessRepository repository;

    /** An empty one, called before each test; whoever overrides this closes it. */
    protected abstract AccessRepository createRepository() throws Exception;

    /** What owners of the repository that was created last may have. */
    protected abstract QuotaLedger quotas();

    @BeforeEach
    final void open() throws Exception {
        repository = createRepository();
    }

    @Test
    void theFirstOwnerIsThereFromTheBeginning() {
        Owner first = repository.findOwner(OwnerId.DEFAULT).orElseThrow();

        assertThat(first.name()).isEqualTo(Owner.DEFAULT_NAME);
        assertThat(first.role()).isEqualTo(Role.ADMIN);
        assertThat(first.state()).isEqualTo(OwnerState.ACTIVE);
        assertThat(repository.owners()).containsExactly(first);
        assertThat(repository.hasUsableToken(NOW)).isFalse();
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerIsFoundByIdAndByName(Role role) {
        Instant before = Instant.now();

        Owner alice = repository.addOwner(ALICE, role);

        assertThat(alice.id().value()).isGreaterThan(OwnerId.DEFAULT.value());
        assertThat(alice.name()).isEqualTo(ALICE);
        assertThat(alice.role()).isEqualTo(role);
        assertThat(alice.state()).isEqualTo(OwnerState.ACTIVE);
        assertThat(alice.createdAt()).isBetween(before.minusSeconds(60), before.plusSeconds(60));
        assertThat(repository.findOwner(alice.id())).contains(alice);
        assertThat(repository.findOwner(ALICE)).contains(alice);
        assertThat(repository.findOwner(BOB)).isEmpty();
        assertThat(repository.findOwner(new OwnerId(alice.id().value() + 1))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anOwnerOfAnotherHostIsAddedAsItWas(OwnerState state) {
        Quota quota = new Quota(OptionalLong.of(0), OptionalLong.of(1L << 40));

        Owner alice = repository.addOwner(new NewOwner(ALICE, Role.ADMIN, state, NOW, quota));
        Owner bob = repository.addOwner(new NewOwner(BOB, Role.GUEST, OwnerState.ACTIVE, NOW, Quota.NONE));

        assertThat(alice).isEqualTo(new Owner(alice.id(), ALICE, Role.ADMIN, state, NOW));
        assertThat(repository.owners()).hasSize(3).contains(alice, bob);
        assertThat(alice.id()).isNotIn(OwnerId.DEFAULT, bob.id());
        assertThat(quotas().quota(alice.id())).isEqualTo(quota);
        assertThat(quotas().quota(bob.id())).isEqualTo(Quota.NONE);
        assertThat(repository.findLogin(alice.id()))
                .hasValueSatisfying(login -> assertThat(login.password()).isEmpty());
        assertThat(repository.tokens(alice.id())).isEmpty();
    }

    @Test
    void anOwnerOfAnotherHostGetsNobodysName() {
        Owner alice = repository.addOwner(ALICE, Role.USER);
        Quota quota = new Quota(OptionalLong.of(1), OptionalLong.empty());

        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> repository.addOwner(new NewOwner(ALICE, Role.ADMIN, OwnerState.ACTIVE, NOW, quota)));

        assertThat(repository.owners()).hasSize(2).contains(alice);
        assertThat(quotas().quota(alice.id())).isEqualTo(Quota.NONE);
    }

    @Test
    void ownersAreListedInTheOrderOfTheirIds() {
        Owner bob = repository.addOwner(BOB, Role.USER);
        Owner alice = repository.addOwner(ALICE, Role.USER);

        assertThat(repository.owners()).extracting(Owner::id).containsExactly(OwnerId.DEFAULT, bob.id(), alice.id());
    }

    @Test
    void noTwoOwnersHaveOneName() {
        Owner alice = repository.addOwner(ALICE, Role.USER);
        Owner bob = repository.addOwner(BOB, Role.USER);

        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> repository.addOwner(ALICE, Role.ADMIN))
                .withMessageContaining("alice");
        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> repository.changeOwner(
                        bob.id(),
                        new Owner.Change(
                                Optional.of(ALICE), Optional.of(Role.ADMIN), Optional.of(OwnerState.SUSPENDED))));

        assertThat(repository.owners()).hasSize(3).contains(alice, bob);
    }

    @Test
    void ofManyWhoWantOneNameExactlyOneGetsIt() throws Exception {
        List<Boolean> added = Concurrently.run(8, () -> {
            try {
                repository.addOwner(ALICE, Role.USER);
                return true;
            } catch (NameTakenException e) {
                return false;
            }
        });

        assertThat(added).containsOnlyOnce(true);
        assertThat(repository.owners()).hasSize(2);
    }

    @Test
    void anOwnerIsChanged() {
        Owner alice = repository.addOwner(ALICE, Role.USER);
        Owner.Change change =
                new Owner.Change(Optional.of(BOB), Optional.of(Role.ADMIN), Optional.of(OwnerState.SUSPENDED));

        Optional<Owner> changed = repository.changeOwner(alice.id(), change);

        Owner expected = new Owner(alice.id(), BOB, Role.ADMIN, OwnerState.SUSPENDED, alice.createdAt());
        assertThat(changed).contains(expected);
        assertThat(repository.findOwner(alice.id())).contains(expected);
        assertThat(repository.findOwner(ALICE)).isEmpty();
        assertThat(repository.changeOwner(alice.id(), change)).contains(expected);
    }

    @Test
    void whatOfAnOwnerIsNotToChangeStays() {
        Owner alice = repository.addOwner(ALICE, Role.ADMIN);
        Owner.Change demotion = new Owner.Change(Optional.empty(), Optional.of(Role.USER), Optional.empty());
        Owner.Change renaming = new Owner.Change(Optional.of(BOB), Optional.empty(), Optional.empty());
        Owner.Change nothing = new Owner.Change(Optional.empty(), Optional.empty(), Optional.empty());

        assertThat(repository.changeOwner(alice.id(), SUSPENSION))
                .contains(new Owner(alice.id(), ALICE, Role.ADMIN, OwnerState.SUSPENDED, alice.createdAt()));
        assertThat(repository.changeOwner(alice.id(), demotion))
                .contains(new Owner(alice.id(), ALICE, Role.USER, OwnerState.SUSPENDED, alice.createdAt()));
        Owner expected = new Owner(alice.id(), BOB, Role.USER, OwnerState.SUSPENDED, alice.createdAt());
        assertThat(repository.changeOwner(alice.id(), renaming)).contains(expected);
        assertThat(repository.changeOwner(alice.id(), nothing)).contains(expected);
        assertThat(repository.findOwner(alice.id())).contains(expected);
    }

    @Test
    void whoChangesSomethingElseAtTheSameMomentUndoesNothing() throws Exception {
        for (int round = 0; round < 10; round++) {
            OwnerName before = new OwnerName("before" + round);
            OwnerName after = new OwnerName("after" + round);
            Owner owner = repository.addOwner(before, Role.ADMIN);
            List<Owner.Change> changes = List.of(
                    SUSPENSION,
                    new Owner.Change(Optional.empty(), Optional.of(Role.USER), Optional.empty()),
                    new Owner.Change(Optional.of(after), Optional.empty(), Optional.empty()));

            Concurrently.run(changes.stream()
                    .<Callable<Optional<Owner>>>map(change -> () -> repository.changeOwner(owner.id(), change))
                    .toList());

            assertThat(repository.findOwner(owner.id()))
                    .contains(new Owner(owner.id(), after, Role.USER, OwnerState.SUSPENDED, owner.createdAt()));
        }
    }

    @Test
    void whoIsNotThereIsNotChanged() {
        assertThat(repository.changeOwner(NOBODY, RETURN)).isEmpty();
        assertThat(repository.changeOwner(NOBODY, SUSPENSION)).isEmpty();

        assertThat(repository.owners()).hasSize(1);
    }

    @Test
    void aTokenIsFoundByItsSecret() {
        Digest secret = secret();
        NewToken wanted = new NewToken(
                OwnerId.DEFAULT,
                "Obsidian on the train, 图床",
                "a1B2",
                secret,
                Set.of(Scope.UPLOAD, Scope.READ),
                BINDING,
                NOW,
                Optional.of(NOW.plus(HOUR)));

        AccessToken token = repository.addToken(wanted);

        assertThat(token)
                .isEqualTo(new AccessToken(
                        token.id(),
                        OwnerId.DEFAULT,
                        wanted.name(),
                        "a1B2",
                        wanted.scopes(),
                        BINDING,
                        NOW,
                        Optional.of(NOW.plus(HOUR)),
                        Optional.empty(),
                        Optional.empty()));
        assertThat(repository.findToken(secret)).contains(token);
        assertThat(repository.findToken(secret())).isEmpty();
        assertThat(repository.findToken(OwnerId.DEFAULT, token.id())).contains(token);
        assertThat(repository.findToken(OwnerId.DEFAULT, token.id() + 1)).isEmpty();
        assertThat(repository.findToken(NOBODY, token.id())).isEmpty();
    }

    @Test
    void aTokenForEverythingThatNeverEndsIsKeptAsItIs() {
        Digest secret = secret();

        AccessToken token = repository.addToken(new NewToken(
                OwnerId.DEFAULT,
                "t",
                "",
                secret,
                EnumSet.allOf(Scope.class),
                TokenBinding.NONE,
                NOW,
                Optional.empty()));

        assertThat(token.scopes()).containsExactlyInAnyOrder(Scope.values());
        assertThat(token.expiresAt()).isEmpty();
        assertThat(repository.findToken(secret)).contains(token);
    }

    @Test
    void aTokenMayBeBoundToAsManyAndAsLongPlacesAsAreLegal() {
        Digest secret = secret();
        TokenBinding longest = new TokenBinding(
                numbers()
                        .mapToObj(i -> new Origin("https://" + (char) ('a' + i) + "x".repeat(246)))
                        .collect(Collectors.toSet()),
                numbers()
                        .mapToObj(i -> Network.parse("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff%x/128".formatted(i)))
                        .collect(Collectors.toSet()));

        AccessToken token = repository.addToken(tokenOf(OwnerId.DEFAULT, secret, longest, Optional.empty()));

        assertThat(token.binding()).isEqualTo(longest);
        assertThat(repository.findToken(secret)).contains(token);
    }

    private static IntStream numbers() {
        return IntStream.range(0, TokenBinding.MOST);
    }

    @Test
    void theOriginsOfTokensAreKnownUntilTheyEndOrAreRevoked() {
        assertThat(repository.boundOrigins(NOW)).isEmpty();
        repository.addToken(tokenOf(OwnerId.DEFAULT));
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        Origin blog = new Origin("https://blog.example");
        Origin shop = new Origin("https://shop.example");
        TokenBinding toBlog = new TokenBinding(Set.of(blog), Set.of());
        TokenBinding toBoth = new TokenBinding(Set.of(blog, shop), Set.of());
        AccessToken first = repository.addToken(tokenOf(OwnerId.DEFAULT, secret(), toBlog, Optional.empty()));
        repository.addToken(tokenOf(alice, secret(), toBoth, Optional.of(NOW.plus(HOUR))));

        assertThat(repository.boundOrigins(NOW)).containsExactlyInAnyOrder(blog, shop);
        assertThat(repository.boundOrigins(NOW.plus(HOUR))).containsExactly(blog);

        repository.revokeToken(OwnerId.DEFAULT, first.id(), NOW);

        assertThat(repository.boundOrigins(NOW.plus(HOUR))).isEmpty();
        assertThat(repository.boundOrigins(NOW)).containsExactlyInAnyOrder(blog, shop);
    }

    @Test
    void tokensAreListedForTheirOwnerInTheOrderOfTheirIds() {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        AccessToken first = repository.addToken(tokenOf(alice));
        AccessToken others = repository.addToken(tokenOf(OwnerId.DEFAULT));
        AccessToken second = repository.addToken(tokenOf(alice));

        assertThat(repository.tokens(alice)).containsExactly(first, second);
        assertThat(repository.tokens(OwnerId.DEFAULT)).containsExactly(others);
        assertThat(repository.tokens(NOBODY)).isEmpty();
    }

    @Test
    void aTokenIsRevokedOnce() {
        Digest secret = secret();
        AccessToken token = repository.addToken(tokenOf(OwnerId.DEFAULT, secret));

        Optional<AccessToken> revoked = repository.revokeToken(OwnerId.DEFAULT, token.id(), NOW);
        Optional<AccessToken> again = repository.revokeToken(OwnerId.DEFAULT, token.id(), NOW.plus(HOUR));

        assertThat(revoked.orElseThrow().revokedAt()).contains(NOW);
        assertThat(again).isEqualTo(revoked);
        assertThat(repository.findToken(secret)).isEqualTo(revoked);
        assertThat(repository.tokens(OwnerId.DEFAULT)).containsExactly(revoked.orElseThrow());
    }

    @Test
    void anotherOwnersTokenIsNotRevoked() {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        AccessToken token = repository.addToken(tokenOf(alice));

        assertThat(repository.revokeToken(OwnerId.DEFAULT, token.id(), NOW)).isEmpty();
        assertThat(repository.revokeToken(alice, token.id() + 1, NOW)).isEmpty();

        assertThat(repository.tokens(alice)).containsExactly(token);
    }

    @Test
    void theLatestUseIsNoted() {
        AccessToken token = repository.addToken(tokenOf(OwnerId.DEFAULT));

        for (Instant use : List.of(NOW.plus(HOUR), NOW.plus(HOUR.multipliedBy(2)), NOW)) {
            repository.noteUse(token.id(), use);
        }
        repository.noteUse(token.id() + 1, NOW);

        assertThat(repository.tokens(OwnerId.DEFAULT))
                .singleElement()
                .extracting(AccessToken::lastUsedAt)
                .isEqualTo(Optional.of(NOW.plus(HOUR.multipliedBy(2))));
    }

    @Test
    void aTokenIsUsableUntilItEndsOrIsRevoked() {
        AccessToken ends = repository.addToken(new NewToken(
                OwnerId.DEFAULT,
                "t",
                "",
                secret(),
                Set.of(Scope.UPLOAD),
                TokenBinding.NONE,
                NOW,
                Optional.of(NOW.plus(HOUR))));

        assertThat(repository.hasUsableToken(NOW.plus(HOUR).minusMillis(1))).isTrue();
        assertThat(repository.hasUsableToken(NOW.plus(HOUR))).isFalse();

        AccessToken endless = repository.addToken(tokenOf(OwnerId.DEFAULT));

        assertThat(repository.hasUsableToken(NOW.plus(HOUR))).isTrue();

        repository.revokeToken(OwnerId.DEFAULT, ends.id(), NOW);
        repository.revokeToken(OwnerId.DEFAULT, endless.id(), NOW);

        assertThat(repository.hasUsableToken(NOW)).isFalse();
    }

    @Test
    void atFirstAnOwnerHasNoPassword() {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();

        OwnerLogin login = repository.findLogin(alice).orElseThrow();

        assertThat(login.owner()).isEqualTo(alice);
        assertThat(login.password()).isEmpty();
        assertThat(repository.findLogin(ALICE)).contains(login);
        assertThat(repository.findLogin(BOB)).isEmpty();
        assertThat(repository.findLogin(NOBODY)).isEmpty();
        assertThat(repository.findLogin(Owner.DEFAULT_NAME)).isEqualTo(repository.findLogin(OwnerId.DEFAULT));
    }

    @Test
    void aPasswordIsChangedAndStartsAnotherEpoch() {
        OwnerLogin without = loginOf(repository.addOwner(ALICE, Role.USER).id());
        OwnerLogin bob = loginOf(repository.addOwner(BOB, Role.USER).id());

        for (PasswordHash password : List.of(HASH, OTHER_HASH)) {
            OwnerLogin before = loginOf(without.owner());

            Optional<OwnerLogin> changed = repository.changePassword(before, password);

            assertThat(changed).contains(new OwnerLogin(without.owner(), Optional.of(password), before.epoch() + 1));
            assertThat(repository.findLogin(without.owner())).isEqualTo(changed);
            assertThat(repository.findLogin(ALICE)).isEqualTo(changed);
        }
        assertThat(loginOf(bob.owner())).isEqualTo(bob);
    }

    @Test
    void whoHasSeenAnotherEpochChangesNoPassword() {
        OwnerLogin seen = loginOf(repository.addOwner(ALICE, Role.USER).id());
        OwnerLogin changed = repository.changePassword(seen, HASH).orElseThrow();

        assertThat(repository.changePassword(seen, OTHER_HASH)).isEmpty();
        assertThat(repository.changePassword(new OwnerLogin(NOBODY, Optional.empty(), 0), HASH))
                .isEmpty();

        assertThat(loginOf(seen.owner())).isEqualTo(changed);
        assertThat(repository.findLogin(NOBODY)).isEmpty();
    }

    @Test
    void ofManyWhoChangeOnePasswordExactlyOneDoes() throws Exception {
        OwnerLogin seen = loginOf(repository.addOwner(ALICE, Role.USER).id());

        List<Boolean> changed =
                Concurrently.run(8, () -> repository.changePassword(seen, HASH).isPresent());

        assertThat(changed).containsOnlyOnce(true);
        assertThat(loginOf(seen.owner()).epoch()).isEqualTo(seen.epoch() + 1);
    }

    @Test
    void anotherHashOfTheSamePasswordEndsNothing() {
        OwnerLogin seen = repository
                .changePassword(loginOf(repository.addOwner(ALICE, Role.USER).id()), HASH)
                .orElseThrow();

        repository.renewHash(seen, OTHER_HASH);
        assertThat(loginOf(seen.owner()))
                .isEqualTo(new OwnerLogin(seen.owner(), Optional.of(OTHER_HASH), seen.epoch()));

        repository.renewHash(seen, HASH);
        assertThat(loginOf(seen.owner()).password()).contains(OTHER_HASH);
    }

    @Test
    void theHashOfNoPasswordIsNotRenewed() {
        OwnerLogin seen = loginOf(repository.addOwner(ALICE, Role.USER).id());

        repository.renewHash(new OwnerLogin(seen.owner(), Optional.of(HASH), seen.epoch()), OTHER_HASH);

        assertThat(loginOf(seen.owner())).isEqualTo(seen);
    }

    @Test
    void aSessionIsFoundByItsSecret() {
        AccessToken token = repository.addToken(tokenOf(OwnerId.DEFAULT));
        Session session = new Session(
                secret(),
                OwnerId.DEFAULT,
                loginOf(OwnerId.DEFAULT).epoch(),
                SessionStart.TOKEN,
                Optional.of(token.id()),
                NOW,
                NOW.plus(HOUR),
                NOW.plus(HOUR.multipliedBy(2)));

        repository.addSession(session);

        assertThat(repository.findSession(session.secret())).contains(session);
        assertThat(repository.findSession(secret())).isEmpty();
    }

    @Test
    void sessionsAreListedForTheirOwnerInTheOrderInWhichTheyBegan() {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        Session second = addSession(alice, SessionStart.LINK, NOW.plus(HOUR));
        Session first = addSession(alice, SessionStart.PASSWORD, NOW);
        Session others = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);

        assertThat(repository.sessions(alice)).containsExactly(first, second);
        assertThat(repository.sessions(OwnerId.DEFAULT)).containsExactly(others);
        assertThat(repository.sessions(NOBODY)).isEmpty();
    }

    @Test
    void theLatestUseOfASessionIsNoted() {
        Session session = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);

        for (int hours : List.of(1, 2, 0)) {
            Instant use = NOW.plus(HOUR.multipliedBy(hours));
            repository.noteSeen(session.secret(), use, use.plusSeconds(1));
        }
        repository.noteSeen(secret(), NOW, NOW);

        Instant latest = NOW.plus(HOUR.multipliedBy(2));
        assertThat(repository.sessions(OwnerId.DEFAULT)).singleElement().satisfies(noted -> {
            assertThat(noted.createdAt()).isEqualTo(NOW);
            assertThat(noted.seenAt()).isEqualTo(latest);
            assertThat(noted.expiresAt()).isEqualTo(latest.plusSeconds(1));
        });
    }

    @Test
    void oneSessionEndsAlone() {
        Session ended = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);
        Session other = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);

        repository.endSession(ended.secret());
        repository.endSession(ended.secret());

        assertThat(repository.findSession(ended.secret())).isEmpty();
        assertThat(repository.sessions(OwnerId.DEFAULT)).containsExactly(other);
    }

    @Test
    void anotherEpochEndsAllSessionsAndLinksOfItsOwner() {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        Session others = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);
        List<Runnable> ways = List.of(
                () -> repository.endSessions(alice),
                () -> repository.changePassword(loginOf(alice), HASH),
                () -> repository.changeOwner(alice, SUSPENSION));
        for (Runnable way : ways) {
            Session session = addSession(alice, SessionStart.PASSWORD, NOW);
            LoginLink link = addLink(alice);

            way.run();

            assertThat(repository.findSession(session.secret())).isEmpty();
            assertThat(repository.sessions(alice)).isEmpty();
            assertThat(repository.takeLink(link.secret())).isEmpty();
        }
        repository.changeOwner(alice, RETURN);
        repository.endSessions(NOBODY);

        assertThat(repository.sessions(alice)).isEmpty();
        assertThat(repository.findSession(others.secret())).contains(others);
    }

    @Test
    void whatElseChangesOfAnOwnerEndsNoSession() {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        Session session = addSession(alice, SessionStart.PASSWORD, NOW);

        repository.changeOwner(alice, new Owner.Change(Optional.of(BOB), Optional.of(Role.ADMIN), Optional.empty()));

        assertThat(repository.findSession(session.secret())).contains(session);
    }

    @Test
    void everyEpochIsNewAlsoIfManyStartAtOnce() throws Exception {
        OwnerId alice = repository.addOwner(ALICE, Role.USER).id();
        long before = loginOf(alice).epoch();

        Concurrently.run(8, () -> {
            repository.endSessions(alice);
            return true;
        });

        assertThat(loginOf(alice).epoch()).isEqualTo(before + 8);
    }

    @Test
    void anOwnerIsFoundByEachOfItsIdentitiesAndByNothingLikeThem() {
        Identity identity = new Identity("https://login.test/realms/home", "CN=Alice Doe");
        assertThat(repository.findOwner(identity)).isEmpty();

        Owner alice = repository.addOwner(ALICE, identity).orElseThrow();

        assertThat(alice.name()).isEqualTo(ALICE);
        assertThat(alice.role()).isEqualTo(Role.USER);
        assertThat(alice.isActive()).isTrue();
        assertThat(repository.findOwner(identity)).contains(alice);
        assertThat(repository.findOwner(ALICE)).contains(alice);
        for (Identity other : List.of(
                new Identity(identity.issuer(), "cn=alice doe"),
                new Identity(identity.issuer(), "CN=Alice Do"),
                new Identity(identity.issuer() + "/", identity.subject()),
                new Identity("https://LOGIN.test/realms/home", identity.subject()))) {
            assertThat(repository.findOwner(other)).as("%s", other).isEmpty();
        }

        Identity longest = new Identity("https://" + "i".repeat(247), "~".repeat(255));
        repository.giveIdentity(longest, alice.id());
        assertThat(repository.findOwner(longest)).contains(alice);
        assertThat(repository.findOwner(identity)).contains(alice);
    }

    @Test
    void whoHasAnIdentityIsNotAddedAgain() {
        Identity identity = new Identity("https://login.test", "1");
        Owner alice = repository.addOwner(ALICE, identity).orElseThrow();

        assertThat(repository.addOwner(BOB, identity)).isEmpty();
        assertThat(repository.addOwner(ALICE, identity)).isEmpty();

        assertThat(repository.owners()).hasSize(2).contains(alice);
    }

    @Test
    void whoseNameIsTakenGetsNoIdentity() {
        Identity identity = new Identity("https://login.test", "1");
        repository.addOwner(ALICE, Role.USER);

        assertThatExceptionOfType(NameTakenException.class).isThrownBy(() -> repository.addOwner(ALICE, identity));

        assertThat(repository.findOwner(identity)).isEmpty();
        assertThat(repository.owners()).hasSize(2);
    }

    @Test
    void ofManyWhoAddOneIdentityExactlyOneAddsAnOwner() throws Exception {
        Identity identity = new Identity("https://login.test", "1");
        AtomicInteger names = new AtomicInteger();

        List<Optional<Owner>> added = Concurrently.run(
                8, () -> repository.addOwner(new OwnerName("alice" + names.incrementAndGet()), identity));

        assertThat(added.stream().flatMap(Optional::stream))
                .hasSize(1)
                .containsExactly(repository.findOwner(identity).orElseThrow());
        assertThat(repository.owners()).hasSize(2);
    }

    @Test
    void anIdentityIsGivenToAnotherOwner() {
        Identity identity = new Identity("https://login.test", "1");
        Owner bob = repository.addOwner(BOB, Role.USER);
        Owner alice = repository.addOwner(ALICE, identity).orElseThrow();

        repository.giveIdentity(identity, bob.id());
        repository.giveIdentity(identity, bob.id());

        assertThat(repository.findOwner(identity)).contains(bob);
        assertThat(repository.findOwner(ALICE)).contains(alice);
    }

    @Test
    void aKeyIsMadeOnceForEachPurpose() throws Exception {
        List<SigningKey> view = Concurrently.run(8, () -> repository.key(LinkPurpose.VIEW, freshKey()));
        SigningKey delete = freshKey();

        assertThat(Set.copyOf(view)).hasSize(1);
        assertThat(repository.key(LinkPurpose.DELETE, delete)).isEqualTo(delete).isNotEqualTo(view.get(0));
        assertThat(repository.key(LinkPurpose.DELETE, freshKey())).isEqualTo(delete);
        assertThat(repository.key(LinkPurpose.VIEW, freshKey())).isEqualTo(view.get(0));
    }

    private static SigningKey freshKey() {
        byte[] bytes = new byte[SigningKey.LENGTH];
        new SecureRandom().nextBytes(bytes);
        return SigningKey.of(bytes);
    }

    @Test
    void ofManyWhoTakeOneLinkExactlyOneGetsIt() throws Exception {
        LoginLink link = addLink(OwnerId.DEFAULT);

        List<Optional<LoginLink>> taken = Concurrently.run(50, () -> repository.takeLink(link.secret()));

        assertThat(taken).containsOnlyOnce(Optional.of(link));
        assertThat(taken.stream().filter(Optional::isPresent)).hasSize(1);
        assertThat(repository.takeLink(link.secret())).isEmpty();
        assertThat(repository.takeLink(secret())).isEmpty();
    }

    @Test
    void anInvitationIsFoundByItsSecret() {
        Quota quota = new Quota(OptionalLong.of(0), OptionalLong.of(Long.MAX_VALUE));
        Digest secret = secret();

        Invitation first = repository.addInvitation(new NewInvitation(secret, 3, quota, NOW, NOW.plus(HOUR)));
        Invitation second = repository.addInvitation(invitationFor(1, secret()));

        assertThat(first).isEqualTo(new Invitation(first.id(), 3, 3, quota, NOW, NOW.plus(HOUR), Optional.empty()));
        assertThat(second.quota()).isEqualTo(Quota.NONE);
        assertThat(repository.findInvitation(secret)).contains(first);
        assertThat(repository.findInvitation(secret())).isEmpty();
        assertThat(repository.invitations()).containsExactly(first, second);
    }

    @ParameterizedTest
    @CsvSource({",", "7,", ",1000", "7,1000"})
    void whoAcceptsAnInvitationIsAnOwnerWithAPasswordAndItsQuota(@Nullable Long images, @Nullable Long bytes) {
        Quota quota = new Quota(optional(images), optional(bytes));
        Digest secret = secret();
        repository.addInvitation(new NewInvitation(secret, 2, quota, NOW, NOW.plus(HOUR)));

        OwnerLogin added = repository.acceptInvitation(secret, ALICE, HASH, NOW).orElseThrow();

        Owner alice = repository.findOwner(ALICE).orElseThrow();
        assertThat(alice.id()).isEqualTo(added.owner());
        assertThat(alice.role()).isEqualTo(Role.USER);
        assertThat(alice.state()).isEqualTo(OwnerState.ACTIVE);
        assertThat(added.password()).contains(HASH);
        assertThat(loginOf(alice.id())).isEqualTo(added);
        assertThat(quotas().quota(alice.id())).isEqualTo(quota);
        assertThat(quotas().quota(OwnerId.DEFAULT)).isEqualTo(Quota.NONE);
        assertThat(repository.findInvitation(secret).orElseThrow().usesLeft()).isEqualTo(1);
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    @Test
    void anInvitationIsGoodUntilItIsUsedUpRevokedOrOver() {
        Digest usedUp = secret();
        repository.addInvitation(invitationFor(1, usedUp));
        Digest over = secret();
        repository.addInvitation(invitationFor(1, over));
        Digest revoked = secret();
        repository.revokeInvitation(
                repository.addInvitation(invitationFor(1, revoked)).id(), NOW);
        Instant end = NOW.plus(HOUR);
        assertThat(repository.acceptInvitation(usedUp, ALICE, HASH, end.minusMillis(1)))
                .isPresent();
        List<Invitation> before = repository.invitations();

        assertThat(repository.acceptInvitation(usedUp, BOB, HASH, NOW)).isEmpty();
        assertThat(repository.acceptInvitation(over, BOB, HASH, end)).isEmpty();
        assertThat(repository.acceptInvitation(revoked, BOB, HASH, NOW)).isEmpty();
        assertThat(repository.acceptInvitation(secret(), BOB, HASH, NOW)).isEmpty();

        assertThat(repository.findOwner(BOB)).isEmpty();
        assertThat(repository.invitations()).isEqualTo(before);
    }

    @Test
    void aNameThatIsTakenUsesNoInvitationUp() {
        Owner alice = repository.addOwner(ALICE, Role.ADMIN);
        Digest secret = secret();
        Invitation invitation = repository.addInvitation(invitationFor(1, secret));

        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> repository.acceptInvitation(secret, ALICE, HASH, NOW))
                .withMessageContaining("alice");

        assertThat(repository.findInvitation(secret)).contains(invitation);
        assertThat(repository.findOwner(ALICE)).contains(alice);
        assertThat(loginOf(alice.id()).password()).isEmpty();
        assertThat(repository.acceptInvitation(secret, BOB, HASH, NOW)).isPresent();
    }

    @Test
    void ofManyWhoAcceptAnInvitationAsManyGetInAsItHasUses() throws Exception {
        Digest secret = secret();
        repository.addInvitation(invitationFor(3, secret));
        AtomicInteger names = new AtomicInteger();

        List<Boolean> accepted = Concurrently.run(
                50,
                () -> repository
                        .acceptInvitation(secret, new OwnerName("guest" + names.incrementAndGet()), HASH, NOW)
                        .isPresent());

        assertThat(accepted).filteredOn(got -> got).hasSize(3);
        assertThat(repository.owners()).hasSize(1 + 3);
        assertThat(repository.findInvitation(secret).orElseThrow().usesLeft()).isZero();
    }

    @Test
    void ofManyWhoWantOneNameWithAnInvitationExactlyOneGetsIt() throws Exception {
        Digest secret = secret();
        repository.addInvitation(invitationFor(8, secret));

        List<Boolean> accepted = Concurrently.run(8, () -> {
            try {
                return repository.acceptInvitation(secret, ALICE, HASH, NOW).isPresent();
            } catch (NameTakenException e) {
                return false;
            }
        });

        assertThat(accepted).containsOnlyOnce(true);
        assertThat(repository.findInvitation(secret).orElseThrow().usesLeft()).isEqualTo(7);
    }

    @Test
    void anInvitationIsRevokedOnce() {
        Digest secret = secret();
        long id = repository.addInvitation(invitationFor(1, secret)).id();

        Optional<Invitation> revoked = repository.revokeInvitation(id, NOW);
        Optional<Invitation> again = repository.revokeInvitation(id, NOW.plus(HOUR));

        assertThat(revoked.orElseThrow().revokedAt()).contains(NOW);
        assertThat(again).isEqualTo(revoked);
        assertThat(repository.findInvitation(secret)).isEqualTo(revoked);
        assertThat(repository.revokeInvitation(id + 1, NOW)).isEmpty();
    }

    private static NewInvitation invitationFor(int uses, Digest secret) {
        return new NewInvitation(secret, uses, Quota.NONE, NOW, NOW.plus(HOUR));
    }

    @Test
    void whatHasExpiredIsRemovedInPortions() {
        Session ends = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);
        Session endsLater = addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW.plusMillis(1));
        for (int i = 0; i < 2; i++) {
            addSession(OwnerId.DEFAULT, SessionStart.PASSWORD, NOW);
            addLink(OwnerId.DEFAULT);
        }
        Instant end = ends.expiresAt();

        assertThat(repository.removeExpired(end.minusMillis(1), 10)).isZero();
        assertThat(repository.sessions(OwnerId.DEFAULT)).hasSize(4);
        assertThat(repository.removeExpired(end, 2)).isEqualTo(4);
        assertThat(repository.removeExpired(end, 2)).isEqualTo(1);
        assertThat(repository.removeExpired(end, 2)).isZero();
        assertThat(repository.sessions(OwnerId.DEFAULT)).containsExactly(endsLater);
    }

    private OwnerLogin loginOf(OwnerId owner) {
        return repository.findLogin(owner).orElseThrow();
    }

    private Session addSession(OwnerId owner, SessionStart start, Instant createdAt) {
        Session session = new Session(
                secret(),
                owner,
                loginOf(owner).epoch(),
                start,
                Optional.empty(),
                createdAt,
                createdAt,
                createdAt.plus(HOUR));
        repository.addSession(session);
        return session;
    }

    private LoginLink addLink(OwnerId owner) {
        LoginLink link = new LoginLink(secret(), owner, loginOf(owner).epoch(), NOW.plus(HOUR));
        repository.addLink(link);
        return link;
    }

    private NewToken tokenOf(OwnerId owner) {
        return tokenOf(owner, secret());
    }

    private static NewToken tokenOf(OwnerId owner, Digest secret) {
        return tokenOf(owner, secret, TokenBinding.NONE, Optional.empty());
    }

    private static NewToken tokenOf(OwnerId owner, Digest secret, TokenBinding binding, Optional<Instant> expiresAt) {
        return new NewToken(owner, "t", "hint", secret, Set.of(Scope.UPLOAD), binding, NOW, expiresAt);
    }

    private Digest secret() {
        return Digest.of(ByteBuffer.allocate(Digest.LENGTH)
                .putInt(secrets.incrementAndGet())
                .array());
    }
}
