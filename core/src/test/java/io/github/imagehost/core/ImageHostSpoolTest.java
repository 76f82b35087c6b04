package io.github.imagehost.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.repository.CondemnedBlob;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.testing.InMemoryImageStore;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import io.github.imagehost.core.testing.Pictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImageHostSpoolTest {

    @TempDir
    private Path spool;

    private final MutableClock clock = new MutableClock();
    private final InMemoryMetadataRepository repository = new InMemoryMetadataRepository(clock);

    @Test
    void aSweepDeletesWhatKilledProcessesLeftInTheSpool() throws IOException {
        Path leftover = leftover();

        try (ImageHost host = host(spool)) {
            assertThat(host.sweep()).isEqualTo(new SweepReport(0, 0, 0, 0));
        }

        assertThat(leftover).doesNotExist();
    }

    @Test
    void soDoesASweepThatTheRepositoryDoesNotAnswer() throws IOException {
        Path leftover = leftover();

        try (ImageHost host = host(spool)) {
            repository.close();
            assertThatThrownBy(host::sweep).isInstanceOf(RepositoryException.class);
        }

        assertThat(leftover).doesNotExist();
    }

    @Test
    void aSpoolThatCannotBeUsedDoesNotKeepGarbageInTheStore() throws IOException {
        Path directory = Files.createDirectory(spool.resolve("directory"));
        try (ImageHost host = host(directory)) {
            long id = host.upload(OwnerId.DEFAULT, "a.png", new ByteArrayInputStream(Pictures.uniquePng()))
                    .image()
                    .id();
            host.delete(id);
            clock.advance(Duration.ofDays(1));
            // a leftover that is a directory with something in it can't be deleted
            Path obstacle = Files.createDirectory(directory.resolve("imagehost-upload-1.tmp"));
            Files.createFile(obstacle.resolve("file"));

            assertThatThrownBy(host::sweep).isInstanceOf(SpoolException.class);

            assertThat(repository.condemned(0, 10))
                    .extracting(CondemnedBlob::blobId)
                    .isEmpty();
        }
    }

    @Test
    void whatFailsFirstIsToldFirst() throws IOException {
        Path directory = Files.createDirectory(spool.resolve("directory"));
        Path obstacle = Files.createDirectory(directory.resolve("imagehost-upload-1.tmp"));
        Files.createFile(obstacle.resolve("file"));
        try (ImageHost host = host(directory)) {
            repository.close();

            assertThatThrownBy(host::sweep)
                    .isInstanceOf(RepositoryException.class)
                    .satisfies(failure ->
                            assertThat(failure.getSuppressed()).hasExactlyElementsOfTypes(SpoolException.class));
        }
    }

    private Path leftover() throws IOException {
        return Files.createFile(spool.resolve("imagehost-upload-1.tmp"));
    }

    private ImageHost host(Path directory) {
        return ImageHost.builder()
                .store(new InMemoryImageStore(clock))
                .metadata(repository)
                .spoolDirectory(directory)
                .build();
    }
}
