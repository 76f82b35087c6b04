package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeleteCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void uploadTwoPictures() throws IOException {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
        Path one = Files.write(directory.resolve("1.png"), Pictures.uniquePng());
        Path other = Files.write(directory.resolve("2.png"), Pictures.uniquePng());
        imagehost.run("upload", one.toString(), other.toString());
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
    void deletesWhatTheFiltersLetThrough() {
        imagehost.reading(Pictures.uniqueGif()).run("upload", "-", "--name", "moving.gif");

        Result forecast = imagehost.run("delete", "--type", "gif", "--dry-run");
        assertThat(forecast.exitCode()).isZero();
        assertThat(forecast.lines()).hasSize(2).startsWith("Would delete image 3 moving.gif");
        assertThat(forecast.lines().get(1)).matches("Would delete 1 in all, [0-9.]+ k?B");
        assertThat(imagehost
                        .run("delete", "--type", "gif", "--dry-run", "--json")
                        .onlyLine())
                .matches("\\{\"wouldDelete\":\\[3],\"bytes\":\\d+,\"notFound\":\\[]}");
        assertThat(imagehost.run("show", "3").exitCode()).isZero();

        Result result = imagehost.run("delete", "--type", "gif");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines()).containsExactly("Deleted image 3");
        assertThat(imagehost.run("show", "3").exitCode()).isEqualTo(1);
        assertThat(imagehost.run("show", "1").exitCode()).isZero();
        assertThat(imagehost.run("delete", "--type", "gif", "--json").onlyLine())
                .isEqualTo("{\"deletedCount\":0,\"notFound\":[]}");
    }

    @Test
    void deletesMoreThanAPageHas() throws IOException {
        List<String> command = new ArrayList<>(List.of("upload"));
        for (int i = 0; i < 101; i++) {
            command.add(Files.write(directory.resolve(i + ".gif"), Pictures.uniqueGif())
                    .toString());
        }
        imagehost.run(command.toArray(String[]::new));

        assertThat(imagehost.run("delete", "--type", "gif").lines()).hasSize(101);

        assertThat(imagehost
                        .run("list", "--json")
                        .json()
                        .at("/pagination/totalItems")
                        .asInt())
                .isEqualTo(2);
    }

    @Test
    void showsWhatItWouldDelete() {
        Result result = imagehost.run("delete", "2", "7", "--dry-run");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.lines()).first().asString().startsWith("Would delete image 2 ");
        assertThat(result.err().lines()).containsExactly("imagehost: There is no image 7");
        assertThat(imagehost.run("show", "2").exitCode()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"delete", "delete --dry-run", "delete 1 --type png"})
    void asksForEitherIdsOrFilters(String command) {
        Result result = imagehost.run(command.split(" "));

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err())
                .startsWith("imagehost: Which pictures? Give either their ids or options that choose them");
        assertThat(imagehost.run("show", "1").exitCode()).isZero();
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
