package io.github.imagehost.rest.compat.lsky;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in and out as with Lsky Pro. Each test is a client of its own. */
class LskyTokensTest extends ServiceTest {

    private static final String PASSWORD = "correct horse + battery & staple";
    private static final String FORM = "application/x-www-form-urlencoded";

    private static int clients;

    private Accounts accounts;
    private Owner alice;
    private Client client;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS",
                "token",
                "TRUSTED_PROXIES",
                "127.0.0.1",
                "METADATA_CACHE",
                "0s",
                "RATE_LIMIT_MAX",
                "0",
                "ADMIN_TOKEN",
                "0123456789abcdef0123456789abcdef");
    }

    @BeforeEach
    void addOwner() {
        accounts = new Accounts(service());
        alice = accounts.add(Role.USER);
        client = client().with("X-Forwarded-For", "198.51.100." + ++clients);
    }

    private Answer logIn(String name, String password) throws Exception {
        return client.postJson(
                "/api/v1/tokens",
                "{\"email\":\"" + name + "\",\"password\":\"" + password + "\",\"device\":\"phone\"}",
                "Content-Type",
                "application/json");
    }

    private Answer upload(String token) throws Exception {
        return client.post(
                "/api/v1/upload",
                new Multipart().file("file", "a.png", Pictures.uniquePng()),
                "Authorization",
                "Bearer " + token);
    }

    private static String tokenIn(Answer answer) {
        return answer.data().get("token").asString();
    }

    @Test
    void aPasswordGetsATokenForTheRestOfTheProtocol() throws Exception {
        accounts.givePassword(alice, PASSWORD);

        Answer json = logIn(alice.name().value(), PASSWORD);
        Answer form = client.send(
                "POST",
                "/api/v1/tokens",
                BodyPublishers.ofString(
                        "email=" + alice.name().value() + "&password=correct%20horse+%2B+battery+%26+staple"),
                "Content-Type",
                FORM);

        for (Answer answer : new Answer[] {json, form}) {
            assertThat(answer.header("Cache-Control")).isEqualTo("no-store");
            String token = tokenIn(answer);
            assertThat(upload(token).json().get("status").asBoolean()).isTrue();
            assertThat(client.get("/api/v1/profile", "Authorization", token)
                            .data()
                            .get("email")
                            .asString())
                    .isEqualTo(alice.name().value());
            client.get("/api/tokens", "Authorization", token).isError(403, "scope_missing");
        }
    }

    @Test
    void aTokenThatMakesTokensIsAsGoodAsAPassword() throws Exception {
        String account = accounts.token(alice.id(), EnumSet.of(Scope.ACCOUNT, Scope.UPLOAD));

        String token = tokenIn(logIn(alice.name().value(), account));

        assertThat(upload(token).json().get("status").asBoolean()).isTrue();
        // no more than what it was asked for with
        assertThat(client.get("/api/v1/images", "Authorization", token).status())
                .isEqualTo(403);
        assertThat(logIn("default", account).message()).isEqualTo("用户名或密码错误");
        String uploadOnly = accounts.token(alice.id(), EnumSet.of(Scope.UPLOAD));
        Answer refused = logIn(alice.name().value(), uploadOnly);
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("该令牌没有account权限");
        assertThat(logIn(alice.name().value(), accounts.token(alice.id(), EnumSet.of(Scope.ACCOUNT)))
                        .message())
                .isEqualTo("该令牌没有upload权限");
    }

    @Test
    void whoIsWrongIsToldNothingMoreAndHasToWaitInTheEnd() throws Exception {
        accounts.givePassword(alice, PASSWORD);
        String suspended = accounts.add(Role.USER).name().value();

        for (String name : new String[] {alice.name().value(), "nobody", suspended, "No Name At All"}) {
            Answer answer = logIn(name, "wrong");
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text()).isEqualTo("{\"status\":false,\"message\":\"用户名或密码错误\",\"data\":{}}");
        }
        Answer last = logIn("nobody", "wrong");
        for (int i = 0; i < 6 && last.status() == 200; i++) {
            last = logIn("nobody", "imh_wrong");
        }

        assertThat(last.status()).isEqualTo(429);
        assertThat(last.message()).isEqualTo("错误的密码或访问令牌过多，请稍后再试");
        assertThat(last.header("Retry-After")).isEqualTo("600");
        assertThat(logIn(alice.name().value(), PASSWORD).status()).isEqualTo(429);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "email=alice", "password=x", "email=&password=", "%ff=%zz&email=%", "{", "[]", "null"})
    void whatIsNoLoginIsRefused(String body) throws Exception {
        for (String type : new String[] {FORM, "application/json", "multipart/form-data; boundary=x"}) {
            Answer answer = client.send("POST", "/api/v1/tokens", BodyPublishers.ofString(body), "Content-Type", type);
            assertThat(answer.status()).as(type).isEqualTo(400);
            assertThat(answer.json().get("status").asBoolean()).isFalse();
            assertThat(answer.json().get("data")).isEmpty();
        }
    }

    @Test
    void nothingOfALoginIsReadFromTheAddress() throws Exception {
        accounts.givePassword(alice, PASSWORD);

        Answer answer = client.send(
                "POST",
                "/api/v1/tokens?email=" + alice.name().value() + "&password=correct%20horse",
                BodyPublishers.noBody());

        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void logsOutWithTheTokenThatIsUsedAndNoOther() throws Exception {
        String used = accounts.token(alice.id(), EnumSet.of(Scope.UPLOAD));
        String other = accounts.token(alice.id(), EnumSet.of(Scope.UPLOAD));

        Answer revoked =
                client.send("DELETE", "/api/v1/tokens", BodyPublishers.noBody(), "Authorization", "Bearer " + used);

        assertThat(revoked.text()).isEqualTo("{\"status\":true,\"message\":\"令牌已撤销\",\"data\":{}}");
        assertThat(upload(used).status()).isEqualTo(401);
        assertThat(upload(other).status()).isEqualTo(200);
    }

    @Test
    void theTokenOfTheSettingsCanNotBeRevoked() throws Exception {
        String admin = "0123456789abcdef0123456789abcdef";

        Answer answer =
                client.send("DELETE", "/api/v1/tokens", BodyPublishers.noBody(), "Authorization", "Bearer " + admin);

        assertThat(answer.status()).isEqualTo(404);
        assertThat(answer.message()).isEqualTo("令牌不存在");
        assertThat(upload(admin).status()).isEqualTo(200);
    }

    @Test
    void aTokenOfAnAccountIsAuditedAsMade() throws Exception {
        String account = accounts.token(alice.id());
        logIn(alice.name().value(), account);

        String admin = accounts.token(io.github.imagehost.core.model.OwnerId.DEFAULT);
        assertThat(client.get("/api/admin/audit", "Authorization", admin).text())
                .contains("\"action\":\"token_created\"")
                .contains("\"detail\":\"Lsky Pro\"");
    }
}
