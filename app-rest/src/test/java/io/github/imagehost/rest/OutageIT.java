package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.MariaDbProcess;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import io.github.imagehost.s3.testing.S3TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Database and store are killed under a running service and come back. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutageIT {

    private static final Duration RECOVERY = Duration.ofSeconds(10);

    private MariaDbProcess database;
    private S3TestServer store;
    private RunningService service;
    private Client client;

    @BeforeAll
    void start(@TempDir Path directory) {
        database = TestDatabases.dedicatedServer();
        store = S3TestServer.dedicated();
        Map<String, String> settings = new HashMap<>(store.freshBucket());
        settings.putAll(database.settings());
        settings.put("RATE_LIMIT_MAX", "0");
        service = RunningService.with(directory, settings);
        service.setDatabasePatience(Duration.ofSeconds(1));
        client = service.client();
    }

    @AfterAll
    void stop() {
        service.close();
        store.close();
        database.close();
    }

    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aStoreThatIsAwayIsToldAndComesBack() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String path =
                Client.pathOf(client.upload("a.png", picture).data().get("url").asString());
        byte[] during = Pictures.uniquePng();

        store.stop();
        assertUnavailable(client.upload("b.png", during));
        Answer several = client.post(
                "/api/upload/multiple",
                new Multipart()
                        .file("images", "b.png", during)
                        .file("images", "bad.png", Pictures.html())
                        .file("images", "c.png", Pictures.uniquePng()));
        assertUnavailable(several);
        assertThat(several.json().at("/data/failed"))
                .extracting(failure -> failure.get("code").asString())
                .containsExactly("service_unavailable", "unsupported_image", "service_unavailable");
        assertUnavailable(client.get(path));
        assertDown("UP", "DOWN");
        client.get("/api/images").isSuccess("操作成功");
        client.upload("a.png", picture).isSuccess("图片已存在，返回已有链接");

        store.start();
        Waiting.until(
                "the service is healthy again",
                RECOVERY,
                () -> client.get("/health").status() == 200);
        assertThat(client.get(path).bytes()).isEqualTo(picture);
        assertThat(client.upload("b.png", during)
                        .isSuccess("上传成功")
                        .data()
                        .get("duplicate")
                        .asBoolean())
                .isFalse();
    }

    @Tag("deep")
    @Test
    @Timeout(value = 3, unit = TimeUnit.MINUTES, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aDatabaseThatIsAwayIsToldAndComesBack() throws Exception {
        byte[] picture = Pictures.uniquePng();
        String path =
                Client.pathOf(client.upload("a.png", picture).data().get("url").asString());
        byte[] during = Pictures.uniquePng();

        database.kill();
        assertUnavailable(client.upload("b.png", during));
        assertUnavailable(client.get(path));
        assertUnavailable(client.get("/api/images"));
        assertUnavailable(client.delete("/api/images/1"));
        assertDown("DOWN", "UP");

        database.restart();
        Waiting.until(
                "the service is healthy again",
                RECOVERY,
                () -> client.get("/health").status() == 200);
        assertThat(client.get(path).bytes()).isEqualTo(picture);
        client.upload("b.png", during).isSuccess("上传成功");
    }

    private static void assertUnavailable(Answer answer) {
        answer.isError(503, "service_unavailable");
        assertThat(answer.header("Retry-After")).matches("[1-9][0-9]*");
        assertThat(answer.text()).doesNotContain("127.0.0.1");
    }

    private void assertDown(String databaseStatus, String storeStatus) throws Exception {
        Answer health = client.get("/health");
        assertThat(health.status()).isEqualTo(503);
        assertThat(health.json().get("status").asString()).isEqualTo("DOWN");
        assertThat(health.json().at("/components/database").asString()).isEqualTo(databaseStatus);
        assertThat(health.json().at("/components/store").asString()).isEqualTo(storeStatus);
    }
}
