package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class StatsCommandTest {

    @TempDir
    private Path directory;

    @Test
    void countsNothingWhereThereIsNothing() {
        Result result = imagehost().run("stats");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines())
                .containsExactly(
                        "Pictures               0, 0 B",
                        "Different contents     0, 0 B",
                        "Saved                  0 B, 1.0 to 1",
                        "In the store           0 B",
                        "Thumbnails and copies  0, 0 B",
                        "Missing in the store   0",
                        "Uploads under way      0",
                        "Waiting to be deleted  0");
    }

    @Test
    void drawsWhatThereIs() {
        CommandRunner imagehost = imagehost();
        imagehost.reading(Pictures.jpegOfSize(4_000)).run("upload", "-", "--name", "large.jpg");
        imagehost.reading(Pictures.jpegOfSize(2_000)).run("upload", "-", "--name", "small.jpg");
        imagehost.reading(Pictures.uniquePng()).run("upload", "-");

        Result result = imagehost.run("stats", "--largest", "2");

        assertThat(result.lines()).contains("By type", "By month", "Largest");
        assertThat(result.lines())
                .anySatisfy(line -> assertThat(line).matches("  image/jpeg  2  6.0 kB  #{40}"))
                .anySatisfy(line -> assertThat(line).matches("  image/png   1  1\\.\\d kB +#+"))
                .anySatisfy(line -> assertThat(line).matches("  \\d{4}-\\d\\d  3  7\\.\\d kB  #{40}"));
        assertThat(result.lines().get(result.lines().size() - 2))
                .startsWith("  4.0 kB  1  ")
                .endsWith("  large.jpg");
        assertThat(result.lines().get(result.lines().size() - 1))
                .startsWith("  2.0 kB  2  ")
                .endsWith("  small.jpg");
    }

    @Test
    void countsAndComparesThePicturesOfAllOwners() {
        CommandRunner imagehost = imagehost();
        imagehost.run("owner", "add", "alice");
        imagehost.reading(Pictures.jpegOfSize(2_000)).run("upload", "-");
        imagehost.reading(Pictures.jpegOfSize(4_000)).run("upload", "-", "--owner", "alice");
        imagehost.reading(Pictures.jpegOfSize(3_000)).run("upload", "-", "--owner", "alice");

        JsonNode json = imagehost.run("stats", "--json", "--largest", "2").json();

        assertThat(json.at("/statistics/images").asInt()).isEqualTo(3);
        assertThat(json.get("largest").findValuesAsString("id")).containsExactly("2", "3");
    }

    @Test
    void printsOneDocument() {
        CommandRunner imagehost = imagehost();
        imagehost.reading(Pictures.jpegOfSize(4_000)).run("upload", "-");

        JsonNode json = imagehost.run("stats", "--json", "--largest", "0").json();

        assertThat(json.at("/statistics/images").asInt()).isEqualTo(1);
        assertThat(json.at("/statistics/imageBytes").asInt()).isEqualTo(4_000);
        assertThat(json.at("/statistics/types/0/name").asString()).isEqualTo("image/jpeg");
        assertThat(json.at("/savedBytes").asInt()).isZero();
        assertThat(json.at("/largest")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "101"})
    void refusesMoreThanAPage(String largest) {
        Result result = imagehost().run("stats", "--largest=" + largest);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).startsWith("imagehost: --largest is a whole number from 0 to 100, not " + largest);
    }

    private CommandRunner imagehost() {
        return CommandRunner.in(directory.resolve("data"));
    }
}
