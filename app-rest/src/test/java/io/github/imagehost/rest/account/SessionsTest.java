package io.github.imagehost.rest.account;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.access.Session;
import io.github.imagehost.core.model.access.SessionStart;
import io.github.imagehost.core.port.access.AccessRepository;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import io.github.imagehost.rest.testing.Waiting;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/** Logging in, and everything that ends a session. */
class SessionsTest extends ServiceTest {

    static final List<String> FIELDS_OF_ACCOUNT = List.of(
            "id",
            "name",
            "role",
            "scopes",
            "token",
            "usage",
            "quota",
            "access",
            "session",
            "hasPassword",
            "maxFileSize");

    private static final String PASSWORD = "correct horse battery";
    private static final String OTHER = "staple battery horse";
    private static final Pattern COOKIE = Pattern.compile("imagehost=([A-Za-z0-9_-]{43});.*");

    private static int clients;

    private Client client;
    private Accounts accounts;
    private Owner owner;
    private String admin;

    /** What one service ends is over there at once, however long others may take to notice. */
    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS",
                "token",
                "TRUSTED_PROXIES",
                "127.0.0.1",
                "RATE_LIMIT_MAX",
                "0",
                "METADATA_CACHE",
                "1h",
                "SWEEP_INTERVAL",
                "1s");
    }

    /** Each test is a client of its own: those before have made mistakes. */
    @BeforeEach
    void addOwner() {
        client = client().with("X-Forwarded-For", "192.0.2." + ++clients);
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        admin = accounts.token(OwnerId.DEFAULT);
    }

    @Test
    void whoKnowsThePasswordIsTheOwner() throws Exception {
        accounts.givePassword(owner, PASSWORD);

        Answer login = logIn(owner, PASSWORD).isSuccess("登录成功");

        assertThat(login.header("Set-Cookie"))
                .matches(COOKIE)
                .contains("; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=34560000")
                .doesNotContain("Secure", "Domain");
        assertThat(login.header("Cache-Control")).isEqualTo("no-store");
        JsonNode account = login.data();
        assertThat(Answer.names(account)).containsExactlyElementsOf(FIELDS_OF_ACCOUNT);
        assertThat(account.get("id").asLong()).isEqualTo(owner.id().value());
        assertThat(account.get("scopes")).hasSize(EnumSet.allOf(Scope.class).size() - 1);
        assertThat(account.get("token").isNull()).isTrue();
        assertThat(account.get("session").get("startedBy").asString()).isEqualTo("password");
        assertThat(account.get("hasPassword").asBoolean()).isTrue();
        assertThat(login.text()).doesNotContain(secretOf(login));

        assertThat(get("/api/me", secretOf(login)).isSuccess("操作成功").data()).isEqualTo(account);
        get("/api/images", secretOf(login)).isSuccess("操作成功");
    }

    @Test
    void whoeverIsRefusedLearnsTheSame() throws Exception {
        accounts.givePassword(owner, PASSWORD);
        Owner suspended = accounts.add(Role.USER);
        accounts.givePassword(suspended, PASSWORD);
        accounts.suspend(suspended.id());
        String expected = withoutTimeAndId(logIn(owner, OTHER).isError(401, "login_failed"));

        for (String name :
                List.of(suspended.name().value(), accounts.add(Role.USER).name().value(), "nobody", "no name", "")) {
            Answer refused = logIn(name, PASSWORD).isError(401, "login_failed");
            assertThat(withoutTimeAndId(refused)).isEqualTo(expected);
            assertThat(refused.header("Set-Cookie")).isEmpty();
        }
        logIn(owner.name().value(), "").isError(401, "login_failed");
    }

    @Test
    void withTlsTheCookieIsForThisHostAndForTlsOnly(@TempDir Path directory) throws Exception {
        try (RunningService service =
                RunningService.with(directory, Map.of("ACCESS", "token", "PUBLIC_URL", "https://images.test"))) {
            Accounts there = new Accounts(service);
            String link = there.link(OwnerId.DEFAULT);

            String cookie = service.client()
                    .postJson("/api/session", "{\"link\":\"" + link + "\"}", "Accept-Language", "en")
                    .isSuccess("You are logged in")
                    .header("Set-Cookie");

            assertThat(cookie)
                    .startsWith("__Host-imagehost=")
                    .contains("; Path=/", "; Secure", "; HttpOnly", "; SameSite=Lax")
                    .doesNotContain("Domain");
            String secret = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
            service.client()
                    .get("/api/me", "Cookie", "__Host-imagehost=" + secret)
                    .isSuccess("操作成功");
            service.client().get("/api/me", "Cookie", "imagehost=" + secret).isError(401, "login_required");
        }
    }

    @Test
    void everyLoginHasACookieOfItsOwnAndEndsTheOneBefore() throws Exception {
        accounts.givePassword(owner, PASSWORD);
        String chosenByOthers = "x".repeat(43);
        String first = secretOf(logIn(owner, PASSWORD, "Cookie", "imagehost=" + chosenByOthers));
        assertThat(first).isNotEqualTo(chosenByOthers);
        get("/api/me", first).isSuccess("操作成功");

        String second = secretOf(logIn(owner, PASSWORD, "Cookie", "imagehost=" + first));

        assertThat(second).isNotEqualTo(first);
        get("/api/me", first).isError(401, "login_required");
        get("/api/me", second).isSuccess("操作成功");
    }

    @Test
    void aCookieThatIsGoodNoMoreBreaksNothingThatIsForEverybody() throws Exception {
        String session = accounts.session(owner.id());
        String url = client.post(
                        "/api/upload",
                        new Multipart().file("image", "a.png", Pictures.uniquePng()),
                        "Cookie",
                        "imagehost=" + session)
                .isSuccess("上传成功")
                .data()
                .get("url")
                .asString();
        send("DELETE", "/api/session", "", session).isSuccess("已退出登录");

        for (String path : List.of(Client.pathOf(url), Client.pathOf(url) + "/thumb", "/health", "/docs/index.html")) {
            Answer answer = get(path, session);
            assertThat(answer.status()).as(path).isEqualTo(200);
            assertThat(answer.header("Set-Cookie")).isEmpty();
        }
        Answer refused = get("/api/images", session).isError(401, "login_required");
        assertThat(refused.header("Set-Cookie")).startsWith("imagehost=;").contains("Max-Age=0", "Path=/");
        get("/api/nothing", session).isError(404, "not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "imh_x", "; imagehost=y", "\"quoted\"", "%00"})
    void nonsenseInTheCookieIsNoSession(String value) throws Exception {
        get("/api/me", value).isError(401, "login_required");
    }

    @Test
    void aTokenBesideACookieWins() throws Exception {
        OwnerId other = accounts.add(Role.USER).id();
        String token = accounts.token(other, Set.of(Scope.UPLOAD));
        String session = accounts.session(owner.id());

        Answer answer = client.get("/api/me", "Cookie", "imagehost=" + session, "X-API-Key", token);

        assertThat(answer.data().get("id").asLong()).isEqualTo(other.value());
        assertThat(answer.data().get("session").isNull()).isTrue();
        client.get("/api/images", "Cookie", "imagehost=" + session, "X-API-Key", token)
                .isError(403, "scope_missing");
        client.get("/api/me", "Cookie", "imagehost=" + session, "X-API-Key", "wrong")
                .isError(401, "token_invalid");
    }

    @Test
    void loggingOutEndsOneSessionAtOnce() throws Exception {
        String one = accounts.session(owner.id());
        String other = accounts.session(owner.id());
        get("/api/me", one).isSuccess("操作成功");

        for (int i = 0; i < 2; i++) {
            Answer out = send("DELETE", "/api/session", "", one).isSuccess("已退出登录");
            assertThat(out.header("Set-Cookie")).startsWith("imagehost=;").contains("Max-Age=0");
        }

        get("/api/me", one).isError(401, "login_required");
        get("/api/me", other).isSuccess("操作成功");
    }

    @Test
    void loggingOutEverywhereEndsAllSessionsOfTheOwnerAtOnce() throws Exception {
        String one = accounts.session(owner.id());
        String other = accounts.session(owner.id());
        String others = accounts.session(accounts.add(Role.USER).id());
        String token = accounts.token(owner.id());
        String link = accounts.link(owner.id());
        for (String session : List.of(one, other, others)) {
            get("/api/me", session).isSuccess("操作成功");
        }

        Answer out = send("DELETE", "/api/sessions", "", one).isSuccess("已在所有设备上退出登录");

        assertThat(out.header("Set-Cookie")).contains("Max-Age=0");
        get("/api/me", one).isError(401, "login_required");
        get("/api/me", other).isError(401, "login_required");
        get("/api/me", others).isSuccess("操作成功");
        client.get("/api/me", "token", token).isSuccess("操作成功");
        follow(link).isError(410, "link_expired");
    }

    @Test
    void sessionsAreListedWithoutTheirSecrets() throws Exception {
        String one = accounts.session(owner.id());
        String other = accounts.session(owner.id());
        accounts.session(accounts.add(Role.USER).id());

        Answer answer = get("/api/sessions", other).isSuccess("操作成功");

        JsonNode listed = answer.data().get("sessions");
        assertThat(listed).hasSize(2);
        for (JsonNode session : listed) {
            assertThat(Answer.names(session))
                    .containsExactly("createdAt", "seenAt", "expiresAt", "startedBy", "current");
            assertThat(Duration.between(
                            Instant.parse(session.get("seenAt").asString()),
                            Instant.parse(session.get("expiresAt").asString())))
                    .isEqualTo(Duration.ofDays(30));
        }
        assertThat(listed)
                .extracting(session -> session.get("current").asBoolean())
                .containsExactlyInAnyOrder(true, false);
        assertThat(answer.text()).doesNotContain(one, other);
        JsonNode byToken = client.get("/api/sessions", "token", accounts.token(owner.id()))
                .data()
                .get("sessions");
        assertThat(byToken)
                .hasSize(2)
                .noneMatch(session -> session.get("current").asBoolean());
    }

    @Test
    void aChangedPasswordEndsEverySessionAtOnceButGoesOnHere() throws Exception {
        accounts.givePassword(owner, PASSWORD);
        String mine = secretOf(logIn(owner, PASSWORD));
        String others = secretOf(logIn(owner, PASSWORD));
        get("/api/me", others).isSuccess("操作成功");

        Answer changed = changePassword(mine, PASSWORD, OTHER).isSuccess("密码已修改，其他会话已全部退出");

        get("/api/me", mine).isError(401, "login_required");
        get("/api/me", others).isError(401, "login_required");
        get("/api/me", secretOf(changed)).isSuccess("操作成功");
        logIn(owner, PASSWORD).isError(401, "login_failed");
        logIn(owner, OTHER).isSuccess("登录成功");
    }

    @Test
    void whoDoesNotSayThePasswordChangesNone() throws Exception {
        accounts.givePassword(owner, PASSWORD);
        String mine = secretOf(logIn(owner, PASSWORD));
        String token = accounts.token(owner.id());

        changePassword(mine, OTHER, OTHER).isError(403, "password_wrong");
        changePassword(mine, "", OTHER).isError(403, "password_wrong");
        String withoutCurrent = "{\"new\":\"" + OTHER + "\"}";
        send("PUT", "/api/me/password", withoutCurrent, mine).isError(403, "password_wrong");
        client.send("PUT", "/api/me/password", BodyPublishers.ofString(withoutCurrent), "token", token)
                .isError(403, "password_wrong");

        get("/api/me", mine).isSuccess("操作成功");
        logIn(owner, PASSWORD).isSuccess("登录成功");
    }

    /** A password would be good for more than the token, and for longer. */
    @Test
    void noTokenGetsItsBearerAPassword() throws Exception {
        String token = accounts.token(owner.id(), Set.of(Scope.ACCOUNT));
        String body = "{\"new\":\"" + PASSWORD + "\"}";

        client.send("PUT", "/api/me/password", BodyPublishers.ofString(body), "token", token)
                .isError(403, "password_wrong");
        send("PUT", "/api/me/password", body, accounts.sessionBy(token)).isError(403, "password_wrong");

        logIn(owner, PASSWORD).isError(401, "login_failed");
    }

    @Test
    void whoComesByALinkSetsAPasswordWithoutTheOldOne() throws Exception {
        accounts.givePassword(owner, OTHER);
        String session = secretOf(follow(accounts.link(owner.id())).isSuccess("登录成功"));

        Answer changed = send("PUT", "/api/me/password", "{\"new\":\"" + PASSWORD + "\"}", session);

        changed.isSuccess("密码已修改，其他会话已全部退出");
        send("PUT", "/api/me/password", "{\"new\":\"" + OTHER + "\"}", secretOf(changed))
                .isError(403, "password_wrong");
        logIn(owner, PASSWORD).isSuccess("登录成功");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"new\":\"short\"}",
                "{\"new\":\"NAME\"}",
                "{\"new\":1234567890}",
                "{\"new\":null}",
                "{\"current\":7,\"new\":\"0123456789\"}",
                "{\"new\":\"0123456789\",\"role\":\"admin\"}",
                "{\"new\":\"0123456789\",\"owner\":1}"
            })
    void aPasswordThatIsNotLegalIsNone(String body) throws Exception {
        String session = accounts.session(owner.id());

        send("PUT", "/api/me/password", body.replace("NAME", owner.name().value()), session)
                .isError(400, "invalid_parameter");

        assertThat(get("/api/me", session).data().get("hasPassword").asBoolean())
                .isFalse();
    }

    @Test
    void whatIsLegalIsSaid() throws Exception {
        Answer refused = client.send(
                "PUT",
                "/api/me/password",
                BodyPublishers.ofString("{\"new\":\"short\"}"),
                "Cookie",
                "imagehost=" + accounts.session(owner.id()),
                "Accept-Language",
                "en");

        assertThat(refused.isError(400, "invalid_parameter").message())
                .isEqualTo("The parameter new is not valid; legal: 10 to 200 characters that are not the owner's name");
    }

    @Test
    void anAdministratorLetsSomebodyInByALink() throws Exception {
        Answer issued = admin("POST", "/api/admin/owners/" + owner.id().value() + "/login-link");

        assertThat(issued.status()).isEqualTo(201);
        assertThat(issued.header("Cache-Control")).isEqualTo("no-store");
        JsonNode data = issued.json().get("data");
        assertThat(Duration.between(
                        Instant.parse(issued.json().get("timestamp").asString()),
                        Instant.parse(data.get("expiresAt").asString())))
                .isBetween(Duration.ofMinutes(9), Duration.ofMinutes(10));
        String link = data.get("link").asString();
        JsonNode account = follow(link).isSuccess("登录成功").data();
        assertThat(account.get("id").asLong()).isEqualTo(owner.id().value());
        assertThat(account.get("session").get("startedBy").asString()).isEqualTo("link");
        follow(link).isError(410, "link_expired");
        follow("nonsense").isError(410, "link_expired");
        for (String id : List.of("987654", "0", "x", "99999999999999999999")) {
            admin("POST", "/api/admin/owners/" + id + "/login-link").isError(404, "owner_not_found");
        }
    }

    @Test
    void ofManyWithOneLinkExactlyOneGetsIn(@TempDir Path directory) throws Exception {
        try (RunningService service =
                RunningService.with(directory, Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0"))) {
            String body = "{\"link\":\"" + new Accounts(service).link(OwnerId.DEFAULT) + "\"}";

            List<Integer> statuses = Concurrently.run(
                    50, () -> service.client().postJson("/api/session", body).status());

            assertThat(statuses)
                    .containsOnlyOnce(200)
                    .allMatch(status -> Set.of(200, 410, 429).contains(status));
        }
    }

    @Test
    void aSessionIsGoodForNoMoreThanTheTokenThatBeganItAndEndsWithIt() throws Exception {
        JsonNode made = client.postJson(
                        "/api/tokens",
                        "{\"name\":\"t\",\"scopes\":[\"upload\"],\"expiresIn\":\"30m\"}",
                        "token",
                        accounts.token(owner.id()))
                .json()
                .get("data");
        Answer login = client.postJson(
                        "/api/session", "{\"token\":\"" + made.get("token").asString() + "\"}")
                .isSuccess("登录成功");
        String session = secretOf(login);
        assertThat(login.data().get("scopes").toString()).isEqualTo("[\"upload\"]");
        assertThat(login.data().get("session").get("expiresAt")).isEqualTo(made.get("expiresAt"));
        get("/api/images", session).isError(403, "scope_missing");
        get("/api/me", session).isSuccess("操作成功");

        client.send(
                        "DELETE",
                        "/api/tokens/" + made.get("id").asLong(),
                        BodyPublishers.noBody(),
                        "token",
                        accounts.token(owner.id()))
                .isSuccess("令牌已撤销");

        get("/api/me", session).isError(401, "login_required");
        client.postJson("/api/session", "{\"token\":\"" + made.get("token").asString() + "\"}")
                .isError(401, "token_invalid");
    }

    @Test
    void whoIsSuspendedIsLoggedOutAtOnceAndForGood() throws Exception {
        String session = accounts.session(owner.id());
        String link = accounts.link(owner.id());
        get("/api/me", session).isSuccess("操作成功");

        setState("suspended");
        get("/api/me", session).isError(401, "login_required");

        setState("active");
        get("/api/me", session).isError(401, "login_required");
        follow(link).isError(410, "link_expired");
    }

    @Test
    void aPromotionHoldsAtOnceInASession() throws Exception {
        String session = accounts.session(owner.id());
        get("/api/admin/owners", session).isError(403, "forbidden");

        patch("{\"role\":\"admin\"}");
        get("/api/admin/owners", session).isSuccess("操作成功");

        patch("{\"role\":\"user\"}");
        get("/api/admin/owners", session).isError(403, "forbidden");
    }

    @ParameterizedTest
    @CsvSource({
        "Origin, https://stranger.example",
        "Origin, null",
        "Sec-Fetch-Site, cross-site",
        "Sec-Fetch-Site, same-site"
    })
    void pagesOfOtherSitesDoNothingInAVisitorsSession(String header, String value) throws Exception {
        String session = accounts.session(owner.id());
        String link = accounts.link(owner.id());
        String body = "{\"link\":\"" + link + "\"}";
        Map<String, String> changes = Map.of(
                "/api/session", "DELETE",
                "/api/sessions", "DELETE",
                "/api/images", "DELETE",
                "/api/me/password", "PUT",
                "/api/tokens", "POST",
                "/api/upload", "POST");

        for (Map.Entry<String, String> change : changes.entrySet()) {
            client.send(
                            change.getValue(),
                            change.getKey(),
                            BodyPublishers.ofString("{\"ids\":[1],\"new\":\"0123456789\"}"),
                            "Cookie",
                            "imagehost=" + session,
                            header,
                            value)
                    .isError(403, "cross_site_refused");
        }
        client.postJson("/api/session", body, header, value).isError(403, "cross_site_refused");

        JsonNode account = get("/api/me", session).isSuccess("操作成功").data();
        assertThat(account.get("hasPassword").asBoolean()).isFalse();
        follow(link).isSuccess("登录成功");
    }

    @Test
    void nothingThatIsReadChangesAnything() throws Exception {
        String session = accounts.session(owner.id());
        String link = accounts.link(owner.id());
        JsonNode before = get("/api/sessions", session).data();
        Set<String> paths = service().part(RequestMappingHandlerMapping.class).getHandlerMethods().keySet().stream()
                .flatMap(mapping -> mapping.getPatternValues().stream())
                .map(path -> path.replaceAll("\\{[a-z]+}", "1"))
                .collect(Collectors.toSet());
        assertThat(paths).contains("/api/session", "/api/sessions", "/api/me/password");

        for (String path : paths) {
            for (String method : List.of("GET", "HEAD", "OPTIONS")) {
                Answer answer = send(method, path + "?link=" + link, "", session);
                assertThat(answer.header("Set-Cookie")).as(method + " " + path).isEmpty();
            }
        }

        get("/api/session", session).isError(405, "method_not_allowed");
        assertThat(get("/api/sessions", session).data()).isEqualTo(before);
        follow(link).isSuccess("登录成功");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no json | object_required",
                "[] | object_required",
                "{} | invalid_parameter",
                "{\"name\":\"default\"} | invalid_parameter",
                "{\"password\":\"0123456789\"} | invalid_parameter",
                "{\"name\":\"default\",\"password\":7} | invalid_parameter",
                "{\"name\":null,\"password\":\"0123456789\"} | invalid_parameter",
                "{\"name\":\"default\",\"password\":\"0123456789\",\"link\":\"x\"} | invalid_parameter",
                "{\"token\":\"x\",\"link\":\"x\"} | invalid_parameter",
                "{\"token\":[\"x\"]} | invalid_parameter",
                "{\"link\":\"x\",\"role\":\"admin\"} | invalid_parameter",
                "{\"link\":\"x\",\"id\":1} | invalid_parameter"
            })
    void whatIsNoWayToLogInBeginsNoSession(String body, String code) throws Exception {
        Answer refused = client.postJson("/api/session", body).isError(400, code);

        assertThat(refused.header("Set-Cookie")).isEmpty();
    }

    @Test
    void anOpenServiceTakesNobodyWhoseSessionHasEndedForSomebodyElse(@TempDir Path directory) throws Exception {
        try (RunningService service = RunningService.with(directory, Map.of())) {
            Accounts there = new Accounts(service);
            OwnerId alice = there.add(Role.USER).id();
            String session = there.session(alice);
            assertThat(service.client()
                            .get("/api/me", "Cookie", "imagehost=" + session)
                            .data()
                            .get("id")
                            .asLong())
                    .isEqualTo(alice.value());
            assertThat(service.client().get("/api/me").data().get("id").asLong())
                    .isEqualTo(OwnerId.DEFAULT.value());

            service.client()
                    .send("DELETE", "/api/session", BodyPublishers.noBody(), "Cookie", "imagehost=" + session)
                    .isSuccess("已退出登录");

            service.client().get("/api/me", "Cookie", "imagehost=" + session).isError(401, "login_required");
        }
    }

    @Test
    void expiredSessionsAreSwept() throws Exception {
        AccessRepository repository = service().part(AccessRepository.class);
        Instant past = Instant.parse("2026-01-31T16:00:00Z");
        Digest secret = Digest.of(
                ByteBuffer.allocate(Digest.LENGTH).putLong(owner.id().value()).array());
        repository.addSession(new Session(
                secret, owner.id(), 0, SessionStart.PASSWORD, Optional.empty(), past, past, past.plusSeconds(1)));

        Waiting.until(
                "the session is removed",
                Duration.ofMinutes(1),
                () -> repository.findSession(secret).isEmpty());
    }

    private Answer logIn(Owner who, String password, String... headers) throws Exception {
        return logIn(who.name().value(), password, headers);
    }

    private Answer logIn(String name, String password, String... headers) throws Exception {
        return client.postJson(
                "/api/session", "{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}", headers);
    }

    private Answer follow(String link) throws Exception {
        return client.postJson("/api/session", "{\"link\":\"" + link + "\"}");
    }

    private Answer changePassword(String session, String current, String wanted) throws Exception {
        return send("PUT", "/api/me/password", "{\"current\":\"" + current + "\",\"new\":\"" + wanted + "\"}", session);
    }

    private void setState(String state) throws Exception {
        patch("{\"state\":\"" + state + "\"}");
    }

    private void patch(String body) throws Exception {
        client.send(
                        "PATCH",
                        "/api/admin/owners/" + owner.id().value(),
                        BodyPublishers.ofString(body),
                        "Authorization",
                        "Bearer " + admin)
                .isSuccess("操作成功");
    }

    private Answer admin(String method, String path) throws Exception {
        return client.send(method, path, BodyPublishers.noBody(), "Authorization", "Bearer " + admin);
    }

    private Answer get(String path, String session) throws Exception {
        return send("GET", path, "", session);
    }

    private Answer send(String method, String path, String body, String session) throws Exception {
        return client.send(method, path, BodyPublishers.ofString(body), "Cookie", "imagehost=" + session);
    }

    private static String secretOf(Answer answer) {
        Matcher cookie = COOKIE.matcher(answer.header("Set-Cookie"));
        assertThat(cookie.matches())
                .as(answer.header("Set-Cookie") + answer.text())
                .isTrue();
        return cookie.group(1);
    }

    private static String withoutTimeAndId(Answer answer) {
        return answer.text().replaceAll("\"(requestId|timestamp)\":\"[^\"]*\"", "");
    }
}
