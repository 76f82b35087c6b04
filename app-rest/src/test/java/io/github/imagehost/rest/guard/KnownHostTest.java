package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.ServiceTest;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KnownHostTest extends ServiceTest {

    @Override
    protected Map<String, String> settings() {
        return Map.of("PUBLIC_URL", "https://Images.Test:8443/pictures", "CORS_ORIGINS", "http://evil.example");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:3000",
                "127.0.0.1",
                "127.0.0.1:1",
                "[::1]",
                "[::1]:3000",
                "images.test",
                "images.test:8443",
                "images.test:"
            })
    void answersByItsNames(String host) throws Exception {
        assertThat(get("/api/images", host)).startsWith("HTTP/1.1 200").contains("\"success\":true");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "evil.example:3000",
                "localhost.evil.example",
                "evil.example.",
                "127.0.0.1.nip.io",
                "127.0.0.2",
                "0.0.0.0",
                "[::2]",
                "images.test.evil.example",
                "evil.images.test"
            })
    void refusesEveryOtherName(String host) throws Exception {
        for (String path : new String[] {"/api/images", "/health", "/", "/docs/index.html", "/i/a.png", "/nope"}) {
            assertRefused(get(path, host));
        }
    }

    @Test
    void aPageThatLeadsItsNameHereCanDoNothing() throws Exception {
        long id =
                client().upload("a.png", Pictures.uniquePng()).data().get("id").asLong();
        String origin = "Origin: http://evil.example\r\n";

        assertRefused(send("DELETE", "/api/images/" + id, "evil.example", origin));
        assertRefused(send("POST", "/api/upload", "evil.example", origin + "Content-Length: 1\r\n"));
        assertRefused(
                send("OPTIONS", "/api/images", "evil.example", origin + "Access-Control-Request-Method: PUT\r\n"));

        client().get("/api/images/" + id).isSuccess("操作成功");
    }

    @Test
    void theNameInARequestLineCountsAsWell() throws Exception {
        assertThat(get("http://evil.example/api/images", "localhost")).startsWith("HTTP/1.1 400");
        assertRefused(get("http://evil.example/api/images", "evil.example"));
    }

    @Test
    void programsThatNameNoHostAreNoBrowsers() throws Exception {
        assertThat(RawRequest.send(service().port(), "GET /health HTTP/1.0\r\n\r\n"))
                .startsWith("HTTP/1.1 200");
    }

    private static void assertRefused(String answer) {
        assertThat(answer)
                .startsWith("HTTP/1.1 421")
                .contains("\"success\":false", "\"code\":\"host_refused\"", "PUBLIC_URL")
                .doesNotContain("Access-Control-Allow-Origin", "images.test");
    }

    private String get(String target, String host) throws IOException {
        return send("GET", target, host, "");
    }

    private String send(String method, String target, String host, String headers) throws IOException {
        return RawRequest.send(
                service().port(),
                method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n" + headers + "\r\n");
    }
}
