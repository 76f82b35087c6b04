package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.administration.BlobEntry;
import io.github.imagehost.mysql.testing.MariaDbProcess;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** MariaDB before version 11 tells drivers that it is a MySQL which had no fractions of seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OlderMariaDbIT {

    private MariaDbProcess server;
    private MySqlMetadataRepository repository;

    @BeforeAll
    void start() {
        server = TestDatabases.dedicatedServer("--version=5.5.5-10.11.18-MariaDB");
        repository = MySqlMetadataRepository.open(server.database().databaseSettings());
    }

    @AfterAll
    void stop() {
        repository.close();
        server.close();
    }

    @Test
    void millisecondsAreKept() {
        Image image = Uploads.upload(repository);
        Instant end = image.uploadedAt().plus(Duration.ofHours(1)).with(ChronoField.MILLI_OF_SECOND, 123);

        Optional<Image> changed =
                repository.change(OwnerId.DEFAULT, image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));

        assertThat(changed.orElseThrow().sharing().expiresAt()).contains(end);
    }

    /** The row is named by a time that was read. */
    @Test
    void whatIsMissingIsNoted() {
        Image image = Uploads.upload(repository);
        BlobEntry blob = repository.blobAt(image.objectKey()).orElseThrow();

        assertThat(repository.markMissing(blob)).isTrue();
    }
}
