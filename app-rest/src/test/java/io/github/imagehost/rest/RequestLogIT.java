package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an administrator finds in the log of a request that failed. */
class RequestLogIT {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path directory;

    @Test
    void whatTheServiceIsToBlameForIsLoggedOnce() throws Exception {
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("LOG_FORMAT", "ecs");
            try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
                Client client = service.client();
                Path images = directory.resolve("data/images");
                client.upload("a.png", Pictures.uniquePng()).isSuccess("上传成功");
                Files.move(images, directory.resolve("away"));
                Answer upload = client.upload("b.png", Pictures.uniquePng()).isError(503, "service_unavailable");
                Multipart several = new Multipart()
                        .file("images", "b.png", Pictures.uniquePng())
                        .file("images", "c.png", Pictures.uniquePng())
                        .file("images", "d.png", Pictures.uniquePng());
                Answer multiple = client.post("/api/upload/multiple?key=secret", several);
                assertThat(multiple.status()).isEqualTo(503);
                assertThat(client.get("/health", "X-Request-Id", "health").status())
                        .isEqualTo(503);
                Answer unknown = client.get("/i/unguessable.png?signature=secret");
                try (RawConnection malformed = RawConnection.to(service.port())) {
                    assertThat(malformed.head("GET /{} HTTP/1.1").readToEnd()).startsWith("HTTP/1.1 400");
                }
                database.execute("DROP TABLE imagehost_image");
                Answer broken = client.get("/api/images").isError(500, "internal_error");

                JsonNode uploadLine = onlyLine(service, idOf(upload));
                assertThat(uploadLine.at("/message").asString())
                        .startsWith("POST /api/upload was answered with 503 service_unavailable; Can't put object");
                assertThat(uploadLine.at("/log/level").asString()).isEqualTo("WARN");
                assertThat(onlyLine(service, idOf(multiple)).at("/message").asString())
                        .startsWith("POST /api/upload/multiple was answered with 503 service_unavailable; Can't put");
                assertThat(onlyLine(service, "health").at("/message").asString())
                        .startsWith("GET /health was answered with 503; ");
                JsonNode brokenLine = onlyLine(service, idOf(broken));
                assertThat(brokenLine.at("/message").asString())
                        .isEqualTo("GET /api/images was answered with 500 internal_error");
                assertThat(brokenLine.at("/log/level").asString()).isEqualTo("ERROR");
                assertThat(brokenLine.at("/error/stack_trace").asString()).contains("RepositoryException");
                // what is the client's own fault is none of the log's business
                assertThat(lines(service, idOf(unknown))).isEmpty();
                assertThat(service.output())
                        .doesNotContain("answered with 4", "secret", "unguessable", "Servlet.service()");
            }
        }
    }

    @Test
    void linesOfTextHaveTheIdAfterTheLevel() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, Map.of("UPLOADS_MAX_BYTES", "104857600"))) {
            Files.move(directory.resolve("data/images"), directory.resolve("away"));
            Answer upload = service.client().upload("b.png", Pictures.uniquePng());

            Waiting.until(
                    "the answer is logged",
                    Duration.ofSeconds(30),
                    () -> service.output()
                            .contains(" WARN  " + idOf(upload) + " i.g.i.rest.request.RequestLog - POST /api/upload "));
            assertThat(service.output()).contains(" INFO  - o.s.b.tomcat.TomcatWebServer - Tomcat started");
        }
    }

    private static JsonNode onlyLine(ServiceProcess service, String id) throws IOException, InterruptedException {
        Waiting.until(
                "request " + id + " is logged",
                Duration.ofSeconds(30),
                () -> !lines(service, id).isEmpty());
        List<JsonNode> lines = lines(service, id);
        assertThat(lines).hasSize(1);
        return lines.get(0);
    }

    private static List<JsonNode> lines(ServiceProcess service, String id) throws IOException {
        return service.output()
                .lines()
                .filter(line -> line.endsWith("}"))
                .map(JSON::readTree)
                .filter(line -> line.path("requestId").asString("").equals(id))
                .toList();
    }

    private static String idOf(Answer answer) {
        return answer.json().get("requestId").asString();
    }
}
