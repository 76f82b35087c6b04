package io.github.imagehost.core.access.credential;

import static io.github.imagehost.core.model.access.Network.parse;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.base.Splitter;
import io.github.imagehost.core.access.credential.CredentialRefusedException.Reason;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Origin;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.testing.InMemoryAccessRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.lang.reflect.Proxy;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthenticatorTest {

    private static final String ADMIN_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final Duration LIFE = Duration.ofDays(1);

    private final MutableClock clock = new MutableClock();
    private final InMemoryAccessRepository repository = new InMemoryAccessRepository(clock);
    private final AccessTokens tokens = new AccessTokens(repository, clock);
    private final Owners owners = new Owners(repository);
    private final Authenticator authenticator =
            new Authenticator(repository, clock, Optional.of(TokenSecret.digest(ADMIN_TOKEN)));
    private final Owner alice = owners.add(new OwnerName("alice"), Role.USER);

    @Test
    void aTokenStandsForItsOwnerAsFarAsItsScopesGo() {
        Principal principal = authenticator.authenticate(secretOf(issue(alice.id(), Scope.UPLOAD)));

        assertThat(principal.owner()).isEqualTo(alice.id());
        assertThat(principal.may(Scope.UPLOAD)).isTrue();
        assertThat(principal.may(Scope.READ)).isFalse();
    }

    @Test
    void noTokenIsGoodForMoreThanItsOwnersRole() {
        String secret = secretOf(issue(alice.id(), Scope.values()));

        assertThat(authenticator.authenticate(secret).may(Scope.ADMIN)).isFalse();
        assertThat(authenticator.authenticate(secret).may(Scope.DELETE)).isTrue();

        change(Optional.of(Role.ADMIN), Optional.empty());
        assertThat(authenticator.authenticate(secret).may(Scope.ADMIN)).isTrue();

        change(Optional.of(Role.USER), Optional.empty());
        assertThat(authenticator.authenticate(secret).may(Scope.ADMIN)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "imh_", "imh_000000000000000000000000000000000000000", ADMIN_TOKEN + "0"})
    void whatIsNoTokenIsRefused(String credential) {
        assertRefused(credential, Reason.INVALID);
    }

    @Test
    void anUnknownTokenIsRefused() {
        assertRefused(TokenSecret.generate(new SecureRandom()).reveal(), Reason.INVALID);
    }

    @Test
    void aRevokedTokenIsAsGoodAsUnknown() {
        IssuedToken issued = issue(alice.id(), Scope.UPLOAD);
        assertThat(tokens.revoke(OwnerId.DEFAULT, issued.token().id())).isEmpty();
        assertThat(authenticator.authenticate(secretOf(issued)).owner()).isEqualTo(alice.id());

        assertThat(tokens.revoke(alice.id(), issued.token().id())).isPresent();

        assertRefused(secretOf(issued), Reason.INVALID);
    }

    @Test
    void aTokenEndsToTheMillisecond() {
        String secret = secretOf(issue(alice.id(), Scope.UPLOAD));

        clock.advance(LIFE.minusMillis(1));
        assertThat(authenticator.authenticate(secret).owner()).isEqualTo(alice.id());

        clock.advance(Duration.ofMillis(1));
        assertRefused(secret, Reason.EXPIRED);
    }

    @Test
    void whoIsSuspendedMayDoNothingUntilThatEnds() {
        String secret = secretOf(issue(alice.id(), Scope.UPLOAD));

        change(Optional.empty(), Optional.of(OwnerState.SUSPENDED));
        assertRefused(secret, Reason.OWNER_SUSPENDED);

        change(Optional.empty(), Optional.of(OwnerState.ACTIVE));
        assertThat(authenticator.authenticate(secret).may(Scope.UPLOAD)).isTrue();
    }

    @Test
    void theTokenOfTheSettingsStandsForTheFirstOwner() {
        Principal principal = authenticator.authenticate(ADMIN_TOKEN);

        assertThat(principal).isEqualTo(Principal.DEFAULT_OWNER);
        assertThat(EnumSet.allOf(Scope.class)).allMatch(principal::may);
    }

    @Test
    void withoutOneInTheSettingsNothingElseStandsForTheFirstOwner() {
        Authenticator without = new Authenticator(repository, clock, Optional.empty());

        assertThatExceptionOfType(CredentialRefusedException.class).isThrownBy(() -> without.authenticate(ADMIN_TOKEN));
    }

    @Test
    void whoeverAsksForATokenGetsNoneThatIsGoodFromElsewhere() {
        TokenBinding office = new TokenBinding(Set.of(new Origin("https://a.example")), Set.of(parse("10.0.0.0/8")));
        Principal sender = authenticator.authenticate(secretOf(tokens.issue(request(office))));

        assertThat(bindingOf(sender, TokenBinding.NONE)).isEqualTo(office);
        TokenBinding smaller = new TokenBinding(Set.of(), Set.of(parse("10.1.0.0/16"), parse("10.0.0.7")));
        assertThat(bindingOf(sender, smaller)).isEqualTo(new TokenBinding(office.origins(), smaller.networks()));

        for (TokenBinding larger : List.of(
                new TokenBinding(Set.of(), Set.of(parse("10.0.0.0/7"))),
                new TokenBinding(Set.of(), Set.of(parse("10.1.0.0/16"), parse("192.0.2.1"))),
                new TokenBinding(Set.of(), Set.of(parse("::/0"))),
                new TokenBinding(Set.of(new Origin("https://b.example")), Set.of()),
                new TokenBinding(Set.of(new Origin("https://a.example"), new Origin("https://b.example")), Set.of()))) {
            assertThatIllegalArgumentException()
                    .as("%s", larger)
                    .isThrownBy(() -> tokens.issueFor(sender, request(larger)));
        }
    }

    private TokenRequest request(TokenBinding binding) {
        return new TokenRequest(alice.id(), "test", Set.of(Scope.UPLOAD, Scope.ACCOUNT), Optional.of(LIFE), binding);
    }

    private TokenBinding bindingOf(Principal sender, TokenBinding wanted) {
        return tokens.issueFor(sender, request(wanted)).token().binding();
    }

    @ParameterizedTest
    @CsvSource({
        "UPLOAD, https://a.example, true",
        "UPLOAD, , false",
        "UPLOAD READ, https://a.example, false",
        "READ, https://a.example, false"
    })
    void onlyATokenForUploadsFromSomePagesIsShared(String scopes, @Nullable String origin, boolean isShared) {
        Set<Scope> parsed =
                Splitter.on(' ').splitToStream(scopes).map(Scope::valueOf).collect(Collectors.toSet());
        Set<Origin> origins =
                Optional.ofNullable(origin).map(Origin::new).stream().collect(Collectors.toSet());
        TokenBinding binding = new TokenBinding(origins, Set.of());

        IssuedToken issued = tokens.issue(new TokenRequest(alice.id(), "test", parsed, Optional.empty(), binding));

        assertThat(authenticator.authenticate(secretOf(issued)).isShared()).isEqualTo(isShared);
    }

    @Test
    void whoeverAsksForATokenGetsNoneThatIsGoodForMoreOrForLonger() {
        Principal sender = authenticator.authenticate(secretOf(issue(alice.id(), Scope.UPLOAD, Scope.ACCOUNT)));
        Instant end = sender.token().flatMap(AccessToken::expiresAt).orElseThrow();
        clock.advance(Duration.ofHours(1));

        for (Optional<Duration> life : List.of(Optional.of(LIFE), Optional.<Duration>empty())) {
            TokenRequest request = new TokenRequest(alice.id(), "test", Set.of(Scope.UPLOAD), life);
            assertThat(tokens.issueFor(sender, request).token().expiresAt()).contains(end);
        }
        Optional<Duration> twoHours = Optional.of(Duration.ofHours(2));
        assertThat(tokens.issueFor(sender, new TokenRequest(alice.id(), "test", Set.of(Scope.UPLOAD), twoHours))
                        .token()
                        .expiresAt())
                .contains(clock.instant().plus(Duration.ofHours(2)));

        for (TokenRequest request : List.of(
                new TokenRequest(alice.id(), "test", Set.of(Scope.UPLOAD, Scope.READ), twoHours),
                new TokenRequest(alice.id(), "test", Set.of(Scope.ADMIN), twoHours),
                new TokenRequest(OwnerId.DEFAULT, "test", Set.of(Scope.UPLOAD), twoHours))) {
            assertThatIllegalArgumentException().isThrownBy(() -> tokens.issueFor(sender, request));
        }
    }

    @Test
    void aTokenIsGoodAlthoughItsUseCannotBeNoted() {
        String secret = secretOf(issue(alice.id(), Scope.READ));
        AccessRepository readOnly = (AccessRepository) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {AccessRepository.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("noteUse")) {
                        throw new RepositoryUnavailableException("The database takes no writes");
                    }
                    return method.invoke(repository, arguments);
                });

        Principal principal = new Authenticator(readOnly, clock, Optional.empty()).authenticate(secret);

        assertThat(principal.owner()).isEqualTo(alice.id());
        assertThat(lastUse()).isEmpty();
    }

    @Test
    void usesAreNotedOnceAMinute() {
        IssuedToken issued = issue(alice.id(), Scope.UPLOAD);
        Instant first = clock.instant();
        authenticator.authenticate(secretOf(issued));

        clock.advance(Duration.ofMinutes(1));
        authenticator.authenticate(secretOf(issued));
        assertThat(lastUse()).contains(first);

        clock.advance(Duration.ofMillis(1));
        authenticator.authenticate(secretOf(issued));
        assertThat(lastUse()).contains(clock.instant());
    }

    private Optional<Instant> lastUse() {
        return tokens.list(alice.id()).get(0).lastUsedAt();
    }

    private IssuedToken issue(OwnerId owner, Scope... scopes) {
        return tokens.issue(new TokenRequest(owner, "test", Set.of(scopes), Optional.of(LIFE)));
    }

    private static String secretOf(IssuedToken issued) {
        return issued.secret().reveal();
    }

    private void change(Optional<Role> role, Optional<OwnerState> state) {
        owners.change(alice.id(), new Owner.Change(Optional.empty(), role, state));
    }

    private void assertRefused(String credential, Reason reason) {
        assertThatExceptionOfType(CredentialRefusedException.class)
                .isThrownBy(() -> authenticator.authenticate(credential))
                .extracting(CredentialRefusedException::reason)
                .isEqualTo(reason);
    }
}
