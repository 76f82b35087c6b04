package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths that a filter might read otherwise than what it lets through to. */
class HostilePathsTest extends ServiceTest {

    private static final String LISTED = "\"images\":[";

    private static final String[] TO_THE_LIST = {
        "/api/images/",
        "//api/images",
        "/api//images",
        "/./api/images",
        "/api/./images",
        "/%61pi/images",
        "/%2561pi/images",
        "/API/images",
        "/api;x=1/images",
        "/api;/images",
        "/;x/api/images",
        "/api/images;x=1",
        "/api/images%3Bx",
        "/api%2fimages",
        "/api%5cimages",
        "/api\\images",
        "/i/../api/images",
        "/i/..;/api/images",
        "/i/..;x=1/api/images",
        "/i/.;/../api/images",
        "/i/%2e%2e/api/images",
        "/i/%2e%2e%2fapi/images",
        "/i/..%2fapi/images",
        "/i/..%5capi/images",
        "/i/..%5Capi%5Cimages",
        "/i/%252e%252e/api/images",
        "/i/%c0%ae%c0%ae/api/images",
        "/health/../api/images",
        "/health/..;/api/images",
        "/health;/../api/images",
        "/docs/..;/api/images",
        "/docs/%2e%2e/api/images",
        "/api/session/../images",
        "/api/session/..;/images",
        "/api/images%00",
        "/api/images%0a"
    };

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token", "RATE_LIMIT_MAX", "0");
    }

    /** So that each of them would be noticed. */
    @Test
    void whoHasACredentialGetsThereByTheOrdinaryPath() throws Exception {
        String token = new Accounts(service()).token(OwnerId.DEFAULT);

        assertThat(get(service(), "/api/images", "Authorization: Bearer " + token))
                .startsWith("HTTP/1.1 200")
                .contains(LISTED);
    }

    @Test
    void noWayToWriteAPathNeedsNoCredential() throws Exception {
        for (String path : TO_THE_LIST) {
            assertThat(get(service(), path))
                    .as(path)
                    .matches("(?s)HTTP/1.1 4(00|01|04) .*")
                    .doesNotContain(LISTED);
        }
    }

    /** From there, pictures may be seen, and nothing else. */
    @Test
    void noWayToWriteAPathIsForEveryAddress(@TempDir Path directory) throws Exception {
        try (RunningService service =
                RunningService.with(directory, Map.of("ACCESS", "open", "ALLOW_FROM", "192.0.2.0/24"))) {
            assertThat(get(service, "/api/images")).startsWith("HTTP/1.1 403").contains("address_refused");
            assertThat(get(service, "/i/nobody.png")).startsWith("HTTP/1.1 404");
            for (String path : TO_THE_LIST) {
                assertThat(get(service, path))
                        .as(path)
                        .matches("(?s)HTTP/1.1 4(00|03|04) .*")
                        .doesNotContain(LISTED);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/i/../secret.png",
                "/i/..%2fsecret.png",
                "/i/..%5csecret.png",
                "/i/..%5C..%5Csecret.png",
                "/i/%2e%2e/secret.png",
                "/i/%2e%2e%2fsecret.png",
                "/i/..;/secret.png",
                "/i/..;x/..;x/secret.png",
                "/i/%252e%252e%252fsecret.png",
                "/i/....//secret.png",
                "/i/secret.png%00.png",
                "/i/%2fetc%2fpasswd",
                "/i/C:%5csecret.png",
                "/i/%c0%ae%c0%ae%c0%afsecret.png",
                "/docs/..%5csecret.png",
                "/docs/%2e%2e/secret.png",
                "/docs/..;/secret.png"
            })
    void nothingOutsideOfTheStoreIsServed(String path) throws Exception {
        for (Path place : new Path[] {dataDirectory(), dataDirectory().resolve("images")}) {
            Files.writeString(place.resolve("secret.png"), "secret");
        }

        assertThat(get(service(), path)).matches("(?s)HTTP/1.1 4(00|04) .*").doesNotContain("secret\r", "root:");
    }

    private static String get(RunningService service, String path, String... headers) throws Exception {
        String lines = headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n";
        return RawRequest.send(
                service.port(),
                "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + lines + "Connection: close\r\n\r\n");
    }
}
