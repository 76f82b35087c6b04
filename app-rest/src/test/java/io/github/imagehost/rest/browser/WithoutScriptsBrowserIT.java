package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.AriaRole;
import com.microsoft.playwright.options.RequestOptions;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is left for somebody whose browser runs no scripts. */
@Tag("deep")
class WithoutScriptsBrowserIT extends BrowserTest {

    private static final Screen SCREEN = Screen.DESKTOP.withoutScripts();

    @Test
    void thePageSaysWhatToDo() {
        Visitor visitor = stranger(Site.shared(), SCREEN);

        visitor.page().navigate(Site.shared().page());

        assertThat(visitor.find("noscript p[lang=en]")).isVisible();
        assertThat(visitor.find("noscript p[lang=zh-CN]")).isVisible();
        visitor.find("noscript p[lang=en] a").click();
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/docs/index\\.html$"));
    }

    @Test
    void aLinkToDeleteAsksAndDeletes() {
        Visitor owner = visitor();
        JsonNode uploaded = JsonMapper.shared()
                .readTree(owner.context()
                        .request()
                        .put(
                                Site.shared().page() + "../api/upload/cat.jpg",
                                RequestOptions.create().setData(Landscapes.jpeg(1, 100)))
                        .text())
                .get("data");
        String link = uploaded.get("deleteUrl").asString();
        String picture = uploaded.get("url").asString();
        Visitor stranger = stranger(Site.shared(), SCREEN);

        stranger.page().navigate(link);
        assertThat(stranger.find("body")).containsText("cat.jpg");
        assertThat(owner.context().request().get(picture).status()).isEqualTo(200);
        stranger.page().getByRole(AriaRole.BUTTON).click();

        assertThat(stranger.find("form")).hasCount(0);
        assertThat(stranger.page().url()).isEqualTo(link);
        assertThat(owner.context().request().get(picture).status()).isEqualTo(404);
    }
}
