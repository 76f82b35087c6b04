package io.github.imagehost.rest.faults;

import static io.github.imagehost.rest.faults.FaultyService.assertUnavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.FaultProxy;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.MariaDbProcess;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Another database takes over from the one that a running service uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FailoverIT {

    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final String HOST = "127.0.0.1";
    /** An administrator would be allowed to write all the same. */
    private static final String USER = "service";

    private static final int CONNECTIONS = 16;

    private MariaDbProcess first;
    private MariaDbProcess second;

    @BeforeAll
    void startServers() {
        first = TestDatabases.dedicatedServer();
        second = TestDatabases.dedicatedServer();
        for (MariaDbProcess server : new MariaDbProcess[] {first, second}) {
            SchemaMigration.migrate(server.database().databaseSettings());
            server.database().execute("CREATE USER " + USER, "GRANT ALL ON imagehost.* TO " + USER);
        }
    }

    @AfterAll
    void stopServers() {
        first.close();
        second.close();
    }

    @BeforeEach
    void theFirstTakesWrites() {
        promote(first);
    }

    @Test
    void uploadsGoOnBehindOneAddress(@TempDir Path directory) throws Exception {
        try (FaultProxy address = FaultProxy.to(HOST, port(first));
                RunningService service = service(directory, HOST, address.port())) {
            useAllConnections(service.client());

            demote(first);
            assertUnavailable(service.client().upload("a.png", Pictures.uniquePng()));
            promote(second);
            address.redirectTo(HOST, port(second));

            awaitUpload(service.client());
            assertThat(images(second)).isPositive();
            // none of the old connections is left
            useAllConnections(service.client());
        }
    }

    @Test
    void uploadsGoOnAtTheServerOfTheListThatTakesWrites(@TempDir Path directory) throws Exception {
        demote(second);
        String list = HOST + ":" + port(first) + "," + HOST;
        try (RunningService service = service(directory, list, port(second))) {
            useAllConnections(service.client());
            long before = images(second);

            demote(first);
            promote(second);
            awaitUpload(service.client());

            assertThat(images(second)).isGreaterThan(before);
            demote(second);
            assertUnavailable(service.client().upload("a.png", Pictures.uniquePng()));
            service.client().get("/api/images").isSuccess("操作成功");

            promote(first);
            awaitUpload(service.client());
            second.kill();
            service.client().upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
            second.restart();
        }
    }

    private static RunningService service(Path directory, String host, int port) {
        Map<String, String> settings = new HashMap<>();
        settings.put("DB_HOST", host);
        settings.put("DB_PORT", Integer.toString(port));
        settings.put("DB_NAME", "imagehost");
        settings.put("DB_USER", USER);
        settings.put("DB_SSL_MODE", "DISABLED");
        settings.put("RATE_LIMIT_MAX", "0");
        return RunningService.with(directory, settings);
    }

    private static void awaitUpload(Client client) throws InterruptedException {
        Waiting.until("an upload succeeds", RECOVERY, () -> {
            Answer answer = client.upload("a.png", Pictures.uniquePng());
            if (answer.status() != 200) {
                assertUnavailable(answer);
            }
            return answer.status() == 200;
        });
    }

    /** One upload after the other may use the same connection all the time. */
    private static void useAllConnections(Client client) throws Exception {
        Concurrently.run(
                CONNECTIONS, () -> client.upload("a.png", Pictures.uniquePng()).isSuccess("上传成功"));
    }

    private static int port(MariaDbProcess server) {
        return Integer.parseInt(server.settings().get("DB_PORT"));
    }

    private static void promote(MariaDbProcess server) {
        server.database().execute("SET GLOBAL read_only = 0");
    }

    private static void demote(MariaDbProcess server) {
        server.database().execute("SET GLOBAL read_only = 1");
    }

    private static long images(MariaDbProcess server) {
        return Long.parseLong(
                server.database().query("SELECT COUNT(*) FROM imagehost_image").get(0));
    }
}
