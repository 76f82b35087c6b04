package io.github.imagehost.mysql.transaction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.mysql.mapper.LeaseMapper;
import io.github.imagehost.mysql.mapper.TagMapper;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.mapping.Environment;
import org.apache.ibatis.mapping.MappedStatement;
import org.apache.ibatis.session.Configuration;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.apache.ibatis.session.SqlSessionFactoryBuilder;
import org.apache.ibatis.transaction.jdbc.JdbcTransactionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MappersTest {

    private static final int THREADS = 8;

    private TestDatabase database;

    @BeforeAll
    void open(@TempDir(factory = InMemory.class) Path directory) {
        database = TestDatabases.embedded(directory).keepConnection();
    }

    @AfterAll
    void close() {
        database.close();
    }

    private SqlSessionFactory sessions() {
        return MyBatisSetup.sessionFactory(database.databaseSettings().unpooledDataSource());
    }

    /** All that {@link Statements} gives access to. */
    static List<Class<?>> mappers() {
        return Stream.of(Statements.class.getMethods())
                .<Class<?>>map(Method::getReturnType)
                .filter(type -> type.getSimpleName().endsWith("Mapper"))
                .toList();
    }

    @ParameterizedTest
    @MethodSource("mappers")
    void eachHasAllItsStatementsWhicheverIsUsedFirst(Class<?> mapper) {
        SqlSessionFactory sessions = sessions();
        Configuration configuration = sessions.getConfiguration();
        try (SqlSession session = sessions.openSession()) {
            assertThat(new Mappers(configuration).get(session, mapper)).isInstanceOf(mapper);
        }

        assertThat(statementsOf(mapper, configuration.getMappedStatementNames()))
                .containsExactlyInAnyOrderElementsOf(Stream.of(mapper.getDeclaredMethods())
                        .map(method -> mapper.getName() + "." + method.getName())
                        .toList());
    }

    private static List<String> statementsOf(Class<?> mapper, Collection<String> names) {
        return names.stream()
                .filter(name -> name.startsWith(mapper.getName() + ".") && !name.contains("!"))
                .toList();
    }

    @Test
    void nothingIsReadBeforeItIsUsed() {
        assertThat(sessions().getConfiguration().getMappedStatementNames()).isEmpty();
    }

    /** Runs out of memory when it reads its second statement. */
    private static final class TooSmall extends Configuration {

        private int statements;

        @Override
        public void addMappedStatement(MappedStatement statement) {
            statements++;
            if (statements == 2) {
                throw new OutOfMemoryError("planted");
            }
            super.addMappedStatement(statement);
        }
    }

    @Test
    void halfOfTheStatementsAreNeverUsed() {
        Configuration configuration = new TooSmall();
        DataSource dataSource = database.databaseSettings().unpooledDataSource();
        configuration.setEnvironment(new Environment("test", new JdbcTransactionFactory(), dataSource));
        MyBatisSetup.configure(configuration, dataSource);
        Mappers mappers = new Mappers(configuration);
        try (SqlSession session =
                new SqlSessionFactoryBuilder().build(configuration).openSession()) {
            for (int tries = 0; tries < 2; tries++) {
                assertThatThrownBy(() -> mappers.get(session, TagMapper.class))
                        .isExactlyInstanceOf(RepositoryException.class)
                        .hasMessage("The statements of TagMapper could not be read: start the program again, or install"
                                + " it anew")
                        .hasRootCauseMessage("planted");
            }
            assertThat(mappers.get(session, LeaseMapper.class)).isNotNull();
        }
    }

    /** A mapper whose statements are not there. */
    interface WithoutStatements {

        int missing();
    }

    @Test
    void aMapperWithoutItsFileIsNotUsed() {
        SqlSessionFactory sessions = sessions();
        try (SqlSession session = sessions.openSession()) {
            Mappers mappers = new Mappers(sessions.getConfiguration());
            assertThatThrownBy(() -> mappers.get(session, WithoutStatements.class))
                    .isExactlyInstanceOf(RepositoryException.class)
                    .hasRootCauseMessage("There are no statements for " + WithoutStatements.class.getName());
        }
    }

    @Test
    void whoeverAsksAtTheSameTimeWaitsUntilAllIsRead() throws Exception {
        SqlSessionFactory sessions = sessions();
        Mappers shared = new Mappers(sessions.getConfiguration());
        Mappers others = new Mappers(sessions.getConfiguration());
        CyclicBarrier start = new CyclicBarrier(THREADS);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Callable<Integer>> askers = IntStream.range(0, THREADS)
                    .<Callable<Integer>>mapToObj(number -> () -> {
                        start.await();
                        try (SqlSession session = sessions.openSession()) {
                            Mappers own = number % 2 == 0 ? shared : others;
                            mappers().forEach(mapper -> own.get(session, mapper));
                            return session.getConfiguration()
                                    .getMappedStatementNames()
                                    .size();
                        }
                    })
                    .toList();
            List<Future<Integer>> answers = threads.invokeAll(askers);

            int all = sessions.getConfiguration().getMappedStatementNames().size();
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isEqualTo(all);
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
