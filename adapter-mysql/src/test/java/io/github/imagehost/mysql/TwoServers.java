package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/**
 * Two repositories that are asked for two things at the same moment. They work on two servers of a cluster, if the
 * tests know two of them, and on one otherwise: {@link TestDatabases#otherWayTo}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TwoServers {

    static final int ROUNDS = Depth.of(10, 100);

    static final OwnerId ALICE = new OwnerId(1);
    static final OwnerId BOB = new OwnerId(2);

    private final List<PooledDataSource> pools = new ArrayList<>();
    private TestDatabase database;
    private TestDatabase otherWay;
    private MySqlMetadataRepository here;
    private MySqlMetadataRepository there;

    @BeforeAll
    final void open() {
        database = TestDatabases.onServer().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        otherWay = TestDatabases.otherWayTo(database).keepConnection();
        here = repository(database);
        there = repository(otherWay);
    }

    @BeforeEach
    final void clear() {
        database.clear();
    }

    private MySqlMetadataRepository repository(TestDatabase way) {
        PooledDataSource pool = way.databaseSettings().pooledDataSource();
        pools.add(pool);
        return MySqlMetadataRepository.using(MyBatisSetup.sessionFactory(pool));
    }

    @AfterAll
    final void close() {
        pools.forEach(PooledDataSource::forceCloseAll);
        otherWay.close();
        database.close();
    }

    final TestDatabase database() {
        return database;
    }

    /** One of the two. */
    final MySqlMetadataRepository here() {
        return here;
    }

    /** The other one. */
    final MySqlMetadataRepository there() {
        return there;
    }

    /** What two have got, in the order in which they were asked. */
    record Answers<A, B>(A first, B second) {}

    /** Both see the same when they begin; what they leave behind is sound. */
    final <A, B> Answers<A, B> race(Callable<? extends A> first, Callable<? extends B> second) throws Exception {
        waitForEachOther();
        List<Object> answers = Concurrently.run(List.<Callable<Object>>of(first::call, second::call));
        assertSound();
        @SuppressWarnings("unchecked")
        Answers<A, B> typed = (Answers<A, B>) new Answers<>(answers.get(0), answers.get(1));
        return typed;
    }

    /** Returns when each server has done what the other one had done before. */
    final void waitForEachOther() {
        database.waitForOtherServers();
        otherWay.waitForOtherServers();
    }

    /** Nothing contradicts what must be true of the tables, and connections are as they were. */
    final void assertSound() throws SQLException {
        waitForEachOther();
        assertThat(TableRules.broken(database)).isEmpty();
        for (PooledDataSource pool : pools) {
            assertThat(modesOfIdleConnections(pool))
                    .as("whether they commit by themselves")
                    .containsOnly(1);
        }
    }

    private static List<Integer> modesOfIdleConnections(PooledDataSource pool) throws SQLException {
        List<Connection> connections = new ArrayList<>();
        List<Integer> modes = new ArrayList<>();
        for (int left = pool.getPoolState().getIdleConnectionCount(); left > 0; left--) {
            connections.add(pool.getConnection());
        }
        for (Connection connection : connections) {
            try (connection;
                    Statement statement = connection.createStatement();
                    ResultSet row = statement.executeQuery("SELECT @@autocommit")) {
                row.next();
                modes.add(row.getInt(1));
            }
        }
        return modes;
    }

    final Reservation<UploadRequest> reserve(OwnerId owner, ImageDescriptor content) {
        return reservation(here.claim(Uploads.request(owner, content)));
    }

    static Reservation<UploadRequest> reservation(Claim<UploadRequest, Image> claim) {
        return ((Claim.Reserved<UploadRequest, Image>) claim).reservation();
    }

    final Image upload(OwnerId owner, ImageDescriptor content) {
        return here.complete(reserve(owner, content)).orElseThrow();
    }
}
