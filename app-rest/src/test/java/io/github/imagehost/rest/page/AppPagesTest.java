package io.github.imagehost.rest.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class AppPagesTest extends ServiceTest {

    private static final Pattern FILE = Pattern.compile("(?:href|src)=\"(([0-9a-f]{16})/[^\"]+)\"");

    @Override
    protected Map<String, String> settings() {
        return Map.of("ACCESS", "token");
    }

    @Test
    void everybodyIsLedToThePage() throws Exception {
        for (String path : List.of("/", "/app")) {
            Answer home = client().get(path);
            assertThat(home.status()).isEqualTo(302);
            assertThat(home.header("Location")).isIn("app/", "/app/");
        }
        Answer page = client().get("/app/");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).isEqualTo("text/html;charset=UTF-8");
    }

    @Test
    void withoutScriptsThePageSaysWhatToDo() throws Exception {
        String page = client().get("/app/").text();

        assertThat(page).containsPattern("(?s)<noscript>.*JavaScript.*href=\"../docs/index.html\".*</noscript>");
        assertThat(client().get("/docs/index.html").status()).isEqualTo(200);
    }

    @Test
    void whatThePageNamesIsThereForEver() throws Exception {
        Matcher file = FILE.matcher(client().get("/app/").text());
        int files = 0;
        while (file.find()) {
            Answer answer = client().get("/app/" + file.group(1));
            assertThat(answer.status()).as(file.group(1)).isEqualTo(200);
            assertThat(answer.header("Cache-Control")).isEqualTo("max-age=31536000, public, immutable");
            files++;
        }
        assertThat(files).isGreaterThan(10);
    }

    @Test
    void modulesAndStylesHaveTheTypesThatBrowsersInsistOn() throws Exception {
        Map.of("main.js", "text/javascript", "style.css", "text/css", "icons/icon.svg", "image/svg+xml")
                .forEach((name, type) ->
                        assertThat(get(name).header("Content-Type")).as(name).startsWith(type));
    }

    @Test
    void anotherBuildIsNotThere() throws Exception {
        client().get("/app/0123456789abcdef/main.js").isError(404, "not_found");
        client().get("/app/main.js").isError(404, "not_found");
        client().get("/app/" + build() + "/nope.js").isError(404, "not_found");
        assertThat(client().get("/app/" + build() + "/../../openapi.json").status())
                .isNotEqualTo(200);
    }

    @Test
    void thePageItselfIsAskedForEachTimeAndSentOnce() throws Exception {
        Answer page = client().get("/app/");

        Answer again = client().get("/app/", "If-None-Match", page.header("ETag"));

        assertThat(page.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(again.status()).isEqualTo(304);
    }

    @Test
    void thePageCanBeInstalled() throws Exception {
        Answer worker = client().get("/app/service-worker.js");
        assertThat(worker.status()).isEqualTo(200);
        assertThat(worker.header("Content-Type")).startsWith("text/javascript");
        assertThat(worker.header("Cache-Control")).isEqualTo("no-cache");
        assertThat(worker.text()).contains("imagehost-" + build());
        Answer manifest = get("manifest.webmanifest");
        assertThat(manifest.status()).isEqualTo(200);
        for (JsonNode icon : manifest.json().get("icons")) {
            assertThat(get(icon.get("src").asString()).status()).isEqualTo(200);
        }
    }

    @Test
    void whatIsLargeIsSentCompressed() throws Exception {
        for (String path : List.of("/app/", "/app/" + build() + "/main.js", "/app/" + build() + "/style.css")) {
            Answer answer = client().get(path, "Accept-Encoding", "gzip");
            assertThat(answer.header("Content-Encoding")).as(path).isEqualTo("gzip");
            assertThat(answer.header("Vary")).as(path).containsIgnoringCase("accept-encoding");
        }
    }

    @Test
    void nothingMayRunOrBeLoadedButWhatIsOurs() throws Exception {
        String policy = client().get("/app/").header("Content-Security-Policy");

        assertThat(policy)
                .startsWith("default-src 'none';connect-src 'self';img-src 'self' data:;")
                .contains("script-src 'self';", "frame-ancestors 'none';", "require-trusted-types-for 'script';")
                .doesNotContain("unsafe", "https:", "*");
        assertThat(get("main.js").header("Content-Security-Policy")).isEqualTo(policy);
    }

    private String build() throws Exception {
        Matcher file = FILE.matcher(client().get("/app/").text());
        assertThat(file.find()).isTrue();
        return file.group(2);
    }

    private Answer get(String name) {
        try {
            return client().get("/app/" + build() + "/" + name);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
