package io.github.imagehost.rest.accesslog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RawConnection;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccessLogTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final String ID = "X-Request-Id";

    private Path file;
    private RunningService service;
    private Client client;

    @BeforeAll
    void start(@TempDir Path directory) {
        file = directory.resolve("access.log");
        service = RunningService.with(
                directory.resolve("data"),
                Map.of("ACCESS", "token", "TRUSTED_PROXIES", "127.0.0.1", "ACCESS_LOG", file.toString()));
        client = service.client();
    }

    @AfterAll
    void stop() {
        service.close();
    }

    @Test
    void tellsOfEachRequestWhoAskedForWhatAndWhatCameOfIt() throws Exception {
        Accounts accounts = new Accounts(service);
        Owner owner = accounts.add(Role.USER);
        IssuedToken token = accounts.issue(owner.id(), Set.of(Scope.READ), Duration.ofHours(1));
        Instant before = Instant.now();

        Answer answer = client.get(
                "/api/images?limit=5&key=secret",
                "token",
                token.secret().reveal(),
                ID,
                "list",
                "X-Forwarded-For",
                "2001:db8:1:2:3::4");

        JsonNode line = line("list");
        assertThat(Answer.names(line))
                .containsExactly(
                        "time",
                        "requestId",
                        "client",
                        "method",
                        "path",
                        "query",
                        "status",
                        "bytes",
                        "milliseconds",
                        "ownerId",
                        "tokenId");
        assertThat(Instant.parse(line.get("time").asString())).isBetween(before.minusMillis(1), before.plusSeconds(60));
        assertThat(line.get("client").asString()).isEqualTo("2001:db8:1:2::");
        assertThat(line.get("method").asString()).isEqualTo("GET");
        assertThat(line.get("path").asString()).isEqualTo("/api/images");
        assertThat(line.get("query").asString()).isEqualTo("limit=5&***");
        assertThat(line.get("status").asInt()).isEqualTo(200);
        assertThat(line.get("bytes").asLong()).isEqualTo(answer.bytes().length);
        assertThat(line.get("milliseconds").asLong()).isBetween(0L, 60_000L);
        assertThat(line.get("ownerId").asLong()).isEqualTo(owner.id().value());
        assertThat(line.get("tokenId").asLong()).isEqualTo(token.token().id());
    }

    @Test
    void anErrorAnswerHasTheIdOfItsLine() throws Exception {
        Answer refused = client.get("/api/images").isError(401, "login_required");

        JsonNode line = line(refused.json().get("requestId").asString());

        assertThat(line.get("status").asInt()).isEqualTo(401);
        assertThat(line.get("error").asString()).isEqualTo("login_required");
        assertThat(line.has("ownerId")).isFalse();
        assertThat(line.has("query")).isFalse();
    }

    @Test
    void countsWhatTheSystemSendsFromAFile() throws Exception {
        byte[] picture = Pictures.jpegOfSize(100_000);
        String token =
                new Accounts(service).token(new Accounts(service).add(Role.USER).id());
        String url = client.put("a.jpg", picture, "token", token)
                .isSuccess("上传成功")
                .data()
                .get("url")
                .asString();

        client.get(Client.pathOf(url), ID, "picture");

        assertThat(line("picture").get("bytes").asLong()).isEqualTo(picture.length);
        assertThat(line("picture").get("path").asString()).isEqualTo(Client.pathOf(url));
    }

    @Test
    void noPathForgesALine() throws Exception {
        client.get("/%E5%9B%BE%22%7D%0A%7B%22status%22:200%7D", ID, "forged");

        assertThat(line("forged").get("path").asString()).isEqualTo("/图\"}\n{\"status\":200}");
    }

    @Test
    void aSecretPathIsNoneHoweverItIsSpelled() throws Exception {
        client.get("/%64/abc.png/0123456789", ID, "spelled");
        client.get("/x/../d/abc.png/0123456789", ID, "dotted");
        client.get("/d;a=b/abc.png/0123456789;token=0123456789", ID, "parameters");

        for (String id : List.of("spelled", "dotted", "parameters")) {
            assertThat(line(id).get("path").asString()).isEqualTo("/d/abc.png/***");
        }
        assertThat(Files.readString(file)).doesNotContain("0123456789");
    }

    @Test
    void whatCantBeReadIsToldWithoutItsPath() throws Exception {
        try (RawConnection malformed = RawConnection.to(service.port())) {
            assertThat(malformed
                            .head("GET /{unread} HTTP/1.1", "X-Request-Id: malformed")
                            .readToEnd())
                    .startsWith("HTTP/1.1 400");
        }

        Waiting.until(
                "the request is told",
                Duration.ofSeconds(30),
                () -> lines().stream().anyMatch(line -> !line.has("path")));
        assertThat(lines())
                .filteredOn(line -> !line.has("path"))
                .singleElement()
                .satisfies(line -> {
                    assertThat(line.get("status").asInt()).isEqualTo(400);
                    assertThat(line.get("client").asString()).isEqualTo("127.0.0.1");
                });
        assertThat(Files.readString(file)).doesNotContain("unread");
    }

    @Test
    void aFileThatIsMovedAwayIsFollowedByANewOne() throws Exception {
        client.get("/health", ID, "before");
        line("before");
        Path moved = file.resolveSibling("access.log.1");
        Files.move(file, moved);

        client.get("/health", ID, "after");

        line("after");
        assertThat(Files.readString(moved)).contains("\"before\"").doesNotContain("\"after\"");
    }

    @Test
    void aFileThatCantBeWrittenStopsTheStart(@TempDir Path directory) {
        String absent = directory.resolve("absent/access.log").toString();

        assertThatThrownBy(() -> RunningService.with(directory.resolve("data"), Map.of("ACCESS_LOG", absent))
                        .close())
                .hasStackTraceContaining("ACCESS_LOG is '" + absent
                        + "', but legal is a file that can be written, in a directory that is there");
    }

    private JsonNode line(String id) throws Exception {
        Waiting.until(
                "request " + id + " is told",
                Duration.ofSeconds(30),
                () -> !lines(id).isEmpty());
        assertThat(lines(id)).hasSize(1);
        return lines(id).get(0);
    }

    private List<JsonNode> lines(String id) throws IOException {
        return lines().stream()
                .filter(line -> line.path("requestId").asString("").equals(id))
                .toList();
    }

    private List<JsonNode> lines() throws IOException {
        return Files.exists(file)
                ? Files.readAllLines(file).stream().map(JSON::readTree).toList()
                : List.of();
    }
}
