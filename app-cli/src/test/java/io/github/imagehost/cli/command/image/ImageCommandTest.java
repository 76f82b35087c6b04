package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** {@code image set} and {@code image link}, and uploads that are not for everybody. */
class ImageCommandTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void makeDataDirectory() {
        imagehost = CommandRunner.withDatabaseIn(directory.resolve("data"));
    }

    private Result upload(String... options) {
        return imagehost.reading(Pictures.uniquePng()).run(concat(new String[] {"upload", "-"}, options));
    }

    private static String[] concat(String[] first, String[] second) {
        return Stream.of(first, second).flatMap(Arrays::stream).toArray(String[]::new);
    }

    private JsonNode details() {
        return imagehost.run("show", "1", "--json").json();
    }

    @Test
    void anUploadSaysWhoSeesThePicture() {
        assertThat(upload("--private", "--expires", "7d", "--views", "3").exitCode())
                .isZero();

        JsonNode details = details();

        assertThat(details.get("visibility").asString()).isEqualTo("private");
        assertThat(details.get("viewsLeft").asLong()).isEqualTo(3);
        assertThat(Duration.between(
                        Instant.parse(details.get("uploadTime").asString()),
                        Instant.parse(details.get("expiresAt").asString())))
                .isBetween(
                        Duration.ofDays(7).minusMinutes(1), Duration.ofDays(7).plusMinutes(1));
        assertThat(imagehost.run("show", "1").lines()).contains("Visibility     private", "Views left     3");
    }

    @Test
    void aPictureIsChangedAndShown() {
        upload("--private");

        Result changed = imagehost.run(
                "image", "set", "1", "--public", "--expires", "1h", "--views", "2", "--name", "Ferien.png");

        assertThat(changed.exitCode()).as(changed.err()).isZero();
        assertThat(changed.lines()).contains("Visibility     public", "Views left     2", "Original name  Ferien.png");
        Result again = imagehost.run("image", "set", "1", "--expires", "never", "--views", "any");
        assertThat(again.lines()).contains("Visibility     public", "Ends           never", "Views left     any");
        assertThat(imagehost
                        .run("audit", "--action", "image_changed", "--json")
                        .json()
                        .at("/events/0/detail")
                        .asString())
                .isEqualTo("end never, views unlimited");
    }

    @ParameterizedTest
    @CsvSource({
        "--expires, 1s",
        "--expires, tomorrow",
        "--expires, ''",
        "--views, 0",
        "--views, 9999999999",
        "--views, some",
        "--name, ''"
    })
    void whatIsNotLegalIsNamedAndChangesNothing(String option, String value) {
        upload();
        JsonNode before = details();

        Result result = imagehost.run("image", "set", "1", option, value);

        assertThat(result.exitCode()).isEqualTo(2);
        assertThat(result.err()).contains("'" + value + "'");
        assertThat(details()).isEqualTo(before);
    }

    @Test
    void publicAndPrivateExcludeEachOther() {
        upload();

        assertThat(imagehost.run("image", "set", "1", "--public", "--private").exitCode())
                .isEqualTo(2);
        assertThat(imagehost.run("image", "set", "1").err()).contains("What is to change?");
    }

    @Test
    void aLinkIsPrintedAlone() {
        upload("--private");

        Result link = imagehost.run("image", "link", "1", "--expires", "30m");

        assertThat(link.onlyLine()).matches("http://127\\.0\\.0\\.1:3000/i/[a-z2-7]{26}\\.png\\?e=[0-9]+&v=[\\w-]{43}");
        assertThat(link.err()).contains("It is good until ");
        assertThat(imagehost.run("image", "link", "1", "--json").json().propertyNames())
                .containsExactly("url", "thumbnailUrl", "expiresAt");
    }

    @Test
    void linksAreTakenBack() {
        upload("--private");
        String link = imagehost.run("image", "link", "1", "--expires", "1d").onlyLine();

        assertThat(imagehost.run("image", "link", "1", "--revoke").exitCode()).isZero();

        assertThat(imagehost
                        .run("image", "link", "1", "--expires", "1d")
                        .onlyLine()
                        .replaceAll(".*v=", ""))
                .isNotEqualTo(link.replaceAll(".*v=", ""));
        assertThat(imagehost
                        .run("image", "link", "1", "--revoke", "--expires", "1d")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aPictureThatIsNotThereIsTold() {
        for (String command : new String[] {"set", "link"}) {
            Result result = imagehost.run(concat(
                    new String[] {"image", command, "7"},
                    command.equals("set") ? new String[] {"--public"} : new String[0]));

            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("There is no image 7");
        }
    }
}
