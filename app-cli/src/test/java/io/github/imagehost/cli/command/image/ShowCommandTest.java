package io.github.imagehost.cli.command.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShowCommandTest {

    @TempDir
    static Path directory;

    private static CommandRunner imagehost;
    private static byte[] picture;
    private static String link;

    @BeforeAll
    static void uploadAPicture() {
        imagehost = CommandRunner.in(directory.resolve("data"));
        picture = Pictures.uniquePng();
        link = imagehost.reading(picture).run("upload", "-", "--name", "图片.png").onlyLine();
    }

    @Test
    void showsEverythingInATable() {
        Result result = imagehost.run("show", "1");

        assertThat(result.exitCode()).isZero();
        assertThat(result.lines().stream().map(line -> line.substring(0, 15).strip()))
                .containsExactly(
                        "Id",
                        "Link",
                        "Thumbnail",
                        "Filename",
                        "Original name",
                        "Type",
                        "Bytes",
                        "Pixels",
                        "Uploaded",
                        "Updated",
                        "SHA-256",
                        "Visibility",
                        "Ends",
                        "Views left");
        assertThat(result.lines()).contains("Link           " + link, "Original name  图片.png");
    }

    @Test
    void knowsAnImageByIdFilenameAndLink() {
        Result byId = imagehost.run("show", "1", "--json");

        assertThat(byId.json().get("url").asString()).isEqualTo(link);
        assertThat(imagehost.run("show", filename(), "--json")).isEqualTo(byId);
        assertThat(imagehost.run("show", link, "--json")).isEqualTo(byId);
        assertThat(imagehost.run("show", "https://before.example/pictures/" + filename() + "?x=/1#y", "--json"))
                .isEqualTo(byId);
        assertThat(imagehost.run("show", "001", "--json")).isEqualTo(byId);
    }

    @Test
    void knowsAnImageByItsHashAndItsFile() throws IOException {
        Result byId = imagehost.run("show", "1", "--json");
        String hash = byId.json().get("fileHash").asString();
        Path here = Files.write(directory.resolve("here.png"), picture);
        Path elsewhere = Files.write(directory.resolve("elsewhere.png"), Pictures.uniquePng());

        assertThat(imagehost.run("show", hash, "--json")).isEqualTo(byId);
        assertThat(imagehost.run("show", hash.toUpperCase(Locale.ROOT), "--json"))
                .isEqualTo(byId);
        assertThat(imagehost.run("show", here.toString(), "--json")).isEqualTo(byId);
        Result absent = imagehost.run("show", elsewhere.toString());
        assertThat(absent.exitCode()).isEqualTo(1);
        assertThat(absent.err().lines()).containsExactly("imagehost: There is no image with the bytes of " + elsewhere);
        assertThat(imagehost.run("show", "0".repeat(64)).exitCode()).isEqualTo(1);
    }

    @Test
    void printsWhatTheServiceAnswers() {
        assertThat(imagehost.run("show", "--json", "1").json().propertyNames())
                .containsExactly(
                        "id",
                        "filename",
                        "originalName",
                        "url",
                        "fileSize",
                        "mimeType",
                        "uploadTime",
                        "updatedAt",
                        "fileHash",
                        "width",
                        "height",
                        "thumbnailUrl",
                        "visibility",
                        "expiresAt",
                        "viewsLeft");
    }

    @ParameterizedTest
    @ValueSource(strings = {"2", "99999999999999999999999", "1abc", "nope.png"})
    void tellsThatThereIsNoSuchImage(String reference) {
        Result result = imagehost.run("show", reference, "--json");

        assertThat(result.exitCode()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).matches("imagehost: There is no image \\S+\\R");
    }

    @Test
    void refusesTheIdZero() {
        assertThat(imagehost.run("show", "0"))
                .isEqualTo(new Result(
                        2,
                        "",
                        "imagehost: An image id is a whole number from 1, not 0 (see 'imagehost show --help')"
                                + System.lineSeparator()));
    }

    private static String filename() {
        return link.substring(link.lastIndexOf('/') + 1);
    }
}
