package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.RunnableJar.Running;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunnableJarIT {

    private static final Map<String, String> UTF_8_LOCALE = Map.of("LC_ALL", "C.UTF-8");
    private static final Map<String, String> ASCII_LOCALE = Map.of("LC_ALL", "C");

    @TempDir
    Path directory;

    private RunnableJar imagehost;

    @BeforeEach
    void runInTheDirectory() {
        imagehost = new RunnableJar(directory, UTF_8_LOCALE);
    }

    @Test
    void uploadsAPictureTwiceToTheSameLink() throws Exception {
        picture("x.png");

        Result first = imagehost.run("upload", "x.png");
        Result second = imagehost.run("upload", "x.png");

        assertThat(first.exitCode()).isZero();
        assertThat(first.onlyLine()).startsWith("http://127.0.0.1:3000/i/");
        assertThat(first.err()).isEmpty();
        assertThat(second).isEqualTo(first);
        assertThat(directory.resolve("data")).isDirectory();
    }

    @Test
    void tellsItsVersion() throws Exception {
        assertThat(imagehost.runPlainly("--version").onlyLine())
                .isEqualTo("imagehost " + System.getProperty("imagehost.version"));
    }

    @Test
    void endsWithItsExitCode() throws Exception {
        assertThat(imagehost.run("nope").exitCode()).isEqualTo(2);
        assertThat(new RunnableJar(directory, Map.of("MAX_FILE_SIZE", "abc"))
                        .run("list")
                        .exitCode())
                .isEqualTo(3);
    }

    @Test
    void readsTheSettingsFileInTheWorkingDirectory() throws Exception {
        picture("x.png");
        Files.writeString(directory.resolve(".env"), "PUBLIC_URL=https://images.example.com\nDATA_DIR=elsewhere\n");

        Result result = imagehost.run("upload", "x.png");

        assertThat(result.onlyLine()).startsWith("https://images.example.com/i/");
        assertThat(directory.resolve("elsewhere")).isDirectory();
    }

    @Test
    void printsNamesInAnyLanguageWhateverTheLocale() throws Exception {
        inThisJvm().reading(Pictures.uniquePng()).run("upload", "-", "--name", "图片 😀.png");

        Result result = new RunnableJar(directory, ASCII_LOCALE).run("list");

        assertThat(result.lines().get(1)).endsWith("  图片 😀.png");
    }

    @Test
    void storesAPictureOnceThoughSeveralProcessesUploadItAtOnce() throws Exception {
        picture("x.png");
        List<Running> uploads = new ArrayList<>();
        for (int count = 0; count < 3; count++) {
            uploads.add(imagehost.start("upload", "x.png"));
        }

        List<Result> results = new ArrayList<>();
        for (Running upload : uploads) {
            results.add(upload.await());
        }

        assertThat(results).allSatisfy(result -> {
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).isZero();
        });
        assertThat(results)
                .extracting(Result::onlyLine)
                .containsOnly(results.get(0).onlyLine());
        assertThat(inThisJvm()
                        .run("list", "--json")
                        .json()
                        .at("/pagination/totalItems")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void worksWhileTheServiceRuns() throws Exception {
        picture("x.png");
        Process service = RunnableJar.program(
                        DatabaseHolder.class, directory.resolve("data").toString())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo(DatabaseHolder.READY);

            Result first = imagehost.run("upload", "x.png");

            assertThat(first.err()).isEmpty();
            assertThat(first.exitCode()).isZero();
            service.getOutputStream().close();
            assertThat(service.waitFor()).isZero();
            assertThat(imagehost.run("upload", "x.png")).isEqualTo(first);
        } finally {
            service.destroyForcibly();
        }
    }

    @Test
    void worksOnAServersDatabaseAndABucket() throws Exception {
        picture("图片.png");
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(UTF_8_LOCALE);
            settings.putAll(database.settings());
            settings.putAll(S3TestServer.shared().freshBucket());
            settings.put("S3_PUBLIC_URL", "https://cdn.example.com");
            RunnableJar onServers = new RunnableJar(directory, settings);

            Result first = onServers.run("upload", "图片.png");
            Result second = inThisJvm()
                    .with(settings)
                    .run("upload", directory.resolve("图片.png").toString());
            Result shown = inThisJvm().with(settings).run("show", first.onlyLine(), "--json");
            Result deleted = inThisJvm()
                    .with(settings)
                    .run("delete", shown.json().get("id").asString());

            assertThat(first.err()).isEmpty();
            assertThat(first.onlyLine()).startsWith("https://cdn.example.com/");
            assertThat(second).isEqualTo(first);
            assertThat(shown.json().get("originalName").asString()).isEqualTo("图片.png");
            assertThat(deleted.exitCode()).isZero();
            assertThat(directory.resolve("data")).doesNotExist();
        }
    }

    /** For what is proved of the process already. */
    private CommandRunner inThisJvm() {
        return CommandRunner.in(directory.resolve("data"));
    }

    private void picture(String name) throws IOException {
        Files.write(directory.resolve(name), Pictures.uniquePng());
    }
}
