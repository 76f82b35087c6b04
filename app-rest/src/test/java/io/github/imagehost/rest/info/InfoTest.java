package io.github.imagehost.rest.info;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.ServiceTest;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class InfoTest extends ServiceTest {

    private static final String ADMIN_TOKEN = "a-token-that-nobody-is-to-see-anywhere";

    @Override
    protected Map<String, String> settings() {
        return Map.ofEntries(
                Map.entry("ACCESS", "token"),
                Map.entry("ADMIN_TOKEN", ADMIN_TOKEN),
                Map.entry("PUBLIC_URL", "https://images.test/pictures/"),
                Map.entry("COMPAT", "picgo,lsky"),
                Map.entry("MAX_FILE_SIZE", "5000000"),
                Map.entry("ALLOWED_MIME_TYPES", "image/png,image/jpeg"),
                Map.entry("MAX_PIXELS", "1000000"),
                Map.entry("MAX_SIDE", "4000"),
                Map.entry("METADATA", "strip"),
                Map.entry("FETCH_URLS", "false"),
                Map.entry("GUEST_UPLOAD", "true"),
                Map.entry("GUEST_MAX_SIZE", "1000"),
                Map.entry("GUEST_TYPES", "image/png"),
                Map.entry("GUEST_RATE_LIMIT", "7"),
                Map.entry("TRANSFORM_PRESETS", "square=200x100-cover"),
                Map.entry("TRANSFORM_SIZES", "640,160"),
                Map.entry("TRANSFORM_KEY", "a-key-that-nobody-is-to-see"),
                Map.entry("IMAGE_ENGINE", "java"),
                Map.entry("RATE_LIMIT_MAX", "1000"),
                Map.entry("RATE_LIMIT_WINDOW", "1m"));
    }

    @Test
    void everybodyLearnsWhatTheServiceIsLike() throws Exception {
        JsonNode info = info().data();

        assertThat(Answer.names(info))
                .containsExactly(
                        "version",
                        "publicUrl",
                        "access",
                        "login",
                        "languages",
                        "protocols",
                        "uploads",
                        "requests",
                        "guests",
                        "variants",
                        "limitedImages",
                        "rateLimits");
        assertThat(info.get("publicUrl").asString()).isEqualTo("https://images.test/pictures");
        assertThat(info.get("access").asString()).isEqualTo("token");
        assertThat(info.get("login")).hasToString("[\"password\",\"token\",\"link\",\"invitation\"]");
        assertThat(info.get("languages")).hasToString("[\"zh\",\"en\"]");
        assertThat(info.get("protocols")).hasToString("[\"lsky\",\"picgo\"]");
        assertThat(info.get("uploads"))
                .hasToString("{\"maxFileSize\":5000000,\"mimeTypes\":[\"image/jpeg\",\"image/png\"],"
                        + "\"maxPixels\":1000000,\"maxSide\":4000,\"maxAnimationPixels\":1500000000,"
                        + "\"maxFrames\":5000,\"metadata\":\"strip\",\"fetchesUrls\":false}");
        assertThat(info.get("requests")).hasToString("{\"maxFiles\":10,\"maxDigests\":1000,\"maxIds\":100}");
        assertThat(info.get("guests"))
                .hasToString("{\"maxFileSize\":1000,\"mimeTypes\":[\"image/png\"],"
                        + "\"rateLimit\":{\"requests\":7,\"seconds\":3600}}");
        assertThat(info.at("/variants/presets"))
                .hasToString("[{\"name\":\"square\",\"width\":200,\"height\":100,\"fit\":\"cover\"},"
                        + "{\"name\":\"thumb\",\"width\":320,\"height\":320,\"fit\":\"inside\"}]");
        assertThat(info.at("/variants/sizes")).hasToString("[160,640]");
        assertThat(info.at("/variants/formats")).hasToString("[\"jpeg\",\"png\",\"webp\"]");
        assertThat(info.get("limitedImages").asBoolean()).isTrue();
        assertThat(info.at("/rateLimits/client")).hasToString("{\"requests\":1000,\"seconds\":60}");
        assertThat(info.at("/rateLimits/owner")).hasToString("{\"requests\":20000,\"seconds\":60}");
    }

    @Test
    void nothingSecretAndNoPathIsToldToAnybody() throws Exception {
        assertThat(info().text())
                .doesNotContain("nobody-is-to-see", dataDirectory().toString(), "127.0.0.1", "h2", "jdbc");
    }

    @Test
    void scriptsAskAgainOnlyWhetherItIsStillTheSame() throws Exception {
        Answer first = info();
        String tag = first.header("ETag");

        assertThat(first.header("Cache-Control")).isEqualTo("max-age=300, private");
        assertThat(first.header("Vary")).containsIgnoringCase("Accept-Language");
        assertThat(tag).startsWith("W/\"");
        Answer same = info("If-None-Match", tag);
        assertThat(same.status()).isEqualTo(304);
        assertThat(same.bytes()).isEmpty();
        assertThat(same.header("ETag")).isEqualTo(tag);
        assertThat(info("If-None-Match", "W/\"of-another-version\"").status()).isEqualTo(200);
        Answer english = info("If-None-Match", tag, "Accept-Language", "en");
        assertThat(english.isSuccess("OK").header("ETag")).isNotEqualTo(tag);
    }

    @Test
    void onOnesOwnMachineNothingIsLimited(@TempDir Path data) throws Exception {
        Map<String, String> local = Map.of("ACCESS", "local", "PUBLIC_URL", "http://localhost");
        try (RunningService service = RunningService.with(data, local)) {
            JsonNode info = service.client().get("/api/info").data();

            assertThat(info.get("access").asString()).isEqualTo("local");
            assertThat(info.get("guests").isNull()).isTrue();
            assertThat(info.get("rateLimits")).hasToString("{\"client\":null,\"owner\":null}");
            assertThat(info.at("/uploads/metadata").asString()).isEqualTo("strip-location");
            assertThat(info.at("/uploads/fetchesUrls").asBoolean()).isTrue();
        }
    }

    private Answer info(String... headers) throws Exception {
        return client().get("/api/info", headers);
    }
}
