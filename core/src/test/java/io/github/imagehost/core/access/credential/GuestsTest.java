package io.github.imagehost.core.access.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.access.login.LoginLinks;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class GuestsTest {

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final Owners owners = new Owners(repository);
    private final Guests guests = new Guests(repository);

    @Test
    void guestsHaveOneOwnerWhoeverAsksFirst() throws Exception {
        List<Owner> found = Concurrently.run(8, () -> new Guests(repository).owner());

        assertThat(found).containsOnly(guests.owner());
        assertThat(guests.owner().name()).isEqualTo(new OwnerName("guest"));
        assertThat(owners.list()).hasSize(2);
    }

    @Test
    void somebodyWhoIsCalledSoIsNoGuest() {
        Owner guest = owners.add(new OwnerName("guest"), Role.USER);

        assertThat(guests.owner().id()).isNotEqualTo(guest.id());
        assertThat(guests.owner().name()).isEqualTo(new OwnerName("guest2"));
        assertThat(new Guests(repository).owner()).isEqualTo(guests.owner());
    }

    @Test
    void itsNameMayChange() {
        Owner owner = guests.owner();
        OwnerName visitors = new OwnerName("visitors");

        owners.change(owner.id(), new Owner.Change(Optional.of(visitors), Optional.empty(), Optional.empty()));

        assertThat(guests.owner().id()).isEqualTo(owner.id());
        assertThat(new Guests(repository).owner().name()).isEqualTo(visitors);
    }

    @Test
    void guestsMayUploadAndNothingElse() {
        Principal guest = guests.principal();

        for (Scope scope : Scope.values()) {
            assertThat(guest.may(scope)).as("%s", scope).isEqualTo(scope == Scope.UPLOAD);
            assertThat(Role.GUEST.allows(scope)).as("%s", scope).isEqualTo(scope == Scope.UPLOAD);
        }
        assertThat(guest.isShared()).isTrue();
        assertThat(Principal.DEFAULT_OWNER.isShared()).isFalse();
        assertThat(Principal.ANYBODY.isShared()).isFalse();
    }

    @Test
    void whileTheirOwnerIsSuspendedTheyMayDoNothing() {
        suspendOrNot(OwnerState.SUSPENDED);
        assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(guests::principal);

        suspendOrNot(OwnerState.ACTIVE);
        assertThat(guests.principal().may(Scope.UPLOAD)).isTrue();
    }

    private void suspendOrNot(OwnerState state) {
        owners.change(guests.owner().id(), new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(state)));
    }

    @Test
    void nobodyBecomesAGuestOrStopsBeingOne() {
        Owner owner = guests.owner();

        assertRefused(() -> owners.change(
                owner.id(), new Owner.Change(Optional.empty(), Optional.of(Role.ADMIN), Optional.empty())));
        assertThat(guests.owner()).isEqualTo(owner);
        assertThatIllegalArgumentException().isThrownBy(() -> owners.add(new OwnerName("bob"), Role.GUEST));
        Owner alice = owners.add(new OwnerName("alice"), Role.USER);
        Owner.Change toGuest = new Owner.Change(Optional.empty(), Optional.of(Role.GUEST), Optional.empty());
        assertThatIllegalArgumentException().isThrownBy(() -> owners.change(alice.id(), toGuest));
        assertThat(owners.list()).containsExactlyInAnyOrder(owners.get(OwnerId.DEFAULT), owner, alice);
        assertThat(Role.parse("guest")).isEmpty();
        assertThat(Role.GIVEN).doesNotContain(Role.GUEST);
    }

    @Test
    void guestsHaveNoTokensAndNoLogins() {
        Owner owner = guests.owner();
        TokenRequest request = new TokenRequest(owner.id(), "t", Set.of(Scope.UPLOAD), Optional.empty());

        assertRefused(() -> new AccessTokens(repository, clock).issue(request));
        assertRefused(() -> new LoginLinks(repository, clock).issue(owner.id()));
        assertThat(repository.tokens(owner.id())).isEmpty();
    }

    private static void assertRefused(ThrowingCallable work) {
        assertThatExceptionOfType(GuestOwnerException.class).isThrownBy(work).withMessageContaining("'guest'");
    }
}
