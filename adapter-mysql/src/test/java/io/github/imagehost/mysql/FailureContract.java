package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.mysql.row.GeneratedId;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.TimeLimits;
import io.github.imagehost.mysql.transaction.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.exceptions.PersistenceException;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.apache.ibatis.transaction.managed.ManagedTransactionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the repository makes of conflicts and failures that really happen in a database. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class FailureContract {

    /** Gives up waiting for a lock long before others do. */
    static final TimeLimits IMPATIENT = new TimeLimits(
            Duration.ofSeconds(1),
            Duration.ofSeconds(5),
            Duration.ofSeconds(10),
            Duration.ofMillis(1500),
            Duration.ofMillis(50));

    private TestDatabase database;
    private PooledDataSource pool;
    private SqlSessionFactory sessions;
    private AdministrableRepository repository;

    protected abstract TestDatabase createDatabase();

    @BeforeAll
    final void openDatabase() {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        pool = database.databaseSettings().pooledDataSource();
        sessions = MyBatisSetup.sessionFactory(pool);
    }

    @AfterAll
    final void closeDatabase() {
        pool.forceCloseAll();
        database.close();
    }

    @BeforeEach
    final void openRepository() {
        database.clear();
        repository = MySqlMetadataRepository.using(sessions);
    }

    final TestDatabase database() {
        return database;
    }

    final AdministrableRepository repository() {
        return repository;
    }

    final Transactions transactions() {
        return new Transactions(sessions);
    }

    // ---- conflicts

    @Test
    void aDeadlockIsResolvedInside() throws Exception {
        long first = Uploads.reserve(repository).blobId();
        long second = Uploads.reserve(repository).blobId();
        CyclicBarrier bothHoldOne = new CyclicBarrier(2);
        AtomicInteger attempts = new AtomicInteger();

        List<Integer> changed = Concurrently.run(List.<Callable<Integer>>of(
                () -> markBoth(first, second, bothHoldOne, attempts),
                () -> markBoth(second, first, bothHoldOne, attempts)));

        assertThat(attempts.get()).isGreaterThan(2);
        assertThat(changed).containsExactlyInAnyOrder(2, 0);
    }

    private int markBoth(long first, long second, CyclicBarrier bothHoldOne, AtomicInteger attempts) {
        boolean[] isFirstAttempt = {true};
        return transactions().write("mark two", on -> {
            attempts.incrementAndGet();
            int changed = on.blobs().condemnReserved(first);
            if (isFirstAttempt[0]) {
                isFirstAttempt[0] = false;
                await(bothHoldOne);
            }
            return changed + on.blobs().condemnReserved(second);
        });
    }

    @Test
    void whatIsLockedForLongIsUnavailable() throws Exception {
        Reservation<UploadRequest> reservation = Uploads.reserve(repository);
        try (Connection other = database.connect();
                Statement statement = other.createStatement();
                AdministrableRepository impatient = impatientRepository()) {
            other.setAutoCommit(false);
            statement.execute("SELECT id FROM imagehost_blob WHERE id = " + reservation.blobId() + " FOR UPDATE");
            long start = System.nanoTime();

            assertThatThrownBy(() -> impatient.abandon(reservation))
                    .isInstanceOf(RepositoryUnavailableException.class)
                    .hasMessageContaining("abandon the reservation " + reservation.blobId());

            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
            other.rollback();
        }
        assertThat(repository.complete(reservation)).isPresent();
    }

    protected final AdministrableRepository impatientRepository() {
        PooledDataSource own = database.databaseSettings().within(IMPATIENT).pooledDataSource();
        Transactions transactions = new Transactions(MyBatisSetup.sessionFactory(own), Duration.ZERO, IMPATIENT);
        return new MySqlMetadataRepository(transactions, own::forceCloseAll);
    }

    // ---- connections

    @Test
    void aLostConnectionIsReplacedOnce() {
        AtomicInteger attempts = new AtomicInteger();

        int changed = transactions().write("adopt", on -> {
            on.blobs().insertAdopted(Uploads.content(), "image/png", "old.png", null, new GeneratedId());
            if (attempts.incrementAndGet() == 1) {
                killOtherConnections();
            }
            return on.blobs().selectExpired(1).size();
        });

        assertThat(changed).isZero();
        assertThat(attempts).hasValue(2);
        assertThat(database.query("SELECT COUNT(*) FROM imagehost_blob")).containsExactly("1");
    }

    @Test
    void aConnectionThatIsLostAgainAndAgainIsUnavailableAndChangesNothing() {
        Reservation<UploadRequest> reservation = Uploads.reserve(repository);

        assertThatThrownBy(() -> transactions().write("mark it", on -> {
                    on.blobs().condemnReserved(reservation.blobId());
                    killOtherConnections();
                    return on.blobs().selectExpired(1);
                }))
                .isInstanceOf(RepositoryUnavailableException.class)
                .hasMessage("Could not mark it: the database is not available");

        assertThat(database.query("SELECT state FROM imagehost_blob")).containsExactly("RESERVED");
    }

    protected abstract void killOtherConnections();

    // ---- everything else

    @Test
    void whatTheDatabaseRefusesIsNamedWithoutItsStatement() {
        ImageDescriptor content = Uploads.content();
        UploadRequest tooLong = new UploadRequest(
                OwnerId.DEFAULT, content, "x".repeat(600), Uploads.request().filename(), Uploads.LEASE);
        Reservation<UploadRequest> reservation =
                ((Claim.Reserved<UploadRequest, Image>) repository.claim(tooLong)).reservation();

        assertThatThrownBy(() -> repository.complete(reservation))
                .isExactlyInstanceOf(RepositoryException.class)
                .hasMessage("Could not complete the reservation " + reservation.blobId() + ": the database refused it");

        assertThat(database.query("SELECT state FROM imagehost_blob")).containsExactly("RESERVED");
    }

    @Test
    void anInterruptedThreadGivesUpAndStaysInterrupted() {
        try {
            assertThatThrownBy(() -> transactions().write("mark it", on -> {
                        Thread.currentThread().interrupt();
                        throw new PersistenceException(new SQLException("Deadlock found", "40001", 1213));
                    }))
                    .isInstanceOf(RepositoryUnavailableException.class);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    @Test
    void filenamesOfDeletedImagesAreForgottenAfterADay() {
        Image image = Uploads.upload(repository);
        repository.remove(OwnerId.DEFAULT, List.of(image.id()));
        database.letTimePass(Duration.ofHours(23));
        repository.condemnExpired();
        assertThat(database.query("SELECT filename FROM imagehost_retired_filename"))
                .containsExactly(image.filename());
        database.letTimePass(Duration.ofHours(2));

        repository.condemnExpired();

        assertThat(database.query("SELECT filename FROM imagehost_retired_filename"))
                .isEmpty();
    }

    @Test
    void afterTheSweepNothingIsLeftOfWhatWasDeleted() {
        Image image = Uploads.upload(repository);
        database.letTimePass(Duration.ofHours(1));
        List<CondemnedBlob> condemned =
                repository.remove(OwnerId.DEFAULT, List.of(image.id())).condemned();
        repository.forget(condemned);
        database.letTimePass(Duration.ofHours(25));
        repository.condemnExpired();

        for (String table : List.of("imagehost_blob", "imagehost_image", "imagehost_retired_filename")) {
            assertThat(database.query("SELECT COUNT(*) FROM " + table)).containsExactly("0");
        }
    }

    @Test
    void aSessionFactoryThatSomebodyElseEndsTransactionsOfIsRefused() {
        Configuration configuration = new Configuration(new Environment("test", new ManagedTransactionFactory(), pool));
        MyBatisSetup.configure(configuration, pool);
        SqlSessionFactory managed = new SqlSessionFactoryBuilder().build(configuration);

        assertThatThrownBy(() -> MySqlMetadataRepository.using(managed))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("JdbcTransactionFactory");
    }

    @Test
    void aSessionFactoryThatNobodyConfiguredIsRefused() {
        Configuration configuration = new Configuration(new Environment("test", new JdbcTransactionFactory(), pool));
        configuration.setVariables(null);
        SqlSessionFactory bare = new SqlSessionFactoryBuilder().build(configuration);

        assertThatThrownBy(() -> MySqlMetadataRepository.using(bare))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MyBatisSetup");
    }

    @Test
    void closingLeavesTheDataSourceOpen() throws Exception {
        AdministrableRepository other = MySqlMetadataRepository.create(pool);
        Uploads.upload(other);
        other.close();

        assertThatThrownBy(() -> other.list(ImageQuery.of(OwnerId.DEFAULT)))
                .isExactlyInstanceOf(RepositoryException.class)
                .hasMessage("The repository is closed");
        assertThat(repository.list(ImageQuery.of(OwnerId.DEFAULT)).totalItems()).isOne();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(30, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
