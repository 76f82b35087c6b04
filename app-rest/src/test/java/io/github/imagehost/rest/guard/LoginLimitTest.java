package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Owner;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How often somebody may guess. Each test is a client of its own. */
class LoginLimitTest extends ServiceTest {

    private static final String PASSWORD = "correct horse battery";
    private static final String WRONG = "staple battery horse";

    private static int clients;

    private Accounts accounts;
    private Owner owner;
    private String address;
    private String nobody;

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "TRUSTED_PROXIES", "127.0.0.1", "METADATA_CACHE", "0s", "RATE_LIMIT_MAX", "0");
    }

    @BeforeEach
    void beAnotherClient() {
        accounts = new Accounts(service());
        owner = accounts.add(Role.USER);
        accounts.givePassword(owner, PASSWORD);
        address = "198.51.100." + ++clients;
        nobody = "nobody-" + clients + "-";
    }

    @Test
    void whoeverIsWrongTooOftenHasToWait() throws Exception {
        for (int i = 0; i < 10; i++) {
            logIn(nobody + i, WRONG).isError(401, "login_failed");
        }

        Answer limited = logIn(owner.name().value(), PASSWORD).isError(429, "login_limited");
        assertThat(limited.header("Retry-After")).isEqualTo("600");
        post("{\"link\":\"" + accounts.link(owner.id()) + "\"}").isError(429, "login_limited");
        post("{\"token\":\"" + accounts.token(owner.id()) + "\"}").isError(429, "login_limited");
        get("/api/me", "token", accounts.token(owner.id())).isError(429, "login_limited");
    }

    /** What a client says of itself is no way around it. */
    @Test
    void noHeaderMakesSomebodyElseOfAClient() throws Exception {
        for (int i = 0; i < 10; i++) {
            logIn(nobody + i, WRONG, "X-Real-IP", "203.0.113." + i).isError(401, "login_failed");
        }

        logIn(nobody, WRONG, "X-Real-IP", "203.0.113.99").isError(429, "login_limited");
        logIn(nobody, WRONG, "Forwarded", "for=203.0.113.99").isError(429, "login_limited");
        address = "203.0.113.99, " + address;
        logIn(nobody, WRONG).isError(429, "login_limited");
    }

    @Test
    void wrongTokensLinksAndPasswordsCountTogether() throws Exception {
        for (int i = 0; i < 3; i++) {
            get("/api/me", "token", "guess-" + i).isError(401, "token_invalid");
            post("{\"token\":\"guess-" + i + "\"}").isError(401, "token_invalid");
            logIn(nobody, WRONG).isError(401, "login_failed");
        }
        post("{\"link\":\"guess\"}").isError(410, "link_expired");

        logIn(nobody, WRONG).isError(429, "login_limited");
    }

    @Test
    void whoIsLoggedInAlreadyNoticesNothing() throws Exception {
        String session = accounts.session(owner.id());
        for (int i = 0; i < 11; i++) {
            logIn(nobody, WRONG);
        }

        get("/api/me", "Cookie", "imagehost=" + session).isSuccess("操作成功");
        get("/api/me", "Cookie", "imagehost=wrong").isError(401, "login_required");
    }

    @Test
    void manyClientsGuessOneOwnersPasswordNoOftenerThanOne() throws Exception {
        String session = accounts.session(owner.id());
        String token = accounts.token(owner.id());
        Owner other = accounts.add(Role.USER);
        accounts.givePassword(other, PASSWORD);
        String name = owner.name().value();
        for (int i = 0; i < 10; i++) {
            address = "192.0.2." + i;
            logIn(name, WRONG).isError(401, "login_failed");
        }

        address = "192.0.2.10";
        logIn(name, PASSWORD).isError(429, "login_limited");
        logIn(name.toUpperCase(Locale.ROOT), PASSWORD).isError(429, "login_limited");
        logIn(other.name().value(), PASSWORD).isSuccess("登录成功");
        get("/api/me", "Cookie", "imagehost=" + session).isSuccess("操作成功");
        get("/api/me", "token", token).isSuccess("操作成功");
        post("{\"token\":\"" + token + "\"}").isSuccess("登录成功");
        post("{\"link\":\"" + accounts.link(owner.id()) + "\"}").isSuccess("登录成功");
    }

    @Test
    void theCurrentPasswordIsGuessedNoOftener() throws Exception {
        String session = accounts.session(owner.id());
        String token = accounts.token(owner.id());
        for (int i = 0; i < 10; i++) {
            changePassword("token", token).isError(403, "password_wrong");
        }

        changePassword("token", token).isError(429, "login_limited");
        get("/api/me", "Cookie", "imagehost=" + session).isSuccess("操作成功");
    }

    @Test
    void whoIsRightIsNotCounted() throws Exception {
        for (int i = 0; i < 12; i++) {
            logIn(owner.name().value(), PASSWORD).isSuccess("登录成功");
        }
        for (int i = 0; i < 10; i++) {
            post("{}").isError(400, "invalid_parameter");
        }

        logIn(owner.name().value(), PASSWORD).isSuccess("登录成功");
    }

    @Test
    void manyGuessesAtTheSameMomentAreNoWayAroundIt() throws Exception {
        List<Integer> statuses =
                Concurrently.run(50, () -> logIn(owner.name().value(), WRONG).status());

        assertThat(Collections.frequency(statuses, 401)).isLessThanOrEqualTo(10);
        assertThat(statuses).containsOnly(401, 429);
    }

    private Answer changePassword(String header, String value) throws Exception {
        String body = "{\"current\":\"" + WRONG + "\",\"new\":\"" + PASSWORD + "\"}";
        return client().send(
                        "PUT",
                        "/api/me/password",
                        BodyPublishers.ofString(body),
                        "X-Forwarded-For",
                        address,
                        header,
                        value);
    }

    private Answer logIn(String name, String password, String... headers) throws Exception {
        return post("{\"name\":\"" + name + "\",\"password\":\"" + password + "\"}", headers);
    }

    private Answer post(String body, String... headers) throws Exception {
        return client().postJson("/api/session", body, withAddress(headers));
    }

    private Answer get(String path, String... headers) throws Exception {
        return client().get(path, withAddress(headers));
    }

    private String[] withAddress(String... headers) {
        List<String> all = new ArrayList<>(List.of("X-Forwarded-For", address));
        all.addAll(List.of(headers));
        return all.toArray(String[]::new);
    }
}
