package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which pages may show pictures. */
class HotlinkTest extends ServiceTest {

    private static final String STRANGER = "https://stranger.example/page";

    private String path;

    @Override
    protected Map<String, String> settings() {
        return Map.of("HOTLINK_ALLOW", "blog.example, *.wiki.example");
    }

    @BeforeEach
    void upload() throws Exception {
        path = Client.pathOf(
                client().put("a.png", Pictures.uniquePng()).data().get("url").asString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://blog.example/posts/1?a=b",
                "https://de.wiki.example/",
                "http://images.test/docs/",
                "http://127.0.0.1:3000/",
                "",
                " "
            })
    void somePagesMay(String referrer) throws Exception {
        Answer answer = client().get(path, "Referer", referrer);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Cache-Control")).startsWith("public");
        assertThat(answer.header("Vary")).contains("Referer");
    }

    @Test
    void whoTellsOfNoPageMay() throws Exception {
        Answer answer = client().get(path);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Vary")).contains("Referer");
        assertThat(client().get(path, "If-None-Match", answer.header("ETag")).header("Vary"))
                .contains("Referer");
    }

    @Test
    void othersMayNotWhateverTheyAskFor() throws Exception {
        for (String other :
                new String[] {path, path + "/thumb", path + "?w=100", path + "?download", "/i/nothing.png"}) {
            Answer refused = client().get(other, "Referer", STRANGER).isError(403, "hotlink_refused");
            assertThat(refused.header("Cache-Control")).isEqualTo("no-store");
            assertThat(refused.header("Vary")).contains("Referer");
            assertThat(refused.text()).doesNotContain("blog.example");
        }
        assertThat(client().get(path, "Referer", STRANGER, "Range", "bytes=0-1").status())
                .isEqualTo(403);
    }

    @Test
    void everythingElseIsAsItWas() throws Exception {
        assertThat(client().get("/health", "Referer", STRANGER).status()).isEqualTo(200);
        assertThat(client().get("/api/images", "Referer", STRANGER).header("Vary"))
                .doesNotContain("Referer");
    }
}
