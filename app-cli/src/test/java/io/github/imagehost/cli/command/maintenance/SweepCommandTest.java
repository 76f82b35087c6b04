package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void makeDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    @Test
    void tellsThatThereWasNothingToDo() {
        Result result = imagehost.run("sweep");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines())
                .containsExactly("Images that had ended: 0", "Uploads given up: 0", "Objects deleted: 0");
    }

    @Test
    void deletesWhatKilledCommandsLeftInTheSpool() throws IOException {
        Path spool = Files.createDirectories(directory.resolve("data/spool"));
        Path leftover = Files.createFile(spool.resolve("imagehost-upload-1.tmp"));

        assertThat(imagehost.run("sweep").exitCode()).isZero();

        assertThat(leftover).doesNotExist();
    }

    @Test
    void deletesAgainWhatTheStoreDidNotDelete() throws IOException {
        imagehost.reading(Pictures.uniquePng()).run("upload", "-");
        Path object = onlyObject();
        // a directory with something in it can't be deleted
        Files.delete(object);
        Files.createDirectory(object);
        Path obstacle = Files.createFile(object.resolve("obstacle"));
        assertThat(imagehost.run("delete", "1").exitCode()).isZero();

        Result failed = imagehost.run("sweep");
        assertThat(failed.exitCode()).isEqualTo(1);
        assertThat(failed.err()).contains("imagehost: Objects that the store did not delete: 1");
        assertThat(imagehost.run("sweep", "--json").onlyLine())
                .isEqualTo("{\"endedImages\":0,\"expiredReservations\":0,\"deletedObjects\":0,\"failedObjects\":1}");

        Files.delete(obstacle);
        assertThat(imagehost.run("sweep").lines()).contains("Objects deleted: 1");
        assertThat(object).doesNotExist();
    }

    private Path onlyObject() throws IOException {
        try (var files = Files.walk(directory.resolve("data/images"))) {
            return files.filter(Files::isRegularFile).findFirst().orElseThrow();
        }
    }
}
