package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.mysql.protocol.MistakenUploads;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.mysql.transaction.Transactions;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What several do together is looked at so closely that each mistake is found which is planted into their batches. */
class MistakenUploadsTest {

    @TempDir(factory = InMemory.class)
    private Path directory;

    /** Not to be run by itself. */
    private static final class Contract extends EmbeddedInjectedFaultTest {

        private final Path directory;
        private final MistakenUploads mistake;

        Contract(Path directory, MistakenUploads mistake) {
            this.directory = directory;
            this.mistake = mistake;
        }

        @Override
        protected TestDatabase createDatabase() {
            return TestDatabases.migrated(directory);
        }

        @Override
        protected MySqlMetadataRepository createRepository(Transactions transactions) {
            return new MySqlMetadataRepository(transactions, mistake.on(transactions), () -> {});
        }
    }

    @ParameterizedTest
    @EnumSource
    void theContractFindsIt(MistakenUploads mistake) throws Throwable {
        Contract contract = new Contract(directory, mistake);
        contract.openDatabase();
        try {
            Optional<String> found = firstFailure(Stream.concat(
                    contract.whoComeTogetherGetWhatTheyWouldGetOneAfterTheOther(),
                    contract.aFaultThatMeetsSeveralAtOnce()));
            assertThat(found).isPresent();
            System.out.println("Planted: " + mistake + ". Found by " + found.get());
        } finally {
            contract.closeDatabase();
        }
    }

    private static Optional<String> firstFailure(Stream<? extends DynamicNode> nodes) throws Throwable {
        for (DynamicNode node : nodes.toList()) {
            Optional<String> failure = node instanceof DynamicContainer container
                    ? firstFailure(container.getChildren().map(child -> (DynamicNode) child))
                    : failure((DynamicTest) node);
            if (failure.isPresent()) {
                return failure.map(text -> node.getDisplayName() + ": " + text);
            }
        }
        return Optional.empty();
    }

    private static Optional<String> failure(DynamicTest test) throws Throwable {
        try {
            test.getExecutable().execute();
            return Optional.empty();
        } catch (AssertionError e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
