package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.mysql.testing.MariaDbProcess;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("deep")
class ServerRestartIT {

    private static final Duration LIMIT = Duration.ofSeconds(20);

    @Test
    void aRepositoryOutlivesItsServer() {
        try (MariaDbProcess server = TestDatabases.dedicatedServer();
                AdministrableRepository repository =
                        MySqlMetadataRepository.open(server.database().databaseSettings())) {
            Image image = Uploads.upload(repository);
            Reservation<UploadRequest> reservation = Uploads.reserve(repository);
            for (Runnable end : List.<Runnable>of(server::stop, server::kill)) {
                end.run();

                assertUnavailable(repository::check);
                assertUnavailable(() -> repository.findById(OwnerId.DEFAULT, image.id()));
                assertUnavailable(() -> repository.claim(Uploads.request()));
                assertUnavailable(() -> repository.complete(reservation));
                assertUnavailable(() -> repository.remove(OwnerId.DEFAULT, List.of(image.id())));

                server.restart();
                repository.check();
                assertThat(repository.findById(OwnerId.DEFAULT, image.id())).contains(image);
            }
            assertThat(repository.complete(reservation)).isPresent();
        }
    }

    private static void assertUnavailable(Runnable operation) {
        long start = System.nanoTime();
        assertThatThrownBy(operation::run).isInstanceOf(RepositoryUnavailableException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(LIMIT);
    }
}
