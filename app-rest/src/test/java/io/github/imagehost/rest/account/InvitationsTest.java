package io.github.imagehost.rest.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Making and revoking invitations, and becoming an owner by one. */
class InvitationsTest extends ServiceTest {

    private static final String PASSWORD = "correct horse battery";

    private static final AtomicInteger CLIENTS = new AtomicInteger();

    private Accounts accounts;
    private Client client;
    private String admin;
    private String name;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "TRUSTED_PROXIES", "127.0.0.1", "RATE_LIMIT_MAX", "0");
    }

    /** Each test is a client of its own: those before have made mistakes. */
    @BeforeEach
    void becomeAdministrator() {
        accounts = new Accounts(service());
        admin = accounts.token(OwnerId.DEFAULT);
        client = anotherClient();
        name = "o" + UUID.randomUUID();
    }

    private static String anotherAddress() {
        return "2001:db8:0:" + Integer.toHexString(CLIENTS.incrementAndGet()) + "::1";
    }

    private Client anotherClient() {
        return client().with("X-Forwarded-For", anotherAddress());
    }

    @Test
    void anInvitationIsShownOnceAndListedWithoutItsSecret() throws Exception {
        Answer made = make("{\"uses\":3,\"expiresIn\":\"12h\",\"maxImages\":7,\"maxBytes\":1000}");

        assertThat(made.status()).isEqualTo(201);
        assertThat(made.message()).isEqualTo("邀请已创建，仅显示这一次");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        JsonNode data = made.json().get("data");
        assertThat(Answer.names(data))
                .containsExactly(
                        "invitation", "id", "uses", "usesLeft", "createdAt", "expiresAt", "revokedAt", "quota");
        assertThat(data.get("invitation").asString()).matches("[A-Za-z0-9_-]{43}");
        assertThat(data.get("uses").asInt()).isEqualTo(3);
        assertThat(data.get("usesLeft").asInt()).isEqualTo(3);
        assertThat(lifeOf(data)).isEqualTo(Duration.ofHours(12));
        assertThat(data.get("revokedAt").isNull()).isTrue();
        assertThat(data.get("quota").toString()).isEqualTo("{\"images\":7,\"bytes\":1000}");

        Answer listed = as(admin, "GET", "/api/admin/invitations", "").isSuccess("操作成功");
        assertThat(listed.text()).doesNotContain(data.get("invitation").asString());
        assertThat(listed.data().get("invitations"))
                .filteredOn(invitation -> invitation.get("id").equals(data.get("id")))
                .singleElement()
                .satisfies(invitation -> assertThat(Answer.names(invitation))
                        .containsExactly("id", "uses", "usesLeft", "createdAt", "expiresAt", "revokedAt", "quota"));
    }

    @Test
    void whereNothingIsSaidAnInvitationIsGoodOnceForAWeek() throws Exception {
        JsonNode made = make("{}").json().get("data");

        assertThat(made.get("uses").asInt()).isEqualTo(1);
        assertThat(lifeOf(made)).isEqualTo(Duration.ofDays(7));
        assertThat(made.get("quota").toString()).isEqualTo("{\"images\":null,\"bytes\":null}");
    }

    private static Duration lifeOf(JsonNode invitation) {
        return Duration.between(
                Instant.parse(invitation.get("createdAt").asString()),
                Instant.parse(invitation.get("expiresAt").asString()));
    }

    @Test
    void whoeverHasOneBecomesAnOwnerAndIsLoggedIn() throws Exception {
        String invitation = invitation("{\"maxImages\":1}");

        Answer registered = register(invitation, name).isSuccess("注册成功");

        assertThat(registered.header("Cache-Control")).isEqualTo("no-store");
        assertThat(registered.header("Set-Cookie")).contains("; HttpOnly", "; SameSite=Lax");
        JsonNode account = registered.data();
        assertThat(Answer.names(account)).containsExactlyElementsOf(SessionsTest.FIELDS_OF_ACCOUNT);
        assertThat(account.get("name").asString()).isEqualTo(name);
        assertThat(account.get("role").asString()).isEqualTo("user");
        assertThat(account.get("quota").toString()).isEqualTo("{\"images\":1,\"bytes\":null}");
        assertThat(account.get("session").get("startedBy").asString()).isEqualTo("password");
        assertThat(account.get("hasPassword").asBoolean()).isTrue();

        String cookie = registered.header("Set-Cookie").replaceAll(";.*", "");
        upload(cookie).isSuccess("上传成功");
        upload(cookie).isError(403, "quota_exceeded");
        client.get("/api/admin/invitations", "Cookie", cookie).isError(403, "forbidden");
        client.postJson("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + PASSWORD + "\"}")
                .isSuccess("登录成功");
        register(invitation, name + "2").isError(410, "invitation_expired");
    }

    private Answer upload(String cookie) throws Exception {
        return client.post(
                "/api/upload", new Multipart().file("image", "a.png", Pictures.uniquePng()), "Cookie", cookie);
    }

    @Test
    void theSessionThatTheBrowserHadEnds() throws Exception {
        String before = accounts.session(accounts.add(Role.USER).id());

        register(invitation("{}"), name, "Cookie", "imagehost=" + before).isSuccess("注册成功");

        client.get("/api/me", "Cookie", "imagehost=" + before).isError(401, "login_required");
    }

    @Test
    void anInvitationThatIsNotGoodIsAnsweredAlike() throws Exception {
        String usedUp = invitation("{}");
        register(usedUp, name).isSuccess("注册成功");
        JsonNode made = make("{\"uses\":5}").json().get("data");
        Answer revoked = as(admin, "DELETE", "/api/admin/invitations/" + made.get("id"), "")
                .isSuccess("邀请已撤销");
        assertThat(revoked.data().get("revokedAt").isNull()).isFalse();
        String expected = withoutTimeAndId(register("nonsense", name + "2").isError(410, "invitation_expired"));

        for (String invitation : List.of(
                usedUp, made.get("invitation").asString(), "x".repeat(43), accounts.link(OwnerId.DEFAULT), "")) {
            Answer refused = register(invitation, name + "2").isError(410, "invitation_expired");
            assertThat(withoutTimeAndId(refused)).isEqualTo(expected);
            assertThat(refused.header("Set-Cookie")).isEmpty();
        }
        Answer ofTaken = register("nonsense", name).isError(410, "invitation_expired");
        assertThat(withoutTimeAndId(ofTaken)).as("which names are taken").isEqualTo(expected);
        client.postJson("/api/session", "{\"link\":\"" + invitation("{}") + "\"}")
                .isError(410, "link_expired");
    }

    private static String withoutTimeAndId(Answer answer) {
        return answer.text().replaceAll("\"(timestamp|requestId)\":\"[^\"]*\"", "");
    }

    @Test
    void whoRevokesTwiceLearnsTheFirstTime() throws Exception {
        String path = "/api/admin/invitations/" + make("{}").json().get("data").get("id");

        JsonNode first = as(admin, "DELETE", path, "").data();

        assertThat(as(admin, "DELETE", path, "").data()).isEqualTo(first);
        for (String id : List.of("987654", "0", "x", "99999999999999999999")) {
            as(admin, "DELETE", "/api/admin/invitations/" + id, "").isError(404, "invitation_not_found");
        }
    }

    @Test
    void aNameThatIsTakenUsesNothingUp() throws Exception {
        String invitation = invitation("{}");
        for (String taken : List.of("default", "DEFAULT")) {
            Answer refused = register(invitation, taken).isError(409, "name_taken");
            assertThat(refused.header("Set-Cookie")).isEmpty();
        }

        register(invitation, name).isSuccess("注册成功");
    }

    @Test
    void ofManyOneGetsTheLastPlace() throws Exception {
        String invitation = invitation("{\"uses\":2}");
        register(invitation, name).isSuccess("注册成功");
        long before = owners();

        List<Integer> statuses = Concurrently.run(
                50,
                () -> anotherClient()
                        .postJson("/api/invitation", registration(invitation, "o" + UUID.randomUUID(), PASSWORD))
                        .status());

        assertThat(statuses)
                .containsOnlyOnce(200)
                .allMatch(status -> Set.of(200, 410, 503).contains(status));
        assertThat(owners()).isEqualTo(before + 1);
    }

    private long owners() throws Exception {
        return as(admin, "GET", "/api/admin/owners", "").data().get("owners").size();
    }

    @Test
    void whoeverGuessesHasToWait() throws Exception {
        String invitation = invitation("{}");
        for (int i = 0; i < 5; i++) {
            register("guess", name).isError(410, "invitation_expired");
            client.postJson("/api/session", "{\"link\":\"guess\"}").isError(410, "link_expired");
        }

        register(invitation, name).isError(429, "login_limited");
        client = anotherClient();
        register(invitation, name).isSuccess("注册成功");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"uses\":0}",
                "{\"uses\":1001}",
                "{\"uses\":-1}",
                "{\"uses\":1.5}",
                "{\"uses\":\"1\"}",
                "{\"uses\":null}",
                "{\"uses\":4294967297}",
                "{\"expiresIn\":\"366d\"}",
                "{\"expiresIn\":\"0s\"}",
                "{\"expiresIn\":\"never\"}",
                "{\"expiresIn\":7}",
                "{\"expiresIn\":null}",
                "{\"maxImages\":-1}",
                "{\"maxBytes\":\"1\"}",
                "{\"role\":\"admin\"}",
                "{\"id\":1}"
            })
    void whatIsNotLegalMakesNone(String body) throws Exception {
        JsonNode before = as(admin, "GET", "/api/admin/invitations", "").data();

        make(body).isError(400, "invalid_parameter");

        assertThat(as(admin, "GET", "/api/admin/invitations", "").data()).isEqualTo(before);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | invitation",
                "{\"invitation\":7} | invitation",
                "{\"invitation\":\"x\"} | name",
                "{\"invitation\":\"x\",\"name\":\"7\"} | name",
                "{\"invitation\":\"x\",\"name\":\"alice\"} | password",
                "{\"invitation\":\"x\",\"name\":\"alice\",\"password\":\"short\"} | password",
                "{\"invitation\":\"x\",\"name\":\"alice-alice\",\"password\":\"Alice-Alice\"} | password",
                "{\"invitation\":\"x\",\"name\":\"alice\",\"password\":\"correct horse\",\"role\":\"admin\"} | role",
                "{\"invitation\":\"x\",\"name\":\"alice\",\"password\":\"correct horse\",\"maxImages\":9} | maxImages",
                "{\"invitation\":\"x\",\"name\":\"alice\",\"password\":\"correct horse\",\"id\":1} | id"
            })
    void whatIsNotLegalIsNamed(String body, String field) throws Exception {
        Answer refused = client.postJson("/api/invitation", body, "Accept-Language", "en")
                .isError(400, "invalid_parameter");

        assertThat(refused.message()).startsWith("The parameter " + field + " is not valid; legal: ");
    }

    @Test
    void pagesOfOtherSitesRegisterNobody() throws Exception {
        register(invitation("{}"), name, "Origin", "https://evil.example").isError(403, "cross_site_refused");
    }

    private String invitation(String body) throws Exception {
        return make(body).json().get("data").get("invitation").asString();
    }

    private Answer make(String body) throws Exception {
        return as(admin, "POST", "/api/admin/invitations", body);
    }

    private Answer as(String token, String method, String path, String body) throws Exception {
        return client().send(method, path, BodyPublishers.ofString(body), "Authorization", "Bearer " + token);
    }

    private Answer register(String invitation, String name, String... headers) throws Exception {
        return client.postJson("/api/invitation", registration(invitation, name, PASSWORD), headers);
    }

    private static String registration(String invitation, String name, String password) {
        return "{\"invitation\":\"" + invitation + "\",\"name\":\"" + name + "\",\"password\":\"" + password + "\"}";
    }
}
