package io.github.imagehost.mysql;

import io.github.imagehost.core.port.MetadataRepository;
import io.github.imagehost.core.testing.MetadataRepositoryContract;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.time.Duration;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database, which all tests of the class share; each begins with empty tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract extends MetadataRepositoryContract {

    private TestDatabase database;
    private PooledDataSource pool;
    private SqlSessionFactory sessions;

    protected abstract TestDatabase createDatabase() throws Exception;

    @BeforeAll
    final void openDatabase() throws Exception {
        database = createDatabase();
        SchemaMigration.migrate(database.databaseSettings());
        pool = database.databaseSettings().pooledDataSource();
        sessions = MyBatisSetup.sessionFactory(pool);
    }

    @AfterAll
    final void closeDatabase() {
        pool.forceCloseAll();
        database.close();
    }

    @Override
    protected MetadataRepository createRepository() {
        database.clear();
        return MySqlMetadataRepository.using(sessions);
    }

    @Override
    protected void letTimePass(Duration duration) {
        database.letTimePass(duration);
    }

    final TestDatabase database() {
        return database;
    }
}
