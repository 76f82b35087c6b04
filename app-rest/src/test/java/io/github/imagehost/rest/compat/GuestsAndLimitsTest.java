package io.github.imagehost.rest.compat;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What guests may, and how often anybody may. Each test is a client of its own. */
class GuestsAndLimitsTest extends ServiceTest {

    private static final int RATE = 6;
    private static final int GUEST_RATE = 3;
    private static final int GUEST_SIZE = 5000;

    private static int clients;

    private Client client;
    private String token;

    @Override
    protected Map<String, String> settings() {
        return Map.of(
                "ACCESS", "token",
                "GUEST_UPLOAD", "true",
                "GUEST_MAX_SIZE", String.valueOf(GUEST_SIZE),
                "GUEST_RATE_LIMIT", String.valueOf(GUEST_RATE),
                "TRUSTED_PROXIES", "127.0.0.1",
                "RATE_LIMIT_MAX", String.valueOf(RATE),
                "METADATA_CACHE", "0s");
    }

    @BeforeEach
    void beAnotherClient() {
        Accounts accounts = new Accounts(service());
        token = accounts.token(accounts.add(Role.USER).id(), EnumSet.of(Scope.UPLOAD));
        client = anotherClient();
    }

    private Client anotherClient() {
        return client().with("X-Forwarded-For", "203.0.113." + ++clients);
    }

    private static Multipart file(byte[] picture) {
        return new Multipart().file("image", "a.jpg", picture);
    }

    private static boolean isLimited(Answer answer) {
        return answer.text().contains("请求过于频繁，请稍后再试")
                && !answer.header("Retry-After").isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/upload", "/upload", "/api/index.php", "/api/1/upload"})
    void guestsUploadAndAreToldNothingOfDuplicates(String path) throws Exception {
        byte[] picture = Pictures.jpegOfSize(GUEST_SIZE - clients);

        String first = client.post(path, file(picture)).text();
        String second = client.post(path, file(picture)).text();

        assertThat(first).contains("http://images.test/i/").isEqualTo(second).doesNotContain("/d/", "\"id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/v1/upload", "/upload", "/api/index.php", "/api/1/upload"})
    void guestsUploadNoMoreThanGuestsMayAndNoMoreOften(String path) throws Exception {
        assertThat(client.post(path, file(Pictures.jpegOfSize(GUEST_SIZE + 1))).text())
                .contains("文件过大，单个文件最大" + GUEST_SIZE + "字节");
        assertThat(client.post(path, file(Pictures.uniqueJpeg())).text()).contains("http://images.test/i/");
        assertThat(client.post(path, file(Pictures.uniqueJpeg())).text()).contains("http://images.test/i/");
        assertThat(isLimited(client.post(path, file(Pictures.uniqueJpeg())))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/index.php", "/api/1/upload"})
    void whoShowsATokenInTheFormIsNoGuest(String path) throws Exception {
        for (int i = 0; i < GUEST_RATE + 1; i++) {
            assertThat(client.post(
                                    path,
                                    file(Pictures.jpegOfSize(GUEST_SIZE + 100 + i))
                                            .text("key", token))
                            .text())
                    .contains("http://images.test/i/", "/d/");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/api/index.php", "/api/1/upload"})
    void aWrongTokenMakesNoGuest(String path) throws Exception {
        assertThat(client.post(path, file(Pictures.uniqueJpeg()).text("key", "imh_wrong"))
                        .text())
                .contains("访问令牌无效");
    }

    /** Whoever has a token may use it from many places, but not more often for that. */
    @ParameterizedTest
    @ValueSource(strings = {"/api/index.php", "/api/1/upload"})
    void aTokenInAFormHasALimitWhereverItIsUsed(String path) throws Exception {
        for (int i = 0; i < RATE; i++) {
            assertThat(isLimited(anotherClient()
                            .post(path, file(Pictures.uniqueJpeg()).text("key", token))))
                    .isFalse();
        }
        assertThat(isLimited(
                        anotherClient().post(path, file(Pictures.uniqueJpeg()).text("key", token))))
                .isTrue();
        assertThat(isLimited(anotherClient().post("/upload?key=" + token, file(Pictures.uniqueJpeg()))))
                .isTrue();
    }

    @Test
    void everyRouteCounts() throws Exception {
        List<String> paths = List.of(
                "/heartbeat", "/api/v1/strategies", "/heartbeat", "/api/v1/strategies", "/heartbeat", "/heartbeat");
        for (String path : paths) {
            Answer answer = client.get(path);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.header("RateLimit-Limit")).isEqualTo(String.valueOf(RATE));
        }

        assertThat(client.get("/heartbeat").status()).isEqualTo(429);
        assertThat(client.get("/heartbeat").text()).isEqualTo("{\"success\":false,\"message\":\"请求过于频繁，请稍后再试\"}");
        Answer lsky = client.get("/api/v1/strategies");
        assertThat(lsky.status()).isEqualTo(429);
        assertThat(lsky.text()).isEqualTo("{\"status\":false,\"message\":\"请求过于频繁，请稍后再试\",\"data\":{}}");
        JsonNode chevereto = client.post("/api/1/upload", new Multipart()).json();
        assertThat(chevereto.toString())
                .isEqualTo("{\"status_code\":429,\"error\":{\"message\":\"请求过于频繁，请稍后再试\",\"code\":429},"
                        + "\"status_txt\":\"Too Many Requests\"}");
        assertThat(client.post("/api/index.php", new Multipart()).text())
                .isEqualTo("{\"result\":\"failed\",\"code\":400,\"message\":\"请求过于频繁，请稍后再试\"}");
    }
}
