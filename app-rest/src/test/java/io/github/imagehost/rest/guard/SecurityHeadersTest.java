package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecurityHeadersTest extends ServiceTest {

    @ParameterizedTest
    @ValueSource(strings = {"/api/images", "/health", "/nope", "/docs/index.html", "/v3/api-docs"})
    void everyAnswerHasThem(String path) throws Exception {
        Answer answer = client().get(path);

        Map.of(
                        "Cross-Origin-Opener-Policy", "same-origin",
                        "Cross-Origin-Resource-Policy", "same-origin",
                        "Origin-Agent-Cluster", "?1",
                        "Referrer-Policy", "no-referrer",
                        "X-Content-Type-Options", "nosniff",
                        "X-DNS-Prefetch-Control", "off",
                        "X-Frame-Options", "SAMEORIGIN",
                        "X-Permitted-Cross-Domain-Policies", "none",
                        "X-XSS-Protection", "0")
                .forEach((name, value) ->
                        assertThat(answer.header(name)).as(name).isEqualTo(value));
        assertThat(answer.header("X-Download-Options")).isEqualTo("noopen");
        assertThat(answer.header("Content-Security-Policy")).contains("default-src 'self'", "object-src 'none'");
        assertThat(answer.header("Strict-Transport-Security")).isEmpty();
        assertThat(answer.header("Server")).isEmpty();
        assertThat(answer.header("X-Powered-By")).isEmpty();
        assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/images, no-store",
        "GET, /api/me, no-store",
        "GET, /api/nope, no-store",
        "GET, /api/clients/sharex, no-store",
        "POST, /api/tokens, no-store",
        "POST, /heartbeat, no-store",
        "GET, /api/info, 'max-age=300, private'"
    })
    void nobodyKeepsWhatTheApiAnswersUnlessItIsForEverybody(String method, String path, String kept) throws Exception {
        Answer answer = client().send(method, path, HttpRequest.BodyPublishers.noBody());

        assertThat(answer.headers().get("cache-control")).as(answer.text()).containsExactly(kept);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"false | max-age=31536000", "true | max-age=31536000; includeSubDomains"})
    void browsersAreToldToUseTlsIfTheServiceIsReachedByIt(String subdomains, String told, @TempDir Path directory)
            throws Exception {
        Map<String, String> settings = Map.of("PUBLIC_URL", "https://images.test", "HSTS_SUBDOMAINS", subdomains);
        try (RunningService secure = RunningService.with(directory, settings)) {
            for (String path : List.of("/api/images", "/nope", "/i/nobody.png")) {
                assertThat(secure.client().get(path).header("Strict-Transport-Security"))
                        .isEqualTo(told);
            }
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | If-Match | *",
                "206 | Range | bytes=0-9",
                "304 | If-None-Match | *",
                "412 | If-Match | \"other\"",
                "416 | Range | bytes=999999-"
            })
    void everyAnswerAboutAnImageHasStricterOnes(int status, String header, String value) throws Exception {
        String path = Client.pathOf(
                client().upload("a.png", Pictures.uniquePng()).data().get("url").asString());

        Answer answer = client().get(path, header, value);

        assertThat(answer.status()).isEqualTo(status);
        assertIsolated(answer);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/i/nobody.png", "/i/", "/i/a/b"})
    void soHasTheAnswerThatThereIsNone(String path) throws Exception {
        Answer answer = client().get(path);

        assertThat(answer.status()).isEqualTo(404);
        assertIsolated(answer);
    }

    private static void assertIsolated(Answer answer) {
        assertThat(answer.header("Content-Security-Policy")).isEqualTo("default-src 'none'; sandbox");
        assertThat(answer.header("Cross-Origin-Resource-Policy")).isEqualTo("cross-origin");
        assertThat(answer.header("X-Content-Type-Options")).isEqualTo("nosniff");
    }
}
