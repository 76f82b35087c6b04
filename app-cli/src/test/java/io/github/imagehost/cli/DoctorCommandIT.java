package io.github.imagehost.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.cli.CommandRunner.Result;
import io.github.imagehost.cli.RunnableJar.Running;
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
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged program on real servers: it tells apart what is wrong, and never prints a secret. */
class DoctorCommandIT {

    private static final String PASSWORD = "hush-hush-42";

    private final String user = "u" + UUID.randomUUID().toString().substring(0, 8);

    @TempDir
    Path directory;

    private TestDatabase database;
    private Map<String, String> settings;

    @BeforeEach
    void createDatabaseUserAndBucket() {
        database = TestDatabases.onServer();
        database.execute(
                "CREATE USER " + user + " IDENTIFIED BY '" + PASSWORD + "'",
                "GRANT SELECT ON " + database.settings().get("DB_NAME") + ".* TO " + user);
        settings = new HashMap<>(database.settings());
        settings.putAll(S3TestServer.shared().freshBucket());
        settings.put("LC_ALL", "C.UTF-8");
    }

    @AfterEach
    void dropThem() {
        database.execute("DROP USER " + user);
        database.close();
    }

    @Test
    void findsNothingWrongAndLeavesNothingBehind() throws Exception {
        Result result = new RunnableJar(directory, settings).run("doctor");

        assertThat(result.err()).isEmpty();
        assertThat(result.lines()).last().isEqualTo("Failed: 0, warnings: 0, ok: 37, not checked: 0");
        assertThat(result.exitCode()).isZero();
        assertThat(database.query("SHOW TABLES")).isEmpty();
        try (S3ImageStore store = S3ImageStore.create(S3Settings.from(Settings.of(settings)))) {
            assertThat(store.list(Optional.empty(), 1)).isEmpty();
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @CsvSource({
        "S3_SECRET_KEY, not-the-secret, key, -> Set S3_ACCESS_KEY and S3_SECRET_KEY to",
        "DB_PASSWORD, wr0ng, login, -> Set DB_USER and DB_PASSWORD to"
    })
    void tellsWrongSecretsApart(String name, String value, String check, String advice) throws Exception {
        settings.put(name, value);

        assertOnlyFailure(check, advice, new RunnableJar(directory, settings).run("doctor", "--verbose"));
    }

    @ParameterizedTest
    @CsvSource({
        "S3_ACCESS_KEY, nobody, key, -> Set S3_ACCESS_KEY and S3_SECRET_KEY to",
        "S3_BUCKET, no-such-bucket-at-all, bucket, '-> Make the bucket, or set S3_BUCKET'"
    })
    void tellsOtherWrongSettingsApart(String name, String value, String check, String advice) {
        settings.put(name, value);

        assertOnlyFailure(check, advice, inThisJvm(settings).run("doctor", "--verbose"));
    }

    @Test
    void namesThePrivilegesThatAreMissing() {
        settings.putAll(Map.of("DB_USER", user, "DB_PASSWORD", PASSWORD));

        assertOnlyFailure(
                "privileges",
                "GRANT INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX ON `" + settings.get("DB_NAME") + "`.* TO '" + user,
                inThisJvm(settings).run("doctor", "--verbose"));
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

            assertThat(inThisJvm(Map.of()).run("doctor").lines())
                    .last()
                    .isEqualTo("Failed: 0, warnings: 0, ok: 19, not checked: 0");
            service.getOutputStream().close();
            assertThat(service.waitFor()).isZero();
        } finally {
            service.destroyForcibly();
        }
    }

    /** For what is proved of the process already. */
    private CommandRunner inThisJvm(Map<String, String> settings) {
        return CommandRunner.in(directory.resolve("data")).with(settings);
    }

    private void assertOnlyFailure(String check, String advice, Result result) {
        assertThat(result.exitCode()).isEqualTo(ExitCode.SETTINGS.value());
        assertThat(result.lines()).last().asString().startsWith("Failed: 1, warnings: 0, ");
        assertThat(result.out()).containsPattern("\\n  FAIL  " + check + " ").contains(advice);
        assertThat(result.toString())
                .doesNotContain(PASSWORD, settings.get("S3_SECRET_KEY"))
                .doesNotContain("wr0ng");
    }
}
