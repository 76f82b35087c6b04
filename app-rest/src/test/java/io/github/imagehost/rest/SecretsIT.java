package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceProcess;
import io.github.imagehost.rest.testing.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What somebody shows to get in stands nowhere afterwards, and the id of a request everywhere. */
class SecretsIT {

    private static final String ADMIN_TOKEN = "the-token-of-the-settings-0123456789";
    private static final String PASSWORD = "correct horse battery";
    private static final String OTHER_PASSWORD = "staple battery horse";

    @TempDir
    private Path directory;

    @Test
    void stayOutOfTheAuditLogTheAccessLogAndTheLog() throws Exception {
        Set<String> secrets = new HashSet<>(Set.of(ADMIN_TOKEN, PASSWORD, OTHER_PASSWORD));
        Path accessLog = directory.resolve("access.log");
        try (TestDatabase database = TestDatabases.onServer()) {
            Map<String, String> settings = new HashMap<>(database.settings());
            settings.put("ACCESS", "token");
            settings.put("ADMIN_TOKEN", ADMIN_TOKEN);
            settings.put("ACCESS_LOG", accessLog.toString());
            settings.put("AUDIT_UPLOADS", "true");
            settings.put("LOG_FORMAT", "ecs");
            settings.put("RATE_LIMIT_MAX", "0");
            try (ServiceProcess service = ServiceProcess.start(directory, settings)) {
                Client client = service.client();
                Client admin = client.with("Authorization", "Bearer " + ADMIN_TOKEN);
                String token = admin.postJson("/api/tokens", "{\"name\":\"t\",\"scopes\":[\"read\",\"upload\"]}")
                        .json()
                        .at("/data/token")
                        .asString();
                secrets.add(token);
                client.post(
                                "/api/upload?key=" + token,
                                new Multipart().file("image", "a.png", Pictures.uniquePng()),
                                "X-API-Key",
                                token)
                        .isSuccess("上传成功");
                for (String path : List.of("/upload?key=" + token, "/api/1/upload?secret=" + token, "/api/index.php")) {
                    Multipart form = new Multipart().text("token", token);
                    assertThat(client.post(path, form.file("image", "a.png", Pictures.uniquePng()))
                                    .text())
                            .contains("/i/");
                    client.post(path + "x", form);
                }
                client.get("/i/" + token + ".png", "X-API-Key", token);
                client.get("/api/images?search=" + token + "&token=" + token, "token", token);
                client.get("/d/a.png/" + PASSWORD.replace(' ', '-') + "?v=" + OTHER_PASSWORD.replace(' ', '-'));
                String link = admin.postJson("/api/admin/owners/1/login-link", "")
                        .json()
                        .at("/data/link")
                        .asString();
                secrets.add(link);
                secrets.add(PASSWORD.replace(' ', '-'));
                secrets.add(OTHER_PASSWORD.replace(' ', '-'));
                String session = session(client.postJson("/api/session", "{\"link\":\"" + link + "\"}"), secrets);
                session(
                        client.send(
                                "PUT",
                                "/api/me/password",
                                BodyPublishers.ofString("{\"new\":\"" + PASSWORD + "\"}"),
                                "Cookie",
                                session),
                        secrets);
                session(logIn(client, "default", PASSWORD), secrets);
                session(client.postJson("/api/session", "{\"token\":\"" + token + "\"}"), secrets);
                logIn(client, "default", OTHER_PASSWORD).isError(401, "login_failed");
                logIn(client, PASSWORD.replace(' ', '-'), OTHER_PASSWORD).isError(401, "login_failed");
                client.postJson("/api/session", "{\"link\":\"" + link + "\"}").isError(410, "link_expired");
                client.get("/api/me", "token", token + "x").isError(401, "token_invalid");
                client.get("/api/me", "Cookie", session).isError(401, "login_required");
                database.execute("DROP TABLE imagehost_image");
                Answer broken = client.get("/api/images", "token", token).isError(500, "internal_error");

                String id = broken.json().get("requestId").asString();
                Waiting.until(
                        "the failure is told",
                        Duration.ofSeconds(30),
                        () -> Files.readString(accessLog).contains(id)
                                && service.output().contains(id));
                List<JsonNode> lines = Files.readAllLines(accessLog).stream()
                        .map(new JsonMapper()::readTree)
                        .toList();
                assertThat(lines).hasSizeGreaterThan(15);
                String table = String.join(
                        "\n",
                        database.query("SELECT CONCAT_WS(' ', actor, client, action, outcome, target, detail)"
                                + " FROM imagehost_audit ORDER BY id"));
                String answer = admin.get("/api/admin/audit").isSuccess("操作成功").text();

                assertThat(table)
                        .contains(
                                "token 127.0.0.1 token_created done token:1 t",
                                "anonymous 127.0.0.1 login refused  password",
                                "anonymous 127.0.0.1 login refused  link",
                                "anonymous 127.0.0.1 authentication refused  token_invalid",
                                "session 127.0.0.1 password_changed done");
                assertThat(secrets).hasSize(11).allSatisfy(secret -> {
                    assertThat(Files.readString(accessLog)).doesNotContain(secret);
                    assertThat(service.output()).doesNotContain(secret);
                    assertThat(table).doesNotContain(secret);
                    assertThat(answer).doesNotContain(secret);
                });
            }
        }
    }

    private static Answer logIn(Client client, String name, String password) throws Exception {
        return client.postJson("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    /** The cookie that began it, whose value is a secret, too. */
    private static String session(Answer answer, Set<String> secrets) {
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        String cookie = answer.header("Set-Cookie").replaceAll(";.*", "");
        secrets.add(cookie.substring(cookie.indexOf('=') + 1));
        return cookie;
    }
}
