package io.github.imagehost.core.access.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.port.access.NameTakenException;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnersAndTokensTest {

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final AccessTokens tokens = new AccessTokens(repository, clock);
    private final Owners owners = new Owners(repository);

    @Test
    void whatIsNotSaidStaysAsItIs() {
        Owner alice = owners.add(OwnerName.of("Alice"), Role.USER);

        Optional<Owner> renamed = owners.change(
                alice.id(), new Owner.Change(Optional.of(OwnerName.of("bob")), Optional.empty(), Optional.empty()));
        Optional<Owner> suspended = owners.change(
                alice.id(), new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));

        assertThat(renamed.orElseThrow().role()).isEqualTo(Role.USER);
        assertThat(suspended.orElseThrow().name()).isEqualTo(new OwnerName("bob"));
        assertThat(owners.find(new OwnerName("bob"))).isEqualTo(suspended);
        assertThat(owners.list()).hasSize(2);
        assertThat(owners.change(
                        new OwnerId(99), new Owner.Change(Optional.empty(), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void theFirstOwnerStaysAnActiveAdministrator() {
        List<Owner.Change> changes = List.of(
                new Owner.Change(Optional.empty(), Optional.of(Role.USER), Optional.empty()),
                new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));
        for (Owner.Change change : changes) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> owners.change(OwnerId.DEFAULT, change))
                    .withMessageContaining("first owner");
        }

        Owner.Change renaming = new Owner.Change(
                Optional.of(OwnerName.of("root")), Optional.of(Role.ADMIN), Optional.of(OwnerState.ACTIVE));
        assertThat(owners.change(OwnerId.DEFAULT, renaming)).isPresent();
    }

    @Test
    void namesDifferWhateverTheirCase() {
        owners.add(OwnerName.of("alice"), Role.USER);

        assertThatExceptionOfType(NameTakenException.class)
                .isThrownBy(() -> owners.add(OwnerName.of("ALICE"), Role.USER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "-a", "a b", "a/b", "ä", "<b>", "a\n"})
    void otherNamesAreNotLegal(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> OwnerName.of(text))
                .withMessageContaining(OwnerName.RULE);
        assertThatIllegalArgumentException().isThrownBy(() -> OwnerName.of("a".repeat(65)));
    }

    @Test
    void onlyOwnersWhoAreThereHaveTokens() {
        TokenRequest request = request(new OwnerId(99), "t", Optional.empty());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> tokens.issue(request))
                .withMessageContaining("99");
        assertThat(tokens.hasUsable()).isFalse();
    }

    @Test
    void aTokenIsWhatWasAskedFor() {
        IssuedToken issued = tokens.issue(request(OwnerId.DEFAULT, "phone", Optional.of(Duration.ofDays(30))));

        assertThat(tokens.list(OwnerId.DEFAULT)).containsExactly(issued.token());
        assertThat(issued.token().hint()).isEqualTo(issued.secret().hint());
        assertThat(issued.token().createdAt()).isEqualTo(clock.instant());
        assertThat(issued.token().expiresAt()).contains(clock.instant().plus(Duration.ofDays(30)));
        assertThat(tokens.hasUsable()).isTrue();
        assertThat(issued.toString()).doesNotContain(issued.secret().reveal());

        tokens.revoke(OwnerId.DEFAULT, issued.token().id());

        assertThat(tokens.hasUsable()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a\nb", "a\tb"})
    void otherNamesOfTokensAreNotLegal(String name) {
        assertThatIllegalArgumentException().isThrownBy(() -> request(OwnerId.DEFAULT, name, Optional.empty()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> request(OwnerId.DEFAULT, "x".repeat(101), Optional.empty()));
        assertThat(request(OwnerId.DEFAULT, "\uD83D\uDDBC".repeat(100), Optional.empty()))
                .isNotNull();
    }

    @Test
    void aTokenIsGoodForSomethingForSomeTime() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TokenRequest(OwnerId.DEFAULT, "t", Set.of(), Optional.empty()));
        for (Duration life : List.of(Duration.ZERO, Duration.ofSeconds(-1), Duration.ofDays(40_000))) {
            assertThatIllegalArgumentException().isThrownBy(() -> request(OwnerId.DEFAULT, "t", Optional.of(life)));
        }
    }

    private static TokenRequest request(OwnerId owner, String name, Optional<Duration> life) {
        return new TokenRequest(owner, name, Set.of(Scope.UPLOAD), life);
    }
}
