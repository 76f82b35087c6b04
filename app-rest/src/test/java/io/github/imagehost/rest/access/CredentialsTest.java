package io.github.imagehost.rest.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.access.credential.IssuedToken;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request may bring, where, and what becomes of it. Each test is a client of its own. */
class CredentialsTest extends ServiceTest {

    private static final String ADMIN_TOKEN = "0123456789abcdef0123456789abcdef";
    private static final EnumSet<Scope> ALL = EnumSet.allOf(Scope.class);

    private static int clients;

    private Accounts accounts;
    private String address;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS",
                "token",
                "ADMIN_TOKEN",
                ADMIN_TOKEN,
                "TRUSTED_PROXIES",
                "127.0.0.1",
                "METADATA_CACHE",
                "0s",
                "RATE_LIMIT_MAX",
                "0");
    }

    @BeforeEach
    void beAnotherClient() {
        accounts = new Accounts(service());
        address = "192.0.2." + ++clients;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Authorization: Bearer T",
                "Authorization: bearer   T",
                "Authorization: T",
                "X-API-Key: T",
                "x-api-key: T",
                "token: T",
                "X-PicGo-Secret: T"
            })
    void aTokenCountsWhereverClientsPutIt(String header) throws Exception {
        OwnerId owner = accounts.add(Role.USER).id();
        int colon = header.indexOf(':');
        String value = header.substring(colon + 2).replace("T", accounts.token(owner));

        Answer answer = get("/api/me", header.substring(0, colon), value).isSuccess("操作成功");

        assertThat(answer.data().get("id").asLong()).isEqualTo(owner.value());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Basic dXNlcjpwYXNz", "Digest username=\"x\"", "Bearer", "Bearer ", ""})
    void whatIsMeantForSomebodyElseIsNoCredential(String authorization) throws Exception {
        get("/api/me", "Authorization", authorization).isError(401, "login_required");
        assertThat(get("/health", "Authorization", authorization).status()).isEqualTo(200);
    }

    @Test
    void theSameTokenTwiceIsOneButTwoAreOneTooMany() throws Exception {
        OwnerId owner = accounts.add(Role.USER).id();
        String token = accounts.token(owner);

        get("/api/me", "Authorization", "Bearer " + token, "token", token).isSuccess("操作成功");
        get("/api/me", "Authorization", "Bearer " + token, "token", accounts.token(owner))
                .isError(400, "credentials_differ");
    }

    @Test
    void theTokenOfTheSettingsIsTheFirstOwners() throws Exception {
        Answer answer = get("/api/me", "Authorization", "Bearer " + ADMIN_TOKEN).isSuccess("操作成功");

        assertThat(answer.data().get("name").asString()).isEqualTo("default");
        assertThat(answer.data().get("role").asString()).isEqualTo("admin");
        assertThat(answer.data().get("scopes")).hasSize(Scope.values().length);
        assertThat(answer.data().get("token").isNull()).isTrue();
    }

    @Test
    void aWrongTokenIsToldEvenWhereNoneIsNeeded() throws Exception {
        for (String path : List.of("/api/images", "/api/nothing", "/health", "/i/nobody.png", "/docs/index.html")) {
            Answer answer = get(path, "token", "imh_" + "x".repeat(38)).isError(401, "token_invalid");
            assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer realm=\"imagehost\"");
        }
    }

    @Test
    void anExpiredTokenSaysSo() throws Exception {
        IssuedToken issued = accounts.issue(accounts.add(Role.USER).id(), ALL, Duration.ofSeconds(1));
        String token = issued.secret().reveal();

        while (get("/api/me", "token", token).status() == 200) {
            Thread.onSpinWait();
        }

        get("/api/me", "token", token).isError(401, "token_expired");
    }

    @Test
    void rightsAreThoseOfTheMoment() throws Exception {
        OwnerId owner = accounts.add(Role.USER).id();
        IssuedToken issued = accounts.issue(owner, ALL, Duration.ofHours(1));
        String token = issued.secret().reveal();
        String other = accounts.token(owner);
        get("/api/images", "token", token).isSuccess("操作成功");

        accounts.revoke(issued);
        get("/api/images", "token", token).isError(401, "token_invalid");
        get("/api/images", "token", other).isSuccess("操作成功");

        accounts.suspend(owner);
        get("/api/images", "token", other).isError(403, "owner_suspended");
    }

    @Test
    void whoeverGuessesHasToWaitAndNobodyElse() throws Exception {
        String known = accounts.token(accounts.add(Role.USER).id());
        for (int i = 0; i < 10; i++) {
            get("/api/me", "token", "guess-" + i).isError(401, "token_invalid");
        }

        Answer refused = get("/api/me", "token", "guess-11").isError(429, "login_limited");
        assertThat(refused.header("Retry-After")).isEqualTo("600");
        get("/api/me", "token", known).isError(429, "login_limited");
        get("/api/me").isError(401, "login_required");
        assertThat(get("/health").status()).isEqualTo(200);

        beAnotherClient();
        get("/api/me", "token", known).isSuccess("操作成功");
    }

    @Test
    void aTokenThatIsNotGoodForIt() throws Exception {
        String upload = accounts.token(accounts.add(Role.USER).id(), Set.of(Scope.UPLOAD));
        String admin = accounts.token(accounts.add(Role.USER).id(), Set.of(Scope.ADMIN));

        assertThat(get("/api/images", "token", upload, "Accept-Language", "en")
                        .isError(403, "scope_missing")
                        .message())
                .isEqualTo("The access token lacks the scope read");
        assertThat(get("/api/me", "token", admin).data().get("scopes")).isEmpty();
    }

    private Answer get(String path, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of("X-Forwarded-For", address));
        all.addAll(List.of(headers));
        return client().get(path, all.toArray(String[]::new));
    }
}
