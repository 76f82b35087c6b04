package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ExtractedService;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The packaged service, started as its users start it. */
class StartIT {

    @TempDir
    private Path directory;

    @Test
    void withNothingConfiguredItKeepsEverythingBelowItsWorkingDirectoryWhereItFindsSettingsLater() throws Exception {
        byte[] picture = Pictures.jpegOfSize(600_000);
        JsonNode image;
        int port = freePort();
        try (ServiceProcess service = ServiceProcess.startPackaged(directory, Map.of("PORT", String.valueOf(port)))) {
            image = service.client()
                    .upload("photo.jpg", picture)
                    .isSuccess("上传成功")
                    .data();
            assertThat(image.get("url").asString())
                    .isEqualTo("http://127.0.0.1:" + port + "/i/"
                            + image.get("filename").asString());
        }
        assertThat(directory.resolve("data")).isDirectory();

        Files.move(directory.resolve("data"), directory.resolve("here"));
        Files.writeString(
                directory.resolve(".env"),
                "# settings\nPUBLIC_URL=https://images.example.com/\nMAX_FILE_SIZE=1000\nDATA_DIR=\"here\"\n");

        // extracted and with a cache of its classes, it is the same service
        try (ServiceProcess service = ServiceProcess.start(
                directory, Map.of("MAX_FILE_SIZE", "700000"), ExtractedService.needsCacheOption())) {
            assertThat(service.client()
                            .get(Client.pathOf(image.get("url").asString()))
                            .bytes())
                    .isEqualTo(picture);
            JsonNode again = service.client()
                    .upload("again.jpg", picture)
                    .isSuccess("图片已存在，返回已有链接")
                    .data();
            assertThat(again.get("id")).isEqualTo(image.get("id"));
            assertThat(again.get("url").asString()).startsWith("https://images.example.com/i/");
            assertThat(directory.resolve("data")).doesNotExist();
            assertThat(service.client().get("/docs/index.html").status()).isEqualTo(200);
        }
    }

    @Test
    void aFailedStartIsExplainedByOneMessage() throws Exception {
        try (ServiceProcess service = ServiceProcess.launch(directory, Map.of("MAX_FILE_SIZE", "ten"))) {
            assertThat(service.exitCode()).as(service.output()).isEqualTo(1);

            assertThat(service.output())
                    .contains(
                            "APPLICATION FAILED TO START",
                            "MAX_FILE_SIZE is 'ten', but legal is a whole number from 1 to",
                            "README.md")
                    .doesNotContain("\tat ", "Caused by", "WARN", "condition evaluation report");
        }
    }

    @Test
    void aFileOfSettingsThatIsNoneIsNotRepeated() throws Exception {
        Files.writeString(directory.resolve(".env"), "PORT=0\nS3_SECRET_KEY wrong-and-secret\n");

        try (ServiceProcess service = ServiceProcess.launch(directory, Map.of())) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.output())
                    .contains("APPLICATION FAILED TO START", ".env", "NAME=value")
                    .doesNotContain("wrong-and-secret", "\tat ");
        }
    }

    @Test
    void aPlaceWhereNobodyCanListenIsNamed() throws Exception {
        try (ServiceProcess service = ServiceProcess.launch(directory, Map.of("BIND_ADDRESS", "192.0.2.1"))) {
            assertThat(service.exitCode()).isEqualTo(1);
            assertThat(service.output())
                    .contains("APPLICATION FAILED TO START", "BIND_ADDRESS and PORT")
                    .doesNotContain("\tat ");
        }
    }

    @Test
    void aDataDirectoryThatIsNoneEndsTheStart() throws Exception {
        Path file = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(() -> RunningService.embedded(file).close())
                .satisfies(failure -> assertThat(settingsProblem(failure)).hasMessageContaining("DATA_DIR"));
    }

    @ParameterizedTest
    @CsvSource({
        "PORT,http",
        "ALLOWED_MIME_TYPES,image/bmp",
        "DB_USER,root",
        "S3_PUBLIC_URL,https://cdn.example.com",
        "CORS_ORIGINS,*",
        "DELIVERY,direct",
        "DELIVERY,redirect",
        "S3_BUCKET,images",
        "DB_HOST,127.0.0.1"
    })
    void aWrongSettingEndsTheStart(String name, String value) {
        String missing =
                Map.of("S3_BUCKET", "S3_ACCESS_KEY", "DB_HOST", "DB_USER").getOrDefault(name, name);
        assertStartFails(Map.of(name, value), missing);
    }

    @Test
    void aMissingBucketEndsTheStart() {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("S3_BUCKET", "nobody-made-this-bucket");

        assertStartFails(settings, "S3_BUCKET");
    }

    @Test
    void aWrongKeyEndsTheStart() {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("S3_SECRET_KEY", "wrong-and-secret");

        assertStartFails(settings, "S3_SECRET_KEY");
    }

    @Test
    void anUnreachableStoreEndsTheStart() {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("S3_ENDPOINT", "http://127.0.0.1:1");

        assertStartFails(settings, "S3_ENDPOINT");
    }

    @Test
    void anUnreachableDatabaseEndsTheStart() {
        assertStartFails(Map.of("DB_HOST", "127.0.0.1", "DB_PORT", "1", "DB_USER", "root"), "DB_HOST");
    }

    @Test
    void aMissingDatabaseEndsTheStart() {
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("DB_NAME", "nobody_made_this_database");

            assertStartFails(settings, "DB_NAME");
        }
    }

    private void assertStartFails(Map<String, String> settings, String expected) {
        assertThatThrownBy(() -> RunningService.with(directory, settings).close())
                .satisfies(failure -> {
                    SettingsException problem = settingsProblem(failure);
                    assertThat(problem).hasMessageContaining(expected);
                    assertThat(problem.getMessage()).doesNotContain("wrong-and-secret", "\n");
                });
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static SettingsException settingsProblem(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof SettingsException problem) {
                return problem;
            }
        }
        throw new AssertionError("The start failed for another reason", failure);
    }
}
