package io.github.imagehost.rest.compat;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RawAnswer;
import io.github.imagehost.rest.testing.RawRequest;
import io.github.imagehost.rest.testing.RawUpload;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Spool;
import io.github.imagehost.rest.testing.StandardOutput;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Which protocols are spoken, and what is said in them by whoever is no controller. */
class ProtocolsTest {

    private static final String COMPAT = "io.github.imagehost.rest.compat.";

    /** A route of each, with what its answer to a wrong token looks like. */
    private static final Map<String, String> ROUTES = new TreeMap<>(Map.of(
            "lsky", "/api/v1/upload",
            "picgo", "/upload?key=imh_wrong",
            "easyimages", "/api/index.php",
            "chevereto", "/api/1/upload?key=imh_wrong"));

    @TempDir
    private Path directory;

    private static Answer post(Client client, String path, String... headers) throws Exception {
        return client.post(path, new Multipart().text("token", "imh_wrong"), headers);
    }

    @Test
    void eachIsThereUnlessItIsTurnedOff() throws Exception {
        for (Map.Entry<String, String> spoken : ROUTES.entrySet()) {
            Map<String, String> settings = Map.of("ACCESS", "token", "COMPAT", spoken.getKey(), "RATE_LIMIT_MAX", "1");
            try (RunningService service = RunningService.with(directory.resolve(spoken.getKey()), settings)) {
                for (Map.Entry<String, String> route : ROUTES.entrySet()) {
                    if (!route.equals(spoken)) {
                        Answer absent = post(service.client(), route.getValue());
                        if (absent.status() != 429) {
                            absent.isError(404, "not_found");
                        }
                    }
                }
                Answer own = post(service.client(), spoken.getValue(), "token", "imh_wrong");
                assertThat(own.text()).contains("访问令牌无效").doesNotContain("requestId");
            }
        }
    }

    @Test
    void noneIsThereIfNoneIsWanted() throws Exception {
        Map<String, String> settings = Map.of("ACCESS", "token", "COMPAT", "none");
        try (RunningService service = RunningService.with(directory, settings)) {
            Client client = service.client();
            for (String path : ROUTES.values()) {
                post(client, path).isError(404, "not_found");
                post(client, path, "token", "imh_wrong").isError(401, "token_invalid");
            }
            client.get("/heartbeat").isError(404, "not_found");
            client.get("/api/v1/images").isError(404, "not_found");
            client.postJson("/delete?key=imh_wrong", "{}").isError(404, "not_found");
            assertThat(declared(service)).isEmpty();
        }
    }

    @Test
    void otherMethodsAndPathsAreAnsweredAsEverywhere() throws Exception {
        try (RunningService service = RunningService.embedded(directory)) {
            Client client = service.client();
            for (String route : List.of(
                    "GET /api/v1/upload",
                    "PUT /api/v1/upload",
                    "GET /api/v1/tokens",
                    "POST /api/v1/profile",
                    "GET /api/v1/images/abc",
                    "POST /api/v1/albums",
                    "GET /upload",
                    "DELETE /upload",
                    "GET /delete",
                    "DELETE /heartbeat",
                    "GET /api/index.php",
                    "GET /api/1/upload",
                    "DELETE /api/1/upload")) {
                List<String> parts = Splitter.on(' ').splitToList(route);
                Answer answer = client.send(parts.get(0), parts.get(1), BodyPublishers.noBody());
                answer.isError(405, "method_not_allowed");
                assertThat(answer.header("Allow")).as(route).isNotEmpty();
            }
            for (String path : List.of("/api/v1", "/api/v1/nope", "/upload/", "/uploads", "/api/1/", "/api/2/upload")) {
                client.postJson(path, "{}").isError(404, "not_found");
            }
        }
    }

    /** What a filter does for the routes of a protocol it does for all that its controllers have. */
    @Test
    void everyRouteOfAControllerIsKnownToFilters() throws Exception {
        Map<String, String> settings = Map.of("ACCESS", "token", "BLOCK_FROM", "127.0.0.1");
        try (RunningService service = RunningService.with(directory, settings)) {
            for (String route : declared(service)) {
                List<String> parts = Splitter.on(' ').splitToList(route);
                Answer answer = service.client()
                        .send(parts.get(0), parts.get(1).replaceAll("\\{[a-z]+}", "1"), BodyPublishers.noBody());
                assertThat(answer.text()).as(route).contains("不接受来自此地址的请求").doesNotContain("requestId", "timestamp");
            }
            assertThat(declared(service)).hasSize(15);
        }
    }

    private static Set<String> declared(RunningService service) {
        Set<String> routes = new TreeSet<>();
        service.part(RequestMappingHandlerMapping.class).getHandlerMethods().forEach((mapping, method) -> {
            if (method.getBeanType().getName().startsWith(COMPAT)) {
                assertThat(method.hasMethodAnnotation(Requires.class)
                                || method.hasMethodAnnotation(OpenToEverybody.class))
                        .isTrue();
                mapping.getPatternValues()
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(verb -> routes.add(verb + " " + path)));
            }
        });
        return routes;
    }

    @Test
    void whatOtherFiltersRefuseIsToldInTheProtocol() throws Exception {
        Map<String, String> settings = Map.of("UPLOADS_MAX", "1", "MAX_FILE_SIZE", "1000");
        try (RunningService service = RunningService.with(directory, settings)) {
            for (String path : List.of("/api/v1/upload", "/upload", "/api/index.php", "/api/1/upload")) {
                RawAnswer host = raw(service, path, "Host: evil.example");
                assertThat(host.status()).isEqualTo(path.equals("/api/index.php") ? 200 : 421);
                assertThat(host.body()).contains("此服务只能以localhost").doesNotContain("requestId");

                RawAnswer site = raw(service, path, "Host: 127.0.0.1", "Origin: https://evil.example");
                assertThat(site.status()).isEqualTo(path.equals("/api/index.php") ? 200 : 403);
                assertThat(site.body()).contains("拒绝跨站请求").doesNotContain("requestId");

                RawAnswer english =
                        raw(service, path, "Host: 127.0.0.1", "Origin: https://evil.example", "Accept-Language: en");
                assertThat(english.body()).doesNotContainPattern("[\\u4e00-\\u9fff]");
            }
        }
    }

    private static RawAnswer raw(RunningService service, String path, String... headers) throws Exception {
        return RawAnswer.of(RawRequest.send(
                service.port(),
                "POST " + path + " HTTP/1.1\r\n" + String.join("\r\n", headers)
                        + "\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"));
    }

    @Test
    void obsidianMayAskAndUploadIfItsOriginIsAllowed() throws Exception {
        Map<String, String> settings = Map.of("ACCESS", "token", "CORS_ORIGINS", "app://obsidian.md");
        try (RunningService service = RunningService.with(directory, settings)) {
            for (String path : ROUTES.values()) {
                RawAnswer preflight = RawAnswer.of(RawRequest.send(
                        service.port(),
                        "OPTIONS " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
                                + "Origin: app://obsidian.md\r\nAccess-Control-Request-Method: POST\r\n"
                                + "Access-Control-Request-Headers: authorization\r\n\r\n"));
                assertThat(preflight.status()).as(path).isEqualTo(200);
                assertThat(preflight.head())
                        .contains("Access-Control-Allow-Origin: app://obsidian.md")
                        .contains("Access-Control-Allow-Headers: authorization");
                RawAnswer refused = raw(service, path, "Host: 127.0.0.1", "Origin: app://obsidian.md");
                assertThat(refused.head()).contains("Access-Control-Allow-Origin: app://obsidian.md");
            }
        }
    }

    /** EasyImages has one status for everything. */
    @Test
    void thatTheServiceIsAtFaultIsLoggedWhateverTheStatusSays() throws Exception {
        Map<String, String> settings = Map.of("UPLOADS_MAX", "1", "MAX_FILE_SIZE", "9000000");
        byte[] picture = Pictures.jpegOfSize(9_000_000);
        String log = StandardOutput.during(() -> {
            try (RunningService service = RunningService.with(directory, settings);
                    RawUpload upload = RawUpload.begin(service.port(), picture)) {
                upload.send(picture.length - 1000);
                Spool.in(directory).await(1);

                Answer refused = service.client()
                        .post("/api/index.php", new Multipart().file("image", "a.png", Pictures.uniquePng()));

                assertThat(refused.status()).isEqualTo(200);
                assertThat(refused.json().get("code").asInt()).isEqualTo(201);
            }
        });

        assertThat(log).contains("was answered with 200 too_many_uploads");
    }

    /** It stands in addresses and in forms, but in no log. */
    @Test
    void aTokenIsInNoLog() throws Exception {
        Path log = directory.resolve("access.log");
        Map<String, String> settings = Map.of("ACCESS", "token", "ACCESS_LOG", log.toString());
        String wrong = "imh_" + "a".repeat(38);
        try (RunningService service = RunningService.with(directory.resolve("data"), settings)) {
            for (String path : List.of("/upload?key=", "/upload?secret=", "/delete?key=", "/api/1/upload?x=1&key=")) {
                Answer answer = service.client().post(path + wrong, new Multipart());
                assertThat(answer.status()).isEqualTo(401);
                assertThat(answer.text()).doesNotContain(wrong);
            }
            service.client().post("/api/index.php", new Multipart().text("token", wrong));
        }
        String lines = Files.readString(log);
        assertThat(lines).doesNotContain(wrong, "imh_", "key=", "secret=");
        Matcher paths =
                Pattern.compile("\"path\":\"([^\"]*)\",\"query\":\"([^\"]*)\"").matcher(lines);
        assertThat(paths.results().map(found -> found.group(1) + "?" + found.group(2)))
                .containsExactly("/upload?***", "/upload?***", "/delete?***", "/api/1/upload?***&***");
    }
}
