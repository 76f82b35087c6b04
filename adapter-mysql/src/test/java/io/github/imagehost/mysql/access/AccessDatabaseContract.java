package io.github.imagehost.mysql.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.PasswordHash;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NewInvitation;
import io.github.imagehost.core.port.access.NewOwner;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.testing.AccessRepositoryContract;
import io.github.imagehost.mysql.FaultyDataSource;
import io.github.imagehost.mysql.FaultyDataSource.Fault;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.TimeLimits;
import io.github.imagehost.mysql.transaction.Transactions;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The contract on one database, which all tests of the class share; each begins with the first owner alone. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AccessDatabaseContract extends AccessRepositoryContract {

    private static final Instant NOW = Instant.parse("2026-01-31T16:00:00Z");
    private static final Digest SECRET =
            Digest.of(ByteBuffer.allocate(Digest.LENGTH).array());

    private TestDatabase database;
    private MySqlMetadataRepository repository;

    protected abstract TestDatabase createDatabase();

    @BeforeAll
    final void openDatabase() {
        database = createDatabase().keepConnection();
        repository = MySqlMetadataRepository.open(database.databaseSettings());
    }

    @AfterAll
    final void closeDatabase() {
        repository.close();
        database.close();
    }

    @Override
    protected AccessRepository createRepository() {
        database.clear();
        return repository.access();
    }

    @Override
    protected QuotaLedger quotas() {
        return repository;
    }

    @Test
    void aTokenForEverythingIsForWhatLaterVersionsKnow() {
        addToken(EnumSet.allOf(Scope.class));

        assertThat(database.query("SELECT scopes FROM imagehost_token")).containsExactly("all");
    }

    @Test
    void whatALaterVersionKnowsIsNoScopeOfThisOne() {
        addToken(Set.of(Scope.READ, Scope.UPLOAD));
        assertThat(database.query("SELECT scopes FROM imagehost_token")).containsExactly("upload,read");

        database.execute("UPDATE imagehost_token SET scopes = 'upload,teleport'");

        assertThat(repository.access().findToken(SECRET).orElseThrow().scopes()).containsExactly(Scope.UPLOAD);
    }

    @Test
    void aRoleThatALaterVersionKnowsIsNamed() {
        OwnerName alice = new OwnerName("alice");
        repository.access().addOwner(alice, Role.USER);
        database.execute("UPDATE imagehost_owner SET role = 'WIZARD' WHERE name = 'alice'");

        assertThatExceptionOfType(RepositoryException.class)
                .isThrownBy(() -> repository.access().findOwner(alice))
                .withMessageContaining("WIZARD");
    }

    @Test
    void theLongestNamesFit() {
        String longest = "😀".repeat(AccessToken.LONGEST_NAME);
        OwnerName owner = new OwnerName("a".repeat(64));

        repository
                .access()
                .addToken(new NewToken(
                        OwnerId.DEFAULT,
                        longest,
                        "abcdefgh",
                        SECRET,
                        Set.of(Scope.READ),
                        TokenBinding.NONE,
                        NOW,
                        Optional.empty()));

        assertThat(repository.access().findToken(SECRET).orElseThrow().name()).isEqualTo(longest);
        assertThat(repository.access().addOwner(owner, Role.USER).name()).isEqualTo(owner);
    }

    @Test
    void aTokenThatIsBoundToNothingSaysNothing() {
        addToken(Set.of(Scope.READ));
        assertThat(database.query("SELECT COUNT(*) FROM imagehost_token WHERE origins IS NULL AND networks IS NULL"))
                .containsExactly("1");

        database.execute("UPDATE imagehost_token SET origins = '', networks = ''");

        assertThatIllegalArgumentException()
                .as("what nobody understands does not let everybody in")
                .isThrownBy(() -> repository.access().findToken(SECRET));
    }

    /** As when the process is killed: nothing goes on from there. */
    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_REFUSED", "ANSWER_LOST"})
    void whoeverIsCutOffWhileAcceptingAnInvitationIsAnOwnerWithAllOrNobody(Fault fault) {
        OwnerName name = new OwnerName("alice");
        PasswordHash password = new PasswordHash("$argon2id$v=19$m=19456,t=2,p=1$c2FsdA$aGFzaA");
        Quota quota = new Quota(OptionalLong.of(7), OptionalLong.empty());
        FaultyDataSource faulty =
                new FaultyDataSource(database.databaseSettings().unpooledDataSource(), connection -> {});
        AccessRepository cutOff = new MySqlAccessRepository(
                new Transactions(MyBatisSetup.sessionFactory(faulty), Duration.ofMillis(1), TimeLimits.DEFAULT));
        int step = 0;
        boolean isCutOff = true;
        while (isCutOff) {
            AccessRepository access = createRepository();
            access.addInvitation(new NewInvitation(SECRET, 1, quota, NOW, NOW.plusSeconds(1)));
            faulty.failFrom(step, fault);

            Throwable failure = catchThrowable(() -> cutOff.acceptInvitation(SECRET, name, password, NOW));

            isCutOff = faulty.steps().size() > step;
            Optional<Owner> added = access.findOwner(name);
            assertThat(access.findInvitation(SECRET).orElseThrow().usesLeft())
                    .as("cut off at %s of %s", step, faulty.steps())
                    .isEqualTo(added.isPresent() ? 0 : 1);
            added.ifPresent(owner -> {
                assertThat(access.findLogin(owner.id()).orElseThrow().password())
                        .contains(password);
                assertThat(quotas().quota(owner.id())).isEqualTo(quota);
            });
            assertThat(added.isPresent() || failure instanceof RepositoryException)
                    .as("whoever is nobody is told so")
                    .isTrue();
            step++;
        }
        assertThat(step).as("there is much to be cut off from").isGreaterThan(6);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONNECTION_REFUSED", "ANSWER_LOST"})
    void whoeverIsCutOffWhileAddingAnOwnerHasItWithItsQuotaOrNot(Fault fault) {
        Quota quota = new Quota(OptionalLong.of(7), OptionalLong.empty());
        NewOwner alice = new NewOwner(new OwnerName("alice"), Role.USER, OwnerState.SUSPENDED, NOW, quota);
        FaultyDataSource faulty =
                new FaultyDataSource(database.databaseSettings().unpooledDataSource(), connection -> {});
        AccessRepository cutOff = new MySqlAccessRepository(
                new Transactions(MyBatisSetup.sessionFactory(faulty), Duration.ofMillis(1), TimeLimits.DEFAULT));
        int step = 0;
        boolean isCutOff = true;
        while (isCutOff) {
            AccessRepository access = createRepository();
            faulty.failFrom(step, fault);

            Throwable failure = catchThrowable(() -> cutOff.addOwner(alice));

            isCutOff = faulty.steps().size() > step;
            Optional<Owner> added = access.findOwner(alice.name());
            assertThat(added.map(owner -> quotas().quota(owner.id())))
                    .as("cut off at %s of %s", step, faulty.steps())
                    .isIn(Optional.empty(), Optional.of(quota));
            assertThat(added.isPresent() || failure instanceof RepositoryException)
                    .as("whoever has none is told so")
                    .isTrue();
            step++;
        }
        assertThat(step).as("there is much to be cut off from").isGreaterThan(3);
    }

    private void addToken(Set<Scope> scopes) {
        repository
                .access()
                .addToken(new NewToken(
                        OwnerId.DEFAULT, "t", "", SECRET, scopes, TokenBinding.NONE, NOW, Optional.empty()));
    }
}
