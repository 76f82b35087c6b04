package io.github.imagehost.cli.command.maintenance;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner;
import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.DatabaseHolder;
import io.github.imagehost.cli.RunnableJar;
import io.github.imagehost.cli.RunnableJar.Running;
import io.github.imagehost.cli.terminal.ExitCode;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on real servers: it tells apart what is wrong, and never prints a secret. */
class DoctorCommandIT {

    @TempDir
    Path directory;

    private TestDatabase database;
    private Map<String, String> settings;

    @BeforeEach
    void createDatabaseAndBucket() {
        database = TestDatabases.onServer();
        settings = new HashMap<>(database.settings());
        settings.putAll(S3TestServer.shared().freshBucket());
        settings.put("LC_ALL", "C.UTF-8");
    }

    @AfterEach
    void dropDatabase() {
        database.close();
    }

    @Test
    void findsNothingWrongAndLeavesNothingBehind() throws Exception {
        Result result = new RunnableJar(directory, settings).run("doctor");

        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).last().isEqualTo("Failed: 0, warnings: 0, ok: 42, not checked: 0");
        assertThat(result.exitCode()).isZero();
        assertThat(database.query("SHOW TABLES")).isEmpty();
        try (S3ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(settings)))) {
            assertThat(store.list(Optional.empty(), 1)).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void tellsWhichSecretsAreWrongWithoutPrintingThem() throws Exception {
        String right = settings.get("S3_SECRET_KEY");
        settings.putAll(Map.of("S3_SECRET_KEY", "not-the-secret", "DB_PASSWORD", "wr0ng"));

        Result result = new RunnableJar(directory, settings).run("doctor", "--verbose");

        assertThat(result.exitCode()).isEqualTo(ExitCode.SETTINGS.value());
        assertThat(result.lines()).last().asString().startsWith("Failed: 2, warnings: 0, ");
        assertThat(result.out())
                .containsPattern("\\n  FAIL  key ")
                .contains("-> Set S3_ACCESS_KEY and S3_SECRET_KEY to")
                .containsPattern("\\n  FAIL  login ")
                .contains("-> Set DB_USER and DB_PASSWORD to");
        assertThat(result.toString()).doesNotContain(right, "not-the-secret", "wr0ng");
    }

    @Test
    void worksWhileOthersWorkOnTheEmbeddedDefault() throws Exception {
        RunnableJar imagehost = new RunnableJar(directory, Map.of("LC_ALL", "C.UTF-8"));
        Path picture = Files.write(directory.resolve("x.png"), Pictures.uniquePng());
        for (Running command : List.of(imagehost.start("upload", picture.toString()), imagehost.start("doctor"))) {
            Result result = command.await();
            assertThat(result.err()).isEmpty();
            assertThat(result.exitCode()).as(result.out()).isZero();
        }
        Process service = RunnableJar.program(
                        DatabaseHolder.class, directory.resolve("data").toString())
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(service.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.readLine()).isEqualTo(DatabaseHolder.READY);

            assertThat(CommandRunner.in(directory.resolve("data")).run("doctor").lines())
                    .last()
                    .isEqualTo("Failed: 0, warnings: 0, ok: 24, not checked: 0");
            service.getOutputStream().close();
            assertThat(service.waitFor()).isZero();
        } finally {
            service.destroyForcibly();
        }
    }
}
