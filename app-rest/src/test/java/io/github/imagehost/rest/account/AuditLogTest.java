package io.github.imagehost.rest.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.access.link.DeleteLinks;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is done over the API stands in the audit log, once. */
class AuditLogTest extends ServiceTest {

    private static final String PASSWORD = "correct horse battery";

    private static int clients;

    private String address;
    private Client client;
    private Accounts accounts;
    private Owner owner;
    private String token;
    private String admin;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token", "TRUSTED_PROXIES", "127.0.0.1", "RATE_LIMIT_MAX", "0", "AUDIT_UPLOADS", "true");
    }

    /** Each test is a client of its own, by which its events are known. */
    @BeforeEach
    void becomeAnotherClient() {
        address = "198.51.100." + ++clients;
        client = client().with("X-Forwarded-For", address);
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        token = accounts.token(owner.id());
        admin = accounts.token(OwnerId.DEFAULT);
    }

    /** Something that can be done, by whatever it takes. */
    interface Deed {

        Answer doIt(AuditLogTest test) throws Exception;
    }

    static Stream<Arguments> deeds() {
        return Stream.of(
                deed("login", "done", "session", "password", test -> {
                    test.accounts.givePassword(test.owner, PASSWORD);
                    return test.logIn(test.owner.name().value(), PASSWORD);
                }),
                deed(
                        "login",
                        "done",
                        "session",
                        "link",
                        test -> test.post("/api/session", """
                                {"link":"%s"}""".formatted(test.accounts.link(test.owner.id())))),
                deed("login", "done", "session", "token", test -> test.post("/api/session", """
                                {"token":"%s"}""".formatted(test.token))),
                deed("login", "refused", "anonymous", "password", test -> {
                    test.accounts.givePassword(test.owner, PASSWORD);
                    return test.logIn(test.owner.name().value(), "wrong horse battery");
                }),
                deed("login", "refused", "anonymous", "password", test -> test.logIn("hunter2", "hunter2")),
                deed("login", "refused", "anonymous", "password", test -> test.logIn("not a name!", "hunter2")),
                deed(
                        "login",
                        "refused",
                        "anonymous",
                        "link",
                        test -> test.post("/api/session", "{\"link\":\"used-up\"}")),
                deed(
                        "login",
                        "refused",
                        "anonymous",
                        "token",
                        test -> test.post("/api/session", "{\"token\":\"imh_wrong\"}")),
                deed(
                        "authentication",
                        "refused",
                        "anonymous",
                        "token_invalid",
                        test -> test.client.get("/api/me", "Authorization", "Bearer imh_wrong")),
                deed(
                        "logout",
                        "done",
                        "session",
                        "",
                        test -> test.client.send(
                                "DELETE",
                                "/api/session",
                                BodyPublishers.noBody(),
                                "Cookie",
                                "imagehost=" + test.accounts.session(test.owner.id()))),
                deed("logout_everywhere", "done", "token", "", test -> test.send("DELETE", "/api/sessions", "")),
                deed("token_created", "done", "token", "phone", test -> test.send("POST", "/api/tokens", """
                                {"name":"phone","scopes":["read"]}""")),
                deed("token_revoked", "done", "token", "test", test -> {
                    IssuedToken old = test.accounts.issue(test.owner.id(), Set.of(Scope.READ), Duration.ofHours(1));
                    return test.send("DELETE", "/api/tokens/" + old.token().id(), "");
                }),
                deed("password_changed", "done", "session", "", test -> test.changePassword()),
                deed("password_changed", "refused", "session", "", test -> {
                    test.accounts.givePassword(test.owner, PASSWORD);
                    String session = test.accounts.sessionBy(test.token);
                    return test.client.send(
                            "PUT",
                            "/api/me/password",
                            BodyPublishers.ofString("{\"current\":\"wrong horse\",\"new\":\"" + PASSWORD + "\"}"),
                            "Cookie",
                            "imagehost=" + session);
                }),
                deed(
                        "login_link_created",
                        "done",
                        "token",
                        "",
                        test -> test.administer("POST", test.owner.id().value() + "/login-link", "")),
                deed(
                        "owner_changed",
                        "done",
                        "token",
                        "role admin",
                        test -> test.administer("PATCH", test.owner.id().value(), "{\"role\":\"admin\"}")),
                deed(
                        "owner_suspended",
                        "done",
                        "token",
                        "",
                        test -> test.administer("PATCH", test.owner.id().value(), "{\"state\":\"suspended\"}")),
                deed(
                        "owner_activated",
                        "done",
                        "token",
                        "",
                        test -> test.administer("PATCH", test.owner.id().value(), "{\"state\":\"active\"}")),
                deed(
                        "quota_changed",
                        "done",
                        "token",
                        "images 5, bytes unlimited",
                        test -> test.administer("PATCH", test.owner.id().value(), "{\"maxImages\":5}")),
                deed(
                        "image_uploaded",
                        "done",
                        "token",
                        "a.png",
                        test -> test.client.post(
                                "/api/upload",
                                new Multipart().file("image", "a.png", Pictures.uniquePng()),
                                "token",
                                test.token)),
                deed(
                        "image_uploaded",
                        "done",
                        "token",
                        "a.png",
                        test -> test.client.put("a.png", Pictures.uniquePng(), "token", test.token)),
                deed(
                        "image_uploaded",
                        "done",
                        "token",
                        "a.png",
                        test -> test.client.post(
                                "/api/upload/multiple",
                                new Multipart()
                                        .file("images", "a.png", Pictures.uniquePng())
                                        .file("images", "b.png", new byte[] {1}),
                                "token",
                                test.token)),
                deed(
                        "image_changed",
                        "done",
                        "token",
                        "visibility private, end never, views 3",
                        test -> test.send("PATCH", "/api/images/" + test.uploadUnseen(), """
                                {"visibility":"private","expiresAt":null,"maxViews":3}""")),
                deed(
                        "image_changed",
                        "done",
                        "token",
                        "visibility private",
                        test -> test.send("PATCH", "/api/images", """
                                {"ids":[%s,987654321],"visibility":"private"}""".formatted(test.uploadUnseen()))),
                deed(
                        "links_revoked",
                        "done",
                        "token",
                        "",
                        test -> test.send("DELETE", "/api/images/" + test.uploadUnseen() + "/links", "")),
                deed(
                        "invitation_accepted",
                        "refused",
                        "anonymous",
                        "",
                        test -> test.post("/api/invitation", """
                                {"invitation":"used-up","name":"newcomer","password":"%s"}""".formatted(PASSWORD))),
                deed("images_deleted", "done", "link", "", test -> test.deleteByLink()),
                deed(
                        "images_deleted",
                        "done",
                        "token",
                        "",
                        test -> test.send("DELETE", "/api/images/" + test.uploadUnseen(), "")),
                deed(
                        "images_deleted",
                        "done",
                        "token",
                        "",
                        test -> test.send(
                                "DELETE", "/api/images", """
                                {"ids":[%d,%d,987654321]}""".formatted(test.uploadUnseen(), test.uploadUnseen()))));
    }

    private static Arguments deed(String action, String outcome, String actor, String detail, Deed deed) {
        return arguments(action, outcome, actor, detail, deed);
    }

    @ParameterizedTest(name = "{0} {1} by {2}: {3}")
    @MethodSource("deeds")
    void whatIsDoneIsNotedOnce(String action, String outcome, String actor, String detail, Deed deed) throws Exception {
        Instant before = Instant.now().minusSeconds(60);

        Answer answer = deed.doIt(this);

        assertThat(answer.status() < 300).as(answer.text()).isEqualTo(outcome.equals("done"));
        JsonNode event = onlyEvent();
        assertThat(Answer.names(event))
                .containsExactly(
                        "id", "time", "actor", "actorId", "tokenId", "client", "action", "outcome", "ownerId", "target",
                        "detail");
        assertThat(event.get("action").asString()).isEqualTo(action);
        assertThat(event.get("outcome").asString()).isEqualTo(outcome);
        assertThat(event.get("actor").asString()).isEqualTo(actor);
        assertThat(event.get("detail").asString()).isEqualTo(detail);
        assertThat(event.get("actorId").isNull()).isEqualTo(actor.equals("anonymous"));
        assertThat(Instant.parse(event.get("time").asString())).isBetween(before, before.plusSeconds(180));
        if (outcome.equals("done")) {
            assertThat(event.get("ownerId").asLong()).isEqualTo(owner.id().value());
        }
        assertThat(event.toString()).doesNotContain("hunter2", "imh_", "horse");
    }

    private Answer deleteByLink() throws Exception {
        Image image =
                service().part(ImageHost.class).find(owner.id(), uploadUnseen()).orElseThrow();
        String signature = service().part(DeleteLinks.class).sign(image);
        return client.send("POST", "/d/" + image.filename() + "/" + signature, BodyPublishers.noBody());
    }

    @Test
    void anInvitationIsNotedFromItsBeginningToItsEnd() throws Exception {
        JsonNode made = client.postJson("/api/admin/invitations", "{\"uses\":2}", "Authorization", "Bearer " + admin)
                .json()
                .get("data");
        String secret = made.get("invitation").asString();
        String name = "n" + UUID.randomUUID();
        post("/api/invitation", """
                {"invitation":"%s","name":"%s","password":"%s"}""".formatted(secret, name, PASSWORD)).data();
        String path = "/api/admin/invitations/" + made.get("id");
        client.send("DELETE", path, BodyPublishers.noBody(), "Authorization", "Bearer " + admin)
                .data();

        List<JsonNode> events = new ArrayList<>();
        events().forEach(events::add);

        assertThat(events)
                .extracting(event -> event.get("action").asString())
                .containsExactly("invitation_revoked", "invitation_accepted", "invitation_created");
        assertThat(events.get(2).get("detail").asString()).startsWith("uses 2, until ");
        assertThat(events.get(1).get("actor").asString()).isEqualTo("session");
        assertThat(events.toString()).doesNotContain(secret, PASSWORD);
    }

    @Test
    void aSignedLinkIsNotedWithItsEndAndNotItself() throws Exception {
        JsonNode link = send("POST", "/api/images/" + uploadUnseen() + "/links", "{}")
                .json()
                .get("data");

        JsonNode event = onlyEvent();

        assertThat(event.get("action").asString()).isEqualTo("link_signed");
        assertThat(event.get("detail").asString())
                .isEqualTo("until " + Instant.parse(link.get("expiresAt").asString()));
        assertThat(event.toString()).doesNotContain(link.get("url").asString().replaceAll(".*v=", ""));
    }

    @ParameterizedTest
    @CsvSource({"GET, /api/images", "GET, /api/me", "DELETE, /api/images/987654321", "DELETE, /api/tokens/987654321"})
    void whatChangesNothingIsNotNoted(String method, String path) throws Exception {
        send(method, path, "");
        client.send("DELETE", "/api/session", BodyPublishers.noBody()).isSuccess("已退出登录");

        assertThat(events()).isEmpty();
    }

    @Test
    void tellsWhatItWasAndByWhichToken() throws Exception {
        long first = uploadUnseen();
        long second = uploadUnseen();
        send("DELETE", "/api/images", "{\"ids\":[" + second + "," + first + "]}");
        IssuedToken other = accounts.issue(owner.id(), Set.of(Scope.READ), Duration.ofHours(1));
        send("DELETE", "/api/tokens/" + other.token().id(), "");

        List<JsonNode> events = events();

        assertThat(events).hasSize(2);
        assertThat(events.get(1).get("target").asString()).isEqualTo("image:" + first + "," + second);
        assertThat(events.get(0).get("target").asString())
                .isEqualTo("token:" + other.token().id());
        assertThat(events.get(0).get("tokenId").asLong())
                .isPositive()
                .isNotEqualTo(other.token().id());
    }

    @Test
    void aNewOwnerIsNotedWithItsQuota() throws Exception {
        long added = client.send(
                        "POST",
                        "/api/admin/owners",
                        BodyPublishers.ofString("{\"name\":\"n" + address + "\",\"maxBytes\":7}"),
                        "token",
                        admin)
                .json()
                .at("/data/id")
                .asLong();

        List<JsonNode> events = events();

        assertThat(events).extracting(event -> event.get("ownerId").asLong()).containsExactly(added, added);
        assertThat(events)
                .extracting(event -> event.get("action").asString())
                .containsExactly("quota_changed", "owner_added");
        assertThat(events)
                .extracting(event -> event.get("detail").asString())
                .containsExactly("images unlimited, bytes 7", "name n" + address + ", role user");
    }

    @Test
    void noNameForgesAnEvent() throws Exception {
        String hostile = "a\"},{\"action\":\"login\"}]}\u2028<b>' .png";
        client.post(
                        "/api/upload",
                        new Multipart().file("image", hostile.replace("\"", "%22"), Pictures.uniquePng()),
                        "X-API-Key",
                        token)
                .isSuccess("上传成功");
        send("POST", "/api/tokens", """
                {"name":"t\\"},{\\"action\\":\\"login\\"}","scopes":["read"]}""");

        List<JsonNode> events = events();

        assertThat(events)
                .extracting(event -> event.get("action").asString())
                .containsExactly("token_created", "image_uploaded");
        assertThat(events.get(0).get("detail").asString()).isEqualTo("t\"},{\"action\":\"login\"}");
        assertThat(events.get(1).get("detail").asString()).contains("<b>").endsWith(".png");
    }

    @Test
    void filtersAndPages() throws Exception {
        for (int i = 0; i < 3; i++) {
            send("POST", "/api/tokens", "{\"name\":\"t" + i + "\",\"scopes\":[\"read\"]}");
        }
        send("DELETE", "/api/sessions", "");
        String ofOwner = "?owner=" + owner.id().value();

        JsonNode first = audit(ofOwner + "&action=token_created&limit=2");
        JsonNode second = audit(ofOwner + "&action=token_created&limit=2&cursor="
                + first.get("nextCursor").asString());

        assertThat(first.get("events")).extracting(AuditLogTest::detail).containsExactly("t2", "t1");
        assertThat(second.get("events")).extracting(AuditLogTest::detail).containsExactly("t0");
        assertThat(second.get("nextCursor").isNull()).isTrue();
        assertThat(audit(ofOwner).get("events")).hasSize(4);
        String time = first.at("/events/1/time").asString();
        assertThat(audit(ofOwner + "&action=token_created&since=" + time).get("events"))
                .extracting(AuditLogTest::detail)
                .contains("t2", "t1");
        assertThat(audit(ofOwner + "&until=" + time).get("events"))
                .extracting(AuditLogTest::detail)
                .doesNotContain("t2", "t1");
        assertThat(audit("?owner=987654321").get("events")).isEmpty();
    }

    private static String detail(JsonNode event) {
        return event.get("detail").asString();
    }

    @ParameterizedTest
    @CsvSource({
        "since=yesterday, since, 1970",
        "until=2026-01-31, until, 1970",
        "until=%2B12345-01-31T00:00:00Z, until, 1970",
        "owner=alice, owner, 1",
        "owner=0, owner, 1",
        "action=logn, action, logout_everywhere",
        "action=unknown, action, logout_everywhere",
        "limit=0, limit, 1000",
        "limit=1001, limit, 1000",
        "cursor=999999999999999.1, cursor, nextCursor",
        "cursor=x, cursor, nextCursor"
    })
    void whatIsNotLegalIsNamed(String query, String name, String legal) throws Exception {
        Answer refused = client.get("/api/admin/audit?" + query, "token", admin).isError(400, "invalid_parameter");

        assertThat(refused.json().get("message").asString()).contains(name, legal);
    }

    @Test
    void everyActionIsDocumented() throws Exception {
        JsonNode documented = client.get("/v3/api-docs").json().at("/components/schemas/AuditAction/enum");
        String document = Files.readString(Path.of("..", "docs", "access.md"));

        assertThat(documented)
                .extracting(JsonNode::asString)
                .containsExactly(Arrays.stream(AuditAction.values())
                        .map(AuditAction::label)
                        .toArray(String[]::new));
        assertThat(AuditAction.values())
                .allSatisfy(action -> assertThat(document).contains("`" + action.label() + "`"));
    }

    @Test
    void isForAdministratorsOnly() throws Exception {
        client.get("/api/admin/audit").isError(401, "login_required");
        client.get("/api/admin/audit", "token", token).isError(403, "forbidden");
        client.get("/api/admin/audit", "token", accounts.token(OwnerId.DEFAULT, Set.of(Scope.ACCOUNT)))
                .isError(403, "scope_missing");
    }

    @Test
    void nobodyElseWritesTheWordsOfTheLog() throws Exception {
        service()
                .part(AuditTrail.class)
                .note(Actor.COMMAND_LINE, Act.of(AuditAction.UNKNOWN).about(owner.id()));

        JsonNode event = audit("?owner=" + owner.id().value()).at("/events/0");

        assertThat(event.get("actor").asString()).isEqualTo("cli");
        assertThat(event.get("client").isNull()).isTrue();
        assertThat(event.get("actorId").isNull()).isTrue();
    }

    private JsonNode onlyEvent() throws Exception {
        List<JsonNode> events = events();
        assertThat(events).hasSize(1);
        return events.get(0);
    }

    /** What this client did. */
    private List<JsonNode> events() throws Exception {
        List<JsonNode> mine = new ArrayList<>();
        for (JsonNode event : audit("?limit=1000").get("events")) {
            if (event.get("client").asString("").equals(address)) {
                mine.add(event);
            }
        }
        return mine;
    }

    private JsonNode audit(String query) throws Exception {
        return client.get("/api/admin/audit" + query, "token", admin)
                .isSuccess("操作成功")
                .data();
    }

    private Answer logIn(String name, String password) throws Exception {
        return post("/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}");
    }

    private Answer post(String path, String json) throws Exception {
        return client.postJson(path, json);
    }

    private Answer send(String method, String path, String json) throws Exception {
        return client.send(method, path, BodyPublishers.ofString(json), "token", token);
    }

    private Answer administer(String method, Object owners, String json) throws Exception {
        return client.send(method, "/api/admin/owners/" + owners, BodyPublishers.ofString(json), "token", admin);
    }

    private Answer changePassword() throws Exception {
        return client.send(
                "PUT",
                "/api/me/password",
                BodyPublishers.ofString("{\"new\":\"" + PASSWORD + "\"}"),
                "Cookie",
                "imagehost=" + accounts.session(owner.id()));
    }

    /** By another client. */
    private long uploadUnseen() throws Exception {
        return client().post(
                        "/api/upload", new Multipart().file("image", "a.png", Pictures.uniquePng()), "X-API-Key", token)
                .isSuccess("上传成功")
                .data()
                .get("id")
                .asLong();
    }
}
