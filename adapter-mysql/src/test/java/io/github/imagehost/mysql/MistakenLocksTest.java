package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** {@link WrittenBlobsContract} finds it wherever a blob is only locked: its row stays as it is. */
class MistakenLocksTest {

    @TempDir(factory = InMemory.class)
    private Path directory;

    private Contract contract;

    /** Not to be run by itself. */
    private static final class Contract extends WrittenBlobsContract {

        private final Path directory;

        Contract(Path directory) {
            this.directory = directory;
        }

        @Override
        protected TestDatabase createDatabase() {
            return TestDatabases.migrated(directory);
        }

        @Override
        protected DataSource dataSource(DataSource real) {
            return proxy(DataSource.class, (proxy, method, arguments) -> {
                Object answer = invoke(real, method, arguments);
                return answer instanceof Connection connection ? onlyLocking(connection) : answer;
            });
        }

        private static Connection onlyLocking(Connection real) {
            return proxy(Connection.class, (proxy, method, arguments) -> {
                if (method.getName().equals("prepareStatement")) {
                    arguments[0] = ((String) arguments[0]).replace("checks = checks + 1", "checks = checks");
                }
                return invoke(real, method, arguments);
            });
        }

        private static <T> T proxy(Class<T> type, InvocationHandler handler) {
            return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, handler));
        }

        private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
            try {
                return method.invoke(target, arguments);
            } catch (InvocationTargetException e) {
                throw e.getCause();
            }
        }
    }

    @BeforeEach
    void open() throws Exception {
        contract = new Contract(directory);
        contract.openDatabase();
    }

    @AfterEach
    void close() throws Exception {
        contract.closeDatabase();
    }

    @TestFactory
    Stream<DynamicTest> theContractFindsIt() {
        return contract.casesOfUnchangedBlobs().stream()
                .map(one -> dynamicTest(
                        one.name(), () -> assertThat(contract.rowChangesIn(one)).isFalse()));
    }
}
