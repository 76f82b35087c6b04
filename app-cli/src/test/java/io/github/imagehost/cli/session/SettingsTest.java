package io.github.imagehost.cli.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingsTest {

    @TempDir
    Path directory;

    private CommandRunner imagehost;

    @BeforeEach
    void useFreshDataDirectory() {
        imagehost = CommandRunner.in(directory.resolve("data"));
    }

    @ParameterizedTest
    @CsvSource({
        "MAX_FILE_SIZE, abc, 'MAX_FILE_SIZE is ''abc'', but legal is a whole number from 1 to 4294967296'",
        "ALLOWED_MIME_TYPES, image/bmp, 'ALLOWED_MIME_TYPES names ''image/bmp'', but legal are image/gif, image/jpeg,"
                + " image/png, image/webp'",
        "PUBLIC_URL, nowhere, 'PUBLIC_URL is ''nowhere'', but legal is an address such as"
                + " https://images.example.com/path'",
        "PORT, 99999, 'PORT is ''99999'', but legal is a whole number from 0 to 65535'",
        "DB_USER, me, 'DB_HOST is not set, but DB_USER is: set both for MySQL, or neither for the embedded database'",
        "DB_HOST, localhost, 'DB_USER is not set, but it has to be, because DB_HOST is set'",
        "S3_PUBLIC_URL, https://cdn.example.com, 'S3_BUCKET is not set, but it has to be, because S3_PUBLIC_URL is set'",
    })
    void refusesASettingThatIsWrong(String name, String value, String message) {
        Result result = imagehost.with(name, value).run("list");

        assertThat(result).isEqualTo(new Result(3, "", line("imagehost: " + message)));
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({"S3_BUCKET, pictures", "S3_ENDPOINT, https://s3.example.com", "S3_SECRET_KEY, do-not-tell"})
    void refusesHalfAConfigurationOfS3(String name, String value) {
        Result result = imagehost.with(name, value).run("list");

        assertThat(result.exitCode()).isEqualTo(3);
        assertThat(result.err()).startsWith("imagehost: S3_").hasLineCount(1).doesNotContain("do-not-tell");
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void refusesADataDirectoryThatIsNone() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        Result result = CommandRunner.in(file).run("list");

        assertThat(result)
                .isEqualTo(new Result(
                        3, "", line("imagehost: DATA_DIR: images can't be kept in " + file.resolve("images"))));
    }

    @Test
    void tellsOfAnUnreachableStoreOnceThoughSeveralFilesWaitForIt() throws IOException {
        String picture =
                Files.write(directory.resolve("cat.png"), Pictures.uniquePng()).toString();
        Map<String, String> settings = Map.of(
                "S3_ENDPOINT", "http://127.0.0.1:" + portWithoutServer(),
                "S3_BUCKET", "pictures",
                "S3_ACCESS_KEY", "me",
                "S3_SECRET_KEY", "secret");

        Result result = imagehost.with(settings).run("upload", picture, picture);

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("imagehost: S3_ENDPOINT is 'http://127.0.0.1:")
                .hasLineCount(1);
    }

    @Test
    void tellsOfAnUnreachableDatabase() throws IOException {
        Map<String, String> settings = Map.of(
                "DB_HOST", "127.0.0.1",
                "DB_PORT", String.valueOf(portWithoutServer()),
                "DB_USER", "me",
                "DB_PASSWORD", "do-not-tell");

        Result result = imagehost.with(settings).run("list");

        assertThat(result.exitCode()).isEqualTo(4);
        assertThat(result.err())
                .startsWith("imagehost: DB_HOST and DB_PORT: the database imagehost at 127.0.0.1:")
                .hasLineCount(1)
                .doesNotContain("do-not-tell");
    }

    @Test
    void readsSettingsFromAFile() throws IOException {
        Path file = Files.writeString(directory.resolve("other.env"), """
                # where people find us
                PUBLIC_URL=https://图片.example
                PUBLIC_URL="https://images.example.com/here/"
                DATA_DIR=ignored
                """);

        Result result = imagehost.reading(Pictures.uniquePng()).run("upload", "-", "--env-file", file.toString());

        assertThat(result.onlyLine()).startsWith("https://images.example.com/here/i/");
        assertThat(directory.resolve("data")).as("the environment comes first").isDirectory();
    }

    @Test
    void refusesASettingsFileThatIsNotThere() {
        Path file = directory.resolve("absent.env");

        assertThat(imagehost.run("list", "--env-file", file.toString()))
                .isEqualTo(new Result(3, "", line("imagehost: There is no settings file " + file)));
    }

    @Test
    void refusesASettingsFileThatIsNoneWithoutRepeatingWhatMayBeASecret() throws IOException {
        Path file = Files.writeString(directory.resolve("broken.env"), "S3_SECRET_KEY do-not-tell\n");

        assertThat(imagehost.run("list", "--env-file", file.toString()))
                .isEqualTo(new Result(
                        3,
                        "",
                        line("imagehost: The settings file " + file
                                + " can't be read, or has a line that is not NAME=value")));
    }

    private static int portWithoutServer() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static String line(String text) {
        return text + System.lineSeparator();
    }
}
