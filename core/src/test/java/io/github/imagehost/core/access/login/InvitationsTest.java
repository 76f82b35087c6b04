package io.github.imagehost.core.access.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.access.credential.Authenticator;
import io.github.imagehost.core.access.credential.CredentialRefusedException;
import io.github.imagehost.core.access.credential.Principal;
import io.github.imagehost.core.model.access.Invitation;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.QuickPasswordHasher;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InvitationsTest {

    private static final OwnerName ALICE = new OwnerName("alice");
    private static final OwnerName BOB = new OwnerName("bob");
    private static final String PASSWORD = "correct horse battery";
    private static final Duration LIFE = Duration.ofDays(7);

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final QuickPasswordHasher hasher = new QuickPasswordHasher(1);
    private final Logins logins =
            new Logins(repository, clock, new Authenticator(repository, clock, Optional.empty()), hasher);
    private final Sessions sessions = new Sessions(repository, clock);
    private final Invitations invitations = new Invitations(repository, clock);

    @Test
    void whoIsInvitedActsInPersonAndLogsInWithThePassword() {
        StartedSession started = accept(issue(1), ALICE);

        Principal principal = sessions.authenticate(started.secret().reveal());
        assertThat(principal).isEqualTo(started.principal());
        assertThat(principal.owner())
                .isEqualTo(repository.findOwner(ALICE).orElseThrow().id());
        assertThat(principal.role()).isEqualTo(Role.USER);
        assertThat(principal.may(Scope.ACCOUNT)).isTrue();
        assertThat(principal.may(Scope.ADMIN)).isFalse();
        assertThat(logins.withPassword("alice", PASSWORD).principal().owner()).isEqualTo(principal.owner());
    }

    @Test
    void anInvitationIsGoodUntilItIsUsedUpRevokedOrOver() {
        IssuedInvitation usedUp = issue(1);
        accept(usedUp, ALICE);
        IssuedInvitation revoked = issue(2);
        invitations.revoke(revoked.invitation().id());
        IssuedInvitation good = issue(1);
        IssuedInvitation over = issue(1);

        assertRefused(usedUp.secret().reveal());
        assertRefused(revoked.secret().reveal());
        clock.advance(LIFE.minusMillis(1));
        accept(good, BOB);
        clock.advance(Duration.ofMillis(1));
        assertRefused(over.secret().reveal());
        assertThat(repository.owners()).hasSize(3);
        assertThat(invitations.list()).extracting(Invitation::usesLeft).containsExactly(0, 2, 0, 1);
    }

    /** Whoever has none can't make the service work for nothing. */
    @Test
    void whatIsNoInvitationCostsNoHash() {
        String revoked = issue(1).secret().reveal();
        invitations.revoke(1);
        for (String secret : List.of(revoked, "x".repeat(43), "nonsense", "")) {
            assertRefused(secret);
        }

        assertThat(hasher.work()).isZero();
    }

    @Test
    void whoseNameIsTakenTriesAgainWithAnother() {
        IssuedInvitation invitation = issue(1);

        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> accept(invitation, new OwnerName("default")));

        assertThat(invitations.list()).containsExactly(invitation.invitation());
        accept(invitation, ALICE);
    }

    @Test
    void aSecretIsInNoDescription() {
        IssuedInvitation issued = issue(1);

        assertThat(issued.toString()).doesNotContain(issued.secret().reveal());
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1001})
    void nobodyGetsOneWithOtherNumbersOfUses(int uses) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InvitationRequest(uses, LIFE, Quota.NONE))
                .withMessage("An invitation has 1 to 1000 uses, not " + uses);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PT0.999S", "PT-1H", "P365DT0.001S"})
    void nobodyGetsOneForAnotherTime(String life) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new InvitationRequest(1, Duration.parse(life), Quota.NONE))
                .withMessageContaining("from 1 second to 365 days");
    }

    private IssuedInvitation issue(int uses) {
        return invitations.issue(new InvitationRequest(uses, LIFE, Quota.NONE));
    }

    private StartedSession accept(IssuedInvitation invitation, OwnerName name) {
        return logins.withInvitation(invitation.secret().reveal(), name, NewPassword.of(PASSWORD, name));
    }

    private void assertRefused(String secret) {
        assertThatExceptionOfType(CredentialRefusedException.class)
                .isThrownBy(() -> logins.withInvitation(secret, BOB, NewPassword.of(PASSWORD, BOB)))
                .extracting(CredentialRefusedException::reason)
                .isEqualTo(CredentialRefusedException.Reason.INVALID);
    }
}
