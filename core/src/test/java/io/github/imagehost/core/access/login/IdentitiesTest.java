package io.github.imagehost.core.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.access.credential.GuestOwnerException;
import io.github.imagehost.core.access.credential.Guests;
import io.github.imagehost.core.access.credential.IdentityTokens;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.port.access.IdentityTokenVerifier.VerifiedToken;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentitiesTest {

    private static final Identity ALICE = new Identity("https://login.test", "1234");
    private static final Duration HOUR = Duration.ofHours(1);

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final Identities identities = new Identities(repository, clock);
    private final Sessions sessions = new Sessions(repository, clock);

    @Test
    void whoLogsInForTheFirstTimeBecomesAnOwnerAndStaysTheSame() {
        StartedSession first = identities.logInOrAdd(ALICE, Optional.of("alice"));
        StartedSession second = identities.logInOrAdd(ALICE, Optional.of("alice.has.married"));

        assertThat(first.session().start()).isEqualTo(SessionStart.OIDC);
        assertThat(first.principal().role()).isEqualTo(Role.USER);
        assertThat(first.principal().may(Scope.ACCOUNT)).isTrue();
        assertThat(second.session().owner()).isEqualTo(first.session().owner());
        assertThat(ownerOf(second).name()).isEqualTo(new OwnerName("alice"));
        assertThat(sessions.authenticate(second.secret().reveal()).owner())
                .isEqualTo(first.session().owner());
    }

    @ParameterizedTest
    @CsvSource({
        "Alice, alice",
        "alice@Example.com, alice@example.com",
        "Alice van Doe, alice-van-doe",
        "007bond, bond",
        "'  _x', x",
        "王小明, owner",
        "'', owner",
        "'default', default2",
        "'\r\nalice<script>', alice-script-",
    })
    void aNameIsFoldedToALegalOne(String calledBy, String name) {
        assertThat(ownerOf(identities.logInOrAdd(ALICE, Optional.of(calledBy))).name())
                .isEqualTo(new OwnerName(name));
    }

    @Test
    void aLongNameLeavesRoomForANumber() {
        String longest = "x".repeat(1000);
        identities.logInOrAdd(ALICE, Optional.of(longest));

        assertThat(ownerOf(identities.logInOrAdd(new Identity(ALICE.issuer(), "2"), Optional.of(longest)))
                        .name()
                        .value())
                .isEqualTo("x".repeat(56) + "2");
    }

    @Test
    void nobodyBecomesAnotherOwnerByWhatHeIsCalled() {
        Owner alice = repository.addOwner(new OwnerName("alice@example.com"), Role.ADMIN);

        Owner other = ownerOf(identities.logInOrAdd(ALICE, Optional.of("alice@example.com")));

        assertThat(other.id()).isNotEqualTo(alice.id());
        assertThat(other.role()).isEqualTo(Role.USER);
        assertThat(other.name()).isEqualTo(new OwnerName("alice@example.com2"));
    }

    @Test
    void theSameSubjectOfAnotherProviderIsSomebodyElse() {
        OwnerId first = identities.logInOrAdd(ALICE, Optional.empty()).session().owner();
        OwnerId second = identities
                .logInOrAdd(new Identity("https://other.test", ALICE.subject()), Optional.empty())
                .session()
                .owner();

        assertThat(second).isNotEqualTo(first);
    }

    @Test
    void ofManyFirstLoginsAtOnceOneAddsTheOwner() throws Exception {
        List<OwnerId> owners = Concurrently.run(
                8,
                () -> identities
                        .logInOrAdd(ALICE, Optional.of("alice"))
                        .session()
                        .owner());

        assertThat(Set.copyOf(owners)).hasSize(1);
        assertThat(repository.owners()).hasSize(2);
    }

    @Test
    void whoIsNotKnownIsRefusedIfNobodyIsAdded() {
        assertThatExceptionOfType(UnknownIdentityException.class)
                .isThrownBy(() -> identities.logIn(ALICE))
                .satisfies(unknown -> assertThat(unknown.subject()).isEqualTo("1234"));

        Owner bob = repository.addOwner(new OwnerName("bob"), Role.USER);
        identities.give(ALICE, bob);

        assertThat(identities.logIn(ALICE).session().owner()).isEqualTo(bob.id());
        assertThat(repository.owners()).hasSize(2);
    }

    @Test
    void aSuspendedOwnerDoesNotLogIn() {
        Owner alice = ownerOf(identities.logInOrAdd(ALICE, Optional.of("alice")));
        repository.changeOwner(
                alice.id(), new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));

        assertThatExceptionOfType(CredentialRefusedException.class)
                .isThrownBy(() -> identities.logInOrAdd(ALICE, Optional.of("alice")))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(Reason.OWNER_SUSPENDED));
    }

    @Test
    void guestsHaveNoIdentity() {
        Owner guest = new Guests(repository).owner();

        assertThatExceptionOfType(GuestOwnerException.class).isThrownBy(() -> identities.give(ALICE, guest));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " 1", "1 ", "ü", "1\n2", "\u00a0"})
    void whatIsNoSubjectIsRefused(String subject) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Identity(ALICE.issuer(), subject))
                .withMessageContaining("1 to 255 ASCII characters");
        assertThatIllegalArgumentException().isThrownBy(() -> new Identity(ALICE.issuer(), "x".repeat(256)));
    }

    @Test
    void aTokenIsGoodForNothingThatOutlivesIt() {
        Owner alice = ownerOf(identities.logInOrAdd(ALICE, Optional.of("alice")));
        repository.changeOwner(
                alice.id(), new Owner.Change(Optional.empty(), Optional.of(Role.ADMIN), Optional.empty()));

        assertThat(bearer(Set.of(), HOUR).scopes())
                .containsExactlyInAnyOrder(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.MANAGE);
        assertThat(bearer(EnumSet.allOf(Scope.class), HOUR).scopes())
                .containsExactlyInAnyOrder(Scope.UPLOAD, Scope.READ, Scope.DELETE, Scope.MANAGE);
        assertThat(bearer(Set.of(Scope.READ, Scope.ADMIN), HOUR).scopes()).containsExactly(Scope.READ);
        assertThat(bearer(Set.of(Scope.ACCOUNT), HOUR).scopes()).isEmpty();
    }

    @Test
    void aTokenEnds() {
        identities.logInOrAdd(ALICE, Optional.of("alice"));
        Principal principal = bearer(Set.of(), HOUR);

        assertThat(principal.isExpired(clock.instant())).isFalse();
        assertThat(principal.isExpired(clock.instant().plus(HOUR))).isTrue();
        assertRefused(Duration.ZERO, Reason.EXPIRED);
    }

    @ParameterizedTest
    @EnumSource
    void aTokenOfNobodyWhoMayDoAnythingIsRefused(OwnerState state) {
        assertRefused(HOUR, Reason.INVALID);
        Owner alice = ownerOf(identities.logInOrAdd(ALICE, Optional.of("alice")));
        repository.changeOwner(alice.id(), new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(state)));

        if (state == OwnerState.SUSPENDED) {
            assertRefused(HOUR, Reason.OWNER_SUSPENDED);
        } else {
            assertThat(bearer(Set.of(), HOUR).owner()).isEqualTo(alice.id());
        }
    }

    private void assertRefused(Duration life, Reason reason) {
        assertThatExceptionOfType(CredentialRefusedException.class)
                .isThrownBy(() -> bearer(Set.of(), life))
                .satisfies(refused -> assertThat(refused.reason()).isEqualTo(reason));
    }

    private Principal bearer(Set<Scope> named, Duration life) {
        VerifiedToken token = new VerifiedToken(ALICE, named, clock.instant().plus(life));
        return new IdentityTokens(repository, text -> Optional.of(token), clock).authenticate("eyJ.eyJ.x");
    }

    private Owner ownerOf(StartedSession started) {
        return repository.findOwner(started.session().owner()).orElseThrow();
    }
}
