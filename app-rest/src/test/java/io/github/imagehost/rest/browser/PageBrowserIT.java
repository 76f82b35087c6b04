package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page as a whole: everybody can use it, in his language, quickly, and nobody else gets anything from it. */
@Tag("deep")
class PageBrowserIT extends BrowserTest {

    @Test
    void whoeverIsNotLoggedInIsAskedWhoHeIs() {
        Visitor stranger = stranger(Site.shared(), Screen.DESKTOP);
        stranger.open("#/");
        assertThat(stranger.find(".login h1")).hasText("Log in");
        stranger.assertUsable("login");
    }

    @Test
    void whatFailsSaysSoAndIsTriedAgain() {
        Visitor visitor = visitor();
        visitor.has(2, 100);
        visitor.page().route("**/api/images?*", route -> route.abort());
        visitor.open("#/");
        assertThat(visitor.find(".notice")).containsText("The service can not be reached");
        visitor.assertUsable("failed");
        visitor.page().unroute("**/api/images?*");
        visitor.button("Try again").click();
        assertThat(visitor.find(".tile")).hasCount(2);
    }

    @Test
    void aPageThatIsOlderThanTheServiceSaysSo() {
        Visitor visitor = visitor().open("#/");
        visitor.page()
                .route(
                        "**/menu.js",
                        route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions().setStatus(404)));
        visitor.button("Menu").click();
        assertThat(visitor.find(".notice")).containsText("This page is older than the service");
        visitor.assertUsable("old page");
    }

    @Test
    void theLanguageChangesWhileUploadsGoOn() {
        Visitor visitor = visitor().open("#/");
        List<Runnable> held = new ArrayList<>();
        visitor.page().route("**/api/upload", route -> held.add(route::resume));
        var files = new ArrayList<>(pictures(1, 5));
        files.add(0, file("empty.png", ""));
        visitor.choose(files);
        visitor.page().waitForCondition(() -> held.size() == 2);

        visitor.find("#top button[lang]").click();
        assertThat(visitor.find("html")).hasAttribute("lang", "zh-CN");
        visitor.page().unroute("**/api/upload");
        held.forEach(Runnable::run);
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("完成 5 · 失败 1");
        String text = visitor.find("body").innerText();
        assertThat(text.lines()
                        .filter(line ->
                                line.matches(".*[a-z]{2,}\\.[a-z]{2,}.*") && !line.matches(".*(jpg|png|http).*")))
                .as("keys")
                .isEmpty();
        assertThat(text).doesNotContain("done", "failed", "Copy", "Choose", "pictures", "Any ");
        visitor.page().reload();
        assertThat(visitor.find("#gallery-title")).hasText("5 张图片");
    }

    @Test
    void nothingIsAskedElsewhereAndNothingKeptButSettings() {
        Visitor visitor = visitor();
        List<String> elsewhere = new ArrayList<>();
        visitor.page().onRequest(request -> {
            if (!request.url().startsWith("http://127.0.0.1:" + Site.shared().port())) {
                elsewhere.add(request.url());
            }
        });
        visitor.open("#/");
        visitor.choose(pictures(1, 2));
        visitor.awaitUploads();
        visitor.find(".queue-head select").first().selectOption("markdown");
        visitor.find(".tile .face").first().click();
        assertThat(visitor.find("img.shown")).isVisible();

        assertThat(elsewhere).isEmpty();
        assertThat(visitor.page().evaluate("() => Object.keys(localStorage)")).isEqualTo(List.of("imagehost"));
        assertThat(visitor.page().evaluate("() => Object.keys(JSON.parse(localStorage.imagehost)).sort()"))
                .isEqualTo(List.of("format", "keys", "language", "motion", "size", "template", "theme"));
        assertThat(visitor.page().evaluate("() => document.cookie")).isEqualTo("");
    }

    @Test
    void whatAnotherProgramSharesIsUploadedIfItIsMeantAndThePageOpensWithoutANetwork() {
        Visitor visitor = visitor(Screen.PHONE.thatInstalls()).open("#/");
        visitor.page().waitForFunction("() => navigator.serviceWorker.controller !== null");

        visitor.page().evaluate("""
                (bytes) => {
                    const content = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
                    const transfer = new DataTransfer();
                    transfer.items.add(new File([content], 'shared 图.jpg', { type: 'image/jpeg' }));
                    const form = document.createElement('form');
                    const field = document.createElement('input');
                    Object.assign(form, { method: 'post', enctype: 'multipart/form-data', action: 'shared' });
                    Object.assign(field, { type: 'file', name: 'image', files: transfer.files });
                    form.append(field);
                    document.body.append(form);
                    form.submit();
                }""", Base64.getEncoder().encodeToString(Landscapes.jpeg(1, 200)));
        assertThat(visitor.find(".question")).containsText("shared 图.jpg");
        assertThat(visitor.find(".queue-row")).hasCount(0);
        visitor.find(".question .primary").click();
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-row.done .row-name")).hasText("shared 图.jpg");
        assertThat(visitor.find(".tile")).hasCount(1);
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/app/#/$"));
        assertThat(visitor.page().evaluate("async () => (await caches.keys()).length"))
                .isEqualTo(1);

        visitor.context().setOffline(true);
        visitor.page().reload();
        assertThat(visitor.find(".notice")).containsText("The service can not be reached");
    }

    @Test
    void pagesMayBeSeenInTheOrderOfKeys() {
        Visitor visitor = visitor();
        visitor.has(2, 100);
        visitor.open("#/");
        visitor.page().keyboard().press("Tab");
        assertThat(visitor.find(":focus")).hasText("Skip to the content");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find("#main")).isFocused();
        assertThat(visitor.page()).hasURL(Pattern.compile(".*#/$"));
        visitor.page().keyboard().press("/");
        assertThat(visitor.find("#search")).isFocused();
    }
}
