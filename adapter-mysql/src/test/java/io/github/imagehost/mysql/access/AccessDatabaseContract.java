package io.github.imagehost.mysql.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.AccessToken;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.TokenBinding;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.access.NewToken;
import io.github.imagehost.core.port.repository.QuotaLedger;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.github.imagehost.core.testing.AccessRepositoryContract;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

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

    private void addToken(Set<Scope> scopes) {
        repository
                .access()
                .addToken(new NewToken(
                        OwnerId.DEFAULT, "t", "", SECRET, scopes, TokenBinding.NONE, NOW, Optional.empty()));
    }
}
