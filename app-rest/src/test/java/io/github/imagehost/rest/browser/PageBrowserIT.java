package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotScale;
import com.microsoft.playwright.options.ScreenshotType;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page as a whole: everybody can use it, in his language, quickly, and nobody else gets anything from it. */
class PageBrowserIT extends BrowserTest {

    @OnEveryScreen
    void everyStateCanBeUsedByEverybody(int width, int height, ColorScheme colours, String language) {
        Visitor visitor = visitor(Screen.of(width, height, colours, language));
        visitor.open("#/");
        check(visitor, "nothing there");
        visitor.page().keyboard().press("?");
        check(visitor, "help");
        visitor.page().keyboard().press("Escape");
        visitor.find(width < 640 ? "#bottom button[aria-haspopup]" : "#top button[aria-haspopup]")
                .click();
        check(visitor, "menu");
        visitor.page().keyboard().press("Escape");
        visitor.find(".panel button[aria-expanded]").first().click();
        check(visitor, "a link is asked for");

        var files = new ArrayList<>(pictures(1, 4));
        files.add(file("note.txt", "no picture"));
        visitor.choose(files);
        visitor.awaitUploads();
        visitor.find(".queue-head select").first().selectOption("own");
        check(visitor, "uploads");
        // so that no row of them is half below the bar on top
        visitor.find(".queue-head > button").last().click();
        assertThat(visitor.find(".queue-row")).hasCount(0);
        visitor.find(".tile").first().focus();
        visitor.page().keyboard().press("Space");
        assertThat(visitor.find(".selection-bar")).isVisible();
        check(visitor, "selection");
        visitor.page().keyboard().press("Escape");
        if (width < 640) {
            visitor.find(".tools button[aria-haspopup]").click();
            check(visitor, "filters");
        }
        visitor.find("select:has(option[value=choose])").last().selectOption("choose");
        check(visitor, "dates");
        visitor.page().keyboard().press("Escape");
        if (width < 640) {
            visitor.page().keyboard().press("Escape");
        }
        visitor.find(".tile").first().focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find("img.shown")).isVisible();
        check(visitor, "viewer");
        visitor.page().keyboard().press("i");
        check(visitor, "details");
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.find("dialog")).hasCount(0);
        visitor.page().evaluate("() => { location.hash = '#/images?search=nobody' }");
        assertThat(visitor.find(".notice")).isVisible();
        check(visitor, "nothing found");
        visitor.page().evaluate("() => { location.hash = '#/image/987654321' }");
        assertThat(visitor.find("dialog.viewer .notice")).isVisible();
        check(visitor, "no such picture");
    }

    /** For docs/page.md: they are in target/browser afterwards. */
    @ParameterizedTest
    @CsvSource({
        "gallery-light, 1280, 800, LIGHT, en",
        "gallery-dark, 1280, 800, DARK, zh-CN",
        "phone, 390, 844, LIGHT, en",
        "albums, 1280, 800, LIGHT, en",
        "statistics, 1280, 1000, LIGHT, en"
    })
    void picturesOfThePageAreMade(String name, int width, int height, ColorScheme colours, String language) {
        Visitor visitor = visitor(Screen.of(width, height, colours, language));
        visitor.has(40, 800);
        visitor.open("#/");
        if (name.equals("albums")) {
            openAlbums(visitor);
        } else if (name.equals("statistics")) {
            visitor.page().addInitScript(StatisticsBrowserIT.LONG_HISTORY);
            visitor.page().navigate(Site.shared().page() + "?#/statistics");
            assertThat(visitor.find(".columns rect").first()).isVisible();
        }
        visitor.page().waitForFunction("() => [...document.images].every((image) => image.complete)");

        byte[] picture = visitor.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(BrowserTest.PICTURES.resolve(name + ".jpg"))
                        .setType(ScreenshotType.JPEG)
                        .setQuality(70)
                        .setScale(ScreenshotScale.CSS));

        assertThat(picture.length).isBetween(20_000, 200_000);
    }

    /** Makes some albums of what is there, and looks at them. */
    private static void openAlbums(Visitor visitor) {
        visitor.page().evaluate("""
                async () => {
                    const send = async (method, path, json) => (await (await fetch('../api/' + path, { method,
                        headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) })).json()).data;
                    const { data } = await (await fetch('../api/images?limit=40')).json();
                    const ids = data.images.map(({ id }) => id);
                    const albums = [['Autumn in the hills', 'public'], ['Before sunrise', 'private'], ['For the calendar', 'private'],
                        ['Handbook', 'public'], ['Lakes', 'private'], ['Shown to the club', 'public'], ['Winter', 'private']];
                    for (const [place, [name, visibility]] of albums.entries()) {
                        const { id } = await send('POST', 'albums', { name, visibility });
                        await send('PUT', `albums/${id}/images`, { ids: ids.slice(place * 5, place * 5 + 3 + place) });
                    }
                }""");
        visitor.page().navigate(Site.shared().page() + "#/albums");
        assertThat(visitor.find(".albums .cover img")).hasCount(7);
    }

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
