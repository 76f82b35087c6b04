package io.github.imagehost.mysql.access;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedAccessRepositoryTest extends AccessDatabaseContract {

    @TempDir(factory = InMemory.class)
    private static Path directory;

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.migrated(directory);
    }

    @Test
    void endsWithTheRepositoryThatGaveIt(@TempDir(factory = InMemory.class) Path other) {
        AccessRepository access;
        try (MySqlMetadataRepository closed = MySqlMetadataRepository.embedded(other)) {
            access = closed.access();
        }

        assertThatExceptionOfType(RepositoryException.class).isThrownBy(access::owners);
    }
}
