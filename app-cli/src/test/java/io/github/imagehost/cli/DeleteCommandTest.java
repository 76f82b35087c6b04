package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DeleteCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void uploadTwoPictures() {
        imagehost = CommandRunner.in(directory.resolve("data"));
        imagehost.reading(Pictures.uniquePng()).run("upload", "-");
        imagehost.reading(Pictures.uniquePng()).run("upload", "-");
    }

    @Test
    void deletesImagesAndTheirBytes() throws IOException {
        Result result = imagehost.run("delete", "2", "1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).containsExactly("Deleted image 2", "Deleted image 1");
        assertThat(imagehost.run("show", "1").exitCode()).isEqualTo(1);
        try (Stream<Path> files = Files.walk(directory.resolve("data").resolve("images"))) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void deletesWhatThereIsAndTellsOfTheRest() {
        Result result = imagehost.run("delete", "7", "1", "99999999999999999999", "1", "7");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).containsExactly("Deleted image 1");
        assertThat(result.err().lines())
                .containsExactly("imagehost: There is no image 7", "imagehost: There is no image " + Long.MAX_VALUE);
    }

    @Test
    void printsWhatTheServiceAnswers() {
        Result result = imagehost.run("delete", "--json", "1", "9", "2", "8");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.onlyLine()).isEqualTo("{\"deletedCount\":2,\"notFound\":[9,8]}");
    }

    @ParameterizedTest
    @CsvSource({
        "1abc, '''1abc'' is not an image id, which is a whole number from 1'",
        "-1, '''-1'' is not an image id, which is a whole number from 1'",
        "0, 'An image id is a whole number from 1, not 0'",
        "cat.png, '''cat.png'' is not an image id, which is a whole number from 1'",
    })
    void deletesNothingIfOneIdIsNone(String id, String message) {
        Result result = imagehost.run("delete", "1", id);

        assertThat(result)
                .isEqualTo(new Result(
                        2, "", "imagehost: " + message + " (see 'imagehost delete --help')" + System.lineSeparator()));
        assertThat(imagehost.run("show", "1").exitCode()).isZero();
    }
}
