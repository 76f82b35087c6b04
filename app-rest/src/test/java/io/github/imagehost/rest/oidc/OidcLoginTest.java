package io.github.imagehost.rest.oidc;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.access.login.Identities;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Identity;
import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.OwnerName;
import io.github.imagehost.core.model.access.OwnerState;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.model.usage.Quota;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RunningService;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logging in at a real provider. */
class OidcLoginTest {

    private static final AtomicInteger SUBJECTS = new AtomicInteger();

    private static TestProvider provider;
    private static RunningService service;

    /** It believes what the provider says of roles and quotas. */
    private static RunningService entitlingService;

    /** Nobody becomes an owner by logging in to it. */
    private static RunningService closedService;

    @BeforeAll
    static void start(@TempDir Path directory) {
        provider = TestProvider.start();
        service = RunningService.with(directory.resolve("open"), settings(Map.of("OIDC_CREATE_OWNERS", "true")));
        entitlingService = RunningService.with(
                directory.resolve("entitling"),
                settings(Map.of(
                        "OIDC_CREATE_OWNERS", "true",
                        "OIDC_ROLE_CLAIM", "realm.groups",
                        "OIDC_ADMIN_VALUES", "pictures-admins, operators",
                        "OIDC_QUOTA_CLAIM", "quota",
                        "OIDC_SCOPES", "groups")));
        closedService =
                RunningService.with(directory.resolve("closed"), settings(Map.of("PUBLIC_URL", "https://images.test")));
    }

    private static Map<String, String> settings(Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("ACCESS", "");
        settings.put("OIDC_ISSUER", provider.issuer());
        settings.put("OIDC_CLIENT_ID", TestProvider.CLIENT_ID);
        settings.put("OIDC_CLIENT_SECRET", TestProvider.CLIENT_SECRET);
        settings.put("RATE_LIMIT_MAX", "0");
        return settings;
    }

    @AfterAll
    static void stop() {
        List.of(service, entitlingService, closedService).forEach(RunningService::close);
        provider.close();
    }

    @Test
    void whoLogsInForTheFirstTimeBecomesAnOwnerAndIsKnownAgain() throws Exception {
        String subject = newSubject(Map.of("preferred_username", "Alice Doe"));

        Answer first = logIn(service, "/api/login", subject);
        assertThat(first.status()).as(first.text()).isEqualTo(302);
        assertThat(first.header("Location")).isEqualTo("http://images.test/");
        assertThat(first.header("Cache-Control")).isEqualTo("no-store");
        Answer me = me(service, first);
        assertThat(me.data().get("name").asString()).isEqualTo("alice-doe");
        assertThat(me.data().get("role").asString()).isEqualTo("user");

        provider.describe(subject, Map.of("preferred_username", "default"));
        Answer second = me(service, logIn(service, "/api/login", subject));
        assertThat(second.data().get("id").asLong())
                .isEqualTo(me.data().get("id").asLong());
        assertThat(second.data().get("name").asString()).isEqualTo("alice-doe");
    }

    @Test
    void nobodyBecomesAnotherOwnerByNameOrMail() throws Exception {
        Owner bob = service.part(Owners.class).add(new OwnerName("bob@example.com"), Role.ADMIN);
        String subject = newSubject(Map.of("email", "bob@example.com", "email_verified", "true"));

        Answer me = me(service, logIn(service, "/api/login", subject));

        assertThat(me.data().get("id").asLong()).isNotEqualTo(bob.id().value());
        assertThat(me.data().get("name").asString()).isEqualTo("bob@example.com2");
        assertThat(me.data().get("role").asString()).isEqualTo("user");
    }

    @Test
    void theRequestToTheProviderHasAllThatProtectsIt() throws Exception {
        Answer begun = service.client().get("/api/login");

        assertThat(begun.status()).isEqualTo(302);
        assertThat(begun.header("Location"))
                .startsWith(provider.issuer())
                .contains("response_type=code", "code_challenge_method=S256", "&nonce=", "&state=")
                .contains("redirect_uri=http://images.test/api/login/callback");
        assertThat(begun.header("Set-Cookie"))
                .matches("imagehost-login=[^;]+; Path=/; Max-Age=600; Expires=[^;]+; HttpOnly; SameSite=Lax");
        assertThat(closedService.client().get("/api/login").header("Set-Cookie"))
                .startsWith("__Host-imagehost-login=")
                .contains("; Secure;");
    }

    @Test
    void nobodyIsAddedUnlessThatIsWanted() throws Exception {
        String subject = newSubject(Map.of("preferred_username", "carol"));

        Answer refused = logIn(closedService, "/api/login", subject).isError(403, "identity_unknown");
        assertThat(refused.message()).contains(subject);
        assertThat(closedService.part(Owners.class).list()).hasSize(1);

        Owner carol = closedService.part(Owners.class).add(new OwnerName("c"), Role.USER);
        closedService.part(Identities.class).give(new Identity(provider.issuer(), subject), carol);
        assertThat(me(closedService, logIn(closedService, "/api/login", subject))
                        .data()
                        .get("name")
                        .asString())
                .isEqualTo("c");
    }

    @Test
    void theProviderSaysWhoIsAdministratorIfThatIsWanted() throws Exception {
        Map<String, Object> admin = Map.of("realm", Map.of("groups", List.of("people", "operators")));
        String subject = newSubject(admin);

        Answer first = logIn(entitlingService, "/api/login", subject);
        Answer me = me(entitlingService, first);
        OwnerId id = new OwnerId(me.data().get("id").asLong());
        assertThat(me.data().get("role").asString()).isEqualTo("admin");
        assertThat(acts(entitlingService, AuditAction.OWNER_CHANGED)).first().satisfies(event -> {
            assertThat(event.actor().owner()).contains(id);
            assertThat(event.act().owner()).contains(id);
            assertThat(event.act().detail()).isEqualTo("role admin by the identity provider");
        });
        int changes = acts(entitlingService, AuditAction.OWNER_CHANGED).size();
        logIn(entitlingService, "/api/login", subject);
        assertThat(acts(entitlingService, AuditAction.OWNER_CHANGED)).hasSize(changes);

        provider.describe(subject, Map.of());
        logIn(entitlingService, "/api/login", subject);
        assertThat(me(entitlingService, first).data().get("role").asString()).isEqualTo("user");
        assertThat(acts(entitlingService, AuditAction.OWNER_CHANGED)
                        .get(0)
                        .act()
                        .detail())
                .isEqualTo("role user by the identity provider");

        provider.describe(subject, admin);
        assertThat(me(service, logIn(service, "/api/login", subject))
                        .data()
                        .get("role")
                        .asString())
                .isEqualTo("user");
    }

    @Test
    void theFirstOwnerStaysAdministratorWhateverTheProviderSays() throws Exception {
        String subject = newSubject(Map.of());
        Owner first = entitlingService.part(Owners.class).get(OwnerId.DEFAULT);
        entitlingService.part(Identities.class).give(new Identity(provider.issuer(), subject), first);

        Answer me = me(entitlingService, logIn(entitlingService, "/api/login", subject));

        assertThat(me.data().get("role").asString()).isEqualTo("admin");
    }

    @Test
    void theProviderSaysHowMuchAnOwnerMayHaveIfThatIsWanted() throws Exception {
        String subject = newSubject(Map.of("quota", 5_000_000_000L));
        QuotaLedger quotas = entitlingService.part(QuotaLedger.class);

        Answer me = me(entitlingService, logIn(entitlingService, "/api/login", subject));
        OwnerId id = new OwnerId(me.data().get("id").asLong());
        assertThat(quotas.quota(id)).isEqualTo(new Quota(OptionalLong.empty(), OptionalLong.of(5_000_000_000L)));
        assertThat(acts(entitlingService, AuditAction.QUOTA_CHANGED))
                .first()
                .satisfies(event -> assertThat(event.act().detail()).isEqualTo("images unlimited, bytes 5000000000"));

        quotas.setQuota(id, new Quota(OptionalLong.of(7), OptionalLong.of(1)));
        provider.describe(subject, Map.of("quota", "12"));
        logIn(entitlingService, "/api/login", subject);
        Quota both = new Quota(OptionalLong.of(7), OptionalLong.of(12));
        assertThat(quotas.quota(id)).isEqualTo(both);

        for (Map<String, ?> nothing :
                List.<Map<String, ?>>of(Map.of(), Map.of("quota", "a lot"), Map.of("quota", -1))) {
            provider.describe(subject, nothing);
            assertThat(logIn(entitlingService, "/api/login", subject).status()).isEqualTo(302);
            assertThat(quotas.quota(id)).isEqualTo(both);
        }
    }

    @Test
    void theProviderIsAskedForFurtherScopes() throws Exception {
        assertThat(entitlingService.client().get("/api/login").header("Location"))
                .contains("scope=openid%20profile%20email%20groups");
    }

    private static List<AuditEvent> acts(RunningService at, AuditAction action) {
        AuditQuery query = new AuditQuery(
                Optional.empty(), Optional.empty(), Optional.empty(), Optional.of(action), Optional.empty(), 100);
        return at.part(AuditTrail.class).find(query).entries().stream()
                .map(entry -> entry.event())
                .toList();
    }

    @Test
    void whoIsSuspendedDoesNotGetIn() throws Exception {
        String subject = newSubject(Map.of("preferred_username", "dave"));
        Answer first = logIn(service, "/api/login", subject);
        Owner dave = service.part(Owners.class).find(new OwnerName("dave")).orElseThrow();

        service.part(Owners.class)
                .change(
                        dave.id(),
                        new Owner.Change(Optional.empty(), Optional.empty(), Optional.of(OwnerState.SUSPENDED)));

        logIn(service, "/api/login", subject).isError(403, "owner_suspended");
        assertThat(first.status()).isEqualTo(302);
        assertThat(acts(service, AuditAction.LOGIN).get(0).act().outcome()).isEqualTo(Act.Outcome.REFUSED);
    }

    @Test
    void aLoginIsEndedByTheBrowserThatBeganItAlone() throws Exception {
        Answer mine = service.client().get("/api/login");
        String callback = callback(mine, newSubject(Map.of()));
        Answer others = service.client().get("/api/login");

        service.client().get(callback).isError(400, "login_interrupted");
        service.client().get(callback, "Cookie", cookieOf(others)).isError(400, "login_interrupted");
        service.client()
                .get(callback, "Cookie", "imagehost-login=" + unsigned(cookieOf(mine)))
                .isError(400, "login_interrupted");
        service.client()
                .get(callback.replaceFirst("state=[^&]*", "state=other"), "Cookie", cookieOf(mine))
                .isError(400, "login_interrupted");
        service.client()
                .get(callback.replaceFirst("state=[^&]*&?", ""), "Cookie", cookieOf(mine))
                .isError(400, "login_interrupted");

        Answer ended = service.client().get(callback, "Cookie", cookieOf(mine));
        assertThat(ended.status()).as(ended.text()).isEqualTo(302);
        assertThat(ended.header("Set-Cookie")).contains("imagehost-login=; Path=/; Max-Age=0");
        service.client().get(callback, "Cookie", cookieOf(mine)).isError(400, "login_interrupted");
    }

    /** As if whoever looks had changed nothing but the signature. */
    private static String unsigned(String cookie) {
        String value = cookie.substring(cookie.indexOf('=') + 1);
        return value.substring(0, value.lastIndexOf('.') + 1) + "AAAA";
    }

    @Test
    void aCodeThatSomebodyElseGotIsOfNoUse() throws Exception {
        String stolen = callback(service.client().get("/api/login"), newSubject(Map.of()));
        Answer mine = service.client().get("/api/login");
        String state = parameter(mine.header("Location"), "state");

        // the code is right, the state is that of this browser: what is missing is the secret of the other login
        service.client()
                .get(stolen.replaceFirst("state=[^&]*", "state=" + state), "Cookie", cookieOf(mine))
                .isError(400, "login_interrupted");
    }

    @Test
    void whatTheProviderRefusesIsNoLogin() throws Exception {
        Answer begun = service.client().get("/api/login");
        String state = parameter(begun.header("Location"), "state");

        for (String query : List.of("error=access_denied&", "code=made-up&", "code=&", "")) {
            Answer answer = service.client()
                    .get("/api/login/callback?" + query + "state=" + state, "Cookie", cookieOf(begun))
                    .isError(400, "login_interrupted");
            assertThat(answer.header("Set-Cookie")).doesNotContain("imagehost=");
        }
    }

    @Test
    void afterwardsTheBrowserIsWhereItWantedToGo() throws Exception {
        String next = "/docs/?q=%E5%9B%BE#top";
        Answer ended = logIn(
                service, "/api/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8), newSubject(Map.of()));

        assertThat(ended.header("Location")).isEqualTo("http://images.test" + next);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "https://evil.example",
                "//evil.example",
                "/\\evil.example",
                "\\evil.example",
                "/%2fevil.example",
                "/%2F%2fevil.example",
                "/%5cevil.example",
                "/x//evil.example",
                "/..//evil.example",
                "evil.example",
                "@evil.example",
                "/x\r\nSet-Cookie: a=b",
                "/%0d%0aSet-Cookie:%20a=b",
                "/\tevil.example",
                " /x",
                "javascript:alert(1)",
                "/a#b#c",
                "/图"
            })
    void itIsSentToNoOtherHost(String next) throws Exception {
        Answer refused = service.client()
                .get("/api/login?next=" + URLEncoder.encode(next, StandardCharsets.UTF_8))
                .isError(400, "invalid_parameter");

        assertThat(refused.header("Set-Cookie")).isEmpty();
    }

    @Test
    void whereItWantsToGoFitsInACookie() throws Exception {
        String longest = "/" + "a".repeat(999);

        Answer begun = service.client().get("/api/login?next=" + longest);

        assertThat(begun.status()).isEqualTo(302);
        assertThat(cookieOf(begun)).hasSizeLessThan(4096);
        for (String longer : List.of(longest + "a", longest + "a".repeat(6000))) {
            service.client().get("/api/login?next=" + longer).isError(400, "invalid_parameter");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"?next=/%25zz", "?x=%00", "?action=logout&registrationId=x", "?next=/a&next=//evil.example"})
    void strangeParametersAreNoDefect(String query) throws Exception {
        assertThat(service.client().get("/api/login" + query).status()).isIn(302, 400);
    }

    @Test
    void aSessionThatWasThereEnds() throws Exception {
        String subject = newSubject(Map.of());
        String before = cookieOf(logIn(service, "/api/login", subject));
        Answer begun = service.client().get("/api/login");

        Answer ended = service.client().get(callback(begun, subject), "Cookie", cookieOf(begun) + "; " + before);

        assertThat(cookieOf(ended)).isNotEqualTo(before);
        service.client().get("/api/me", "Cookie", before).isError(401, "login_required");
        me(service, ended).isSuccess("操作成功");
    }

    @Test
    void theServiceStartsAndAnswersWithoutItsProvider(@TempDir Path directory) throws Exception {
        Map<String, String> settings = settings(Map.of("OIDC_AUDIENCE", "a"));
        settings.put("OIDC_ISSUER", "http://127.0.0.1:9/");

        try (RunningService alone = RunningService.with(directory, settings)) {
            assertThat(alone.client().get("/health").status()).isEqualTo(200);
            Answer answer = alone.client().get("/api/login").isError(503, "service_unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            alone.client().get("/api/me", "Authorization", "Bearer eyJ.eyJ.x").isError(503, "service_unavailable");
            alone.client().get("/api/me").isError(401, "login_required");
        }
    }

    @Test
    void aProviderThatCallsItselfSomethingElseIsNotTrusted(@TempDir Path directory) throws Exception {
        Map<String, String> settings = settings(Map.of());
        settings.put("OIDC_ISSUER", provider.issuer().replace("127.0.0.1", "localhost") + "/");

        try (RunningService other = RunningService.with(directory, settings)) {
            other.client().get("/api/login").isError(503, "service_unavailable");
        }
    }

    private static String newSubject(Map<String, ?> claims) {
        String subject = "subject-" + SUBJECTS.incrementAndGet();
        provider.describe(subject, claims);
        return subject;
    }

    /** All of a login, as a browser does it. */
    private static Answer logIn(RunningService at, String path, String subject) throws Exception {
        Answer begun = at.client().get(path);
        return at.client().get(callback(begun, subject), "Cookie", cookieOf(begun));
    }

    /** Where the provider sends the browser that it has let in. */
    private static String callback(Answer begun, String subject) throws Exception {
        assertThat(begun.status()).as(begun.text()).isEqualTo(302);
        URI back = provider.logIn(URI.create(begun.header("Location")), subject);
        assertThat(back.getPath()).isEqualTo("/api/login/callback");
        assertThat(back.getRawQuery()).contains("code=");
        return back.getRawPath() + "?" + back.getRawQuery();
    }

    private static Answer me(RunningService at, Answer loggedIn) throws Exception {
        return at.client().get("/api/me", "Cookie", cookieOf(loggedIn));
    }

    /** The last cookie that is set and not cleared. */
    private static String cookieOf(Answer answer) {
        return answer.response().headers().allValues("Set-Cookie").stream()
                .filter(cookie -> !cookie.contains("Max-Age=0"))
                .map(cookie -> cookie.substring(0, cookie.indexOf(';')))
                .findFirst()
                .orElseThrow();
    }

    private static String parameter(String url, String name) {
        Matcher matcher = Pattern.compile("[?&]" + name + "=([^&]*)").matcher(url);
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }
}
