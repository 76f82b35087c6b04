package io.github.imagehost.rest.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class TokensTest extends ServiceTest {

    private Accounts accounts;
    private OwnerId owner;
    private String token;

    /** What one service revokes is good for nothing there at once, however long others may take to notice. */
    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0", "METADATA_CACHE", "1h");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER).id();
        token = accounts.token(owner);
    }

    @Test
    void aTokenIsShownOnceAndIsGoodForWhatWasSaid() throws Exception {
        Answer issued = issue(token, "{\"name\":\"phone\",\"scopes\":[\"upload\",\"read\"],\"expiresIn\":\"30m\"}");

        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
        JsonNode data = issued.json().get("data");
        String secret = data.get("token").asString();
        assertThat(secret).startsWith("imh_").endsWith(data.get("hint").asString());
        assertThat(data.get("name").asString()).isEqualTo("phone");
        assertThat(data.get("scopes").toString()).isEqualTo("[\"upload\",\"read\"]");
        Instant created = Instant.parse(data.get("createdAt").asString());
        assertThat(Instant.parse(data.get("expiresAt").asString())).isEqualTo(created.plus(Duration.ofMinutes(30)));

        JsonNode me = get(secret, "/api/me").isSuccess("操作成功").data();
        assertThat(me.get("scopes").toString()).isEqualTo("[\"upload\",\"read\"]");
        assertThat(me.get("token").get("id")).isEqualTo(data.get("id"));
        get(secret, "/api/images").isSuccess("操作成功");
        get(secret, "/api/tokens").isError(403, "scope_missing");

        JsonNode listed = get(token, "/api/tokens").isSuccess("操作成功").data().get("tokens");
        assertThat(listed).hasSize(2);
        assertThat(listed.toString()).doesNotContain(secret).doesNotContain("\"token\":");
    }

    @Test
    void aRevokedTokenIsGoodForNothingAtOnce() throws Exception {
        JsonNode data =
                issue(token, "{\"name\":\"t\",\"scopes\":[\"read\"]}").json().get("data");
        String secret = data.get("token").asString();
        get(secret, "/api/images").isSuccess("操作成功");

        for (int i = 0; i < 2; i++) {
            Answer revoked =
                    send(token, "DELETE", "/api/tokens/" + data.get("id").asLong(), "");
            assertThat(revoked.isSuccess("令牌已撤销").data().get("revokedAt").isNull())
                    .isFalse();
        }

        get(secret, "/api/images").isError(401, "token_invalid");
    }

    @Test
    void anotherOwnersTokenIsNotThere() throws Exception {
        OwnerId other = accounts.add(Role.USER).id();
        long id = accounts.issue(other, Set.of(Scope.READ), Duration.ofHours(1))
                .token()
                .id();

        for (String path : new String[] {"/api/tokens/" + id, "/api/tokens/999999", "/api/tokens/x", "/api/tokens/0"}) {
            send(token, "DELETE", path, "").isError(404, "token_not_found");
        }

        get(accounts.token(other), "/api/tokens").isSuccess("操作成功");
    }

    @ParameterizedTest
    @CsvSource({"admin, scope_missing", "delete, scope_missing"})
    void nobodyGivesAwayWhatHeDoesNotHave(String scope, String code) throws Exception {
        String weak = accounts.token(owner, Set.of(Scope.ACCOUNT, Scope.ADMIN, Scope.UPLOAD));

        issue(weak, "{\"name\":\"t\",\"scopes\":[\"upload\",\"" + scope + "\"]}")
                .isError(403, code);

        assertThat(get(token, "/api/tokens").data().get("tokens")).hasSize(2);
    }

    @Test
    void aTokenDoesNotOutliveTheOneThatAskedForIt() throws Exception {
        issue(token, "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresIn\":\"never\"}")
                .isError(400, "invalid_parameter");
        issue(token, "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresIn\":\"2h\"}")
                .isError(400, "invalid_parameter");

        JsonNode data =
                issue(token, "{\"name\":\"t\",\"scopes\":[\"read\"]}").json().get("data");

        JsonNode mine = get(token, "/api/me").data().get("token");
        assertThat(data.get("expiresAt")).isEqualTo(mine.get("expiresAt"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nonsense | object_required",
                "[] | object_required",
                "7 | object_required",
                "{} | invalid_parameter",
                "{\"scopes\":[\"read\"]} | invalid_parameter",
                "{\"name\":\"\",\"scopes\":[\"read\"]} | invalid_parameter",
                "{\"name\":7,\"scopes\":[\"read\"]} | invalid_parameter",
                "{\"name\":\"t\"} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[]} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":\"read\"} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[\"fly\"]} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[7]} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresIn\":\"soon\"} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresIn\":\"0s\"} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[\"read\"],\"expiresIn\":3600} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[\"read\"],\"owner\":1} | invalid_parameter",
                "{\"name\":\"t\",\"scopes\":[\"read\"],\"role\":\"admin\"} | invalid_parameter"
            })
    void whatIsNotLegalMakesNone(String body, String code) throws Exception {
        issue(token, body).isError(400, code);

        assertThat(get(token, "/api/tokens").data().get("tokens")).hasSize(1);
    }

    @Test
    void aLargeBodyIsNotRead() throws Exception {
        issue(token, "{\"name\":\"" + "x".repeat(17_000) + "\"}").isError(413, "request_too_large");
    }

    @Test
    void theAccountIsTold() throws Exception {
        JsonNode me = get(token, "/api/me").isSuccess("操作成功").data();

        assertThat(me.get("id").asLong()).isEqualTo(owner.value());
        assertThat(me.get("role").asString()).isEqualTo("user");
        assertThat(me.get("access").asString()).isEqualTo("token");
        assertThat(me.get("scopes")).hasSize(EnumSet.allOf(Scope.class).size() - 1);
    }

    private Answer issue(String by, String body) throws Exception {
        return send(by, "POST", "/api/tokens", body);
    }

    private Answer get(String by, String path) throws Exception {
        return send(by, "GET", path, "");
    }

    private Answer send(String by, String method, String path, String body) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + by);
    }
}
