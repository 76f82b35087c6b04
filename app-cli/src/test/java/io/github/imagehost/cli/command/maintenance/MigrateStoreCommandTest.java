package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MigrateStoreCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void makeDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @Test
    void refusesTheStoreThatIsInUseAndLeavesItAsItIs() throws IOException {
        imagehost.reading(Pictures.uniquePng()).run("upload", "-");
        List<Path> before = files();
        String file = file("PUBLIC_URL=https://example.com");

        Result result = imagehost.run("migrate-store", "--to", file);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.errors())
                .containsExactly("imagehost: " + file + " leads to the store that is in use already");
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void refusesToLeaveTheEmbeddedDatabaseBehind() throws IOException {
        String file = file("DATA_DIR=" + directory.resolve("elsewhere"));

        Result result = imagehost.run("migrate-store", "--to", file);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo(
                        line(file + " leads to another database, but only the pictures are moved, not what is known of"
                                + " them: the embedded database is in DATA_DIR, which has to stay as it is"));
        assertThat(directory.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void refusesSettingsOfAnotherDatabase() throws IOException {
        String file = file("DB_HOST=127.0.0.1\nDB_USER=me\nS3_BUCKET=new");

        Result result = imagehost.run("migrate-store", "--to", file);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).contains("its DB_ settings have to be the present ones, or absent");
    }

    /** A secret of the present store is nothing that the other one should ever see. */
    @Test
    void thePresentStoresSettingsDoNotCountForTheOther() throws IOException {
        String file = file("S3_BUCKET=new\nS3_SECRET_KEY=secret");

        Result result = imagehost.with("S3_ACCESS_KEY", "present").run("migrate-store", "--to", file);

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err())
                .isEqualTo(line("S3_ACCESS_KEY is not set, but it has to be, because S3_SECRET_KEY is set"));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        String file = directory.resolve("absent").toString();

        assertThat(imagehost.run("migrate-store", "--to", file))
                .isEqualTo(new Result(3, "", line("There is no settings file " + file)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "65", "-1"})
    void refusesANumberOfThreadsThatMakesNoSense(String number) {
        Result result = imagehost.run("migrate-store", "--to", "new.env", "--parallel", number);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("--parallel is a whole number from 1 to 64");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void needsToKnowWhere() {
        Result result = imagehost.run("migrate-store");

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("Missing required option: '--to=FILE'");
    }

    private String file(String content) throws IOException {
        return Files.writeString(directory.resolve("new.env"), content).toString();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve("data/images"))) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    private static String line(String message) {
        return "imagehost: " + message + System.lineSeparator();
    }
}
