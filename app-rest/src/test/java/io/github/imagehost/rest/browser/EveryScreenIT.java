package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.options.ColorScheme;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;

/** Every state of the page can be used by everybody, {@linkplain OnEveryScreen on every screen}. */
@Tag("deep")
class EveryScreenIT extends BrowserTest {

    private static final String TILES = ".tile";

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

    @OnEveryScreen
    void albumsCanBeUsedByEverybody(int width, int height, ColorScheme colours, String language) {
        Visitor visitor = visitor(Screen.of(width, height, colours, language));
        visitor.page().navigate(Site.shared().page() + "#/albums");
        assertThat(visitor.find(".notice")).isVisible();
        check(visitor, "no albums");
        visitor.find(".notice button").click();
        check(visitor, "a new album");
        visitor.page().keyboard().press("Escape");

        visitor.has(5, 200);
        AlbumBrowserIT.openAlbum(visitor, "manual", 1, 2, 3, 4);
        assertThat(visitor.find(TILES)).hasCount(4);
        check(visitor, "an album");
        select(visitor, 2);
        check(visitor, "selected in an album");
        visitor.find(".selection-bar [aria-haspopup]").click();
        check(visitor, "more");
        visitor.page().keyboard().press("Escape");
        visitor.page().keyboard().press("Escape");
        visitor.find(".album-head .primary").click();
        check(visitor, "not shared");
        visitor.find("dialog.share .primary").click();
        assertThat(visitor.find("dialog.share .links")).isVisible();
        check(visitor, "shared");
        visitor.page().keyboard().press("Escape");
        visitor.find(".album-head .buttons button").first().click();
        check(visitor, "settings");
        visitor.find("dialog .danger").click();
        check(visitor, "deleting is asked about");
        visitor.page().keyboard().press("Escape");
        visitor.page().keyboard().press("Escape");
        visitor.page().navigate(Site.shared().page() + "#/albums");
        assertThat(visitor.find(".albums .cover img")).hasJSProperty("complete", true);
        check(visitor, "albums");
        visitor.page().navigate(Site.shared().page() + "#/album/987654321");
        assertThat(visitor.find(".notice")).isVisible();
        check(visitor, "no such album");
    }

    @OnEveryScreen
    void filingCanBeUsedByEverybody(int width, int height, ColorScheme colours, String language) {
        Visitor visitor = visitor(Screen.of(width, height, colours, language));
        visitor.has(3, 200);
        visitor.open("#/");
        visitor.page().evaluate("""
                async () => {
                    const send = (method, path, json) => fetch('../api/' + path, { method,
                        headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) });
                    const { data } = await (await fetch('../api/images')).json();
                    const ids = data.images.map(({ id }) => id);
                    await send('PATCH', 'images/' + ids[0], { tags: ['cat', 'a tag of some more words than one'] });
                    const made = await (await send('POST', 'albums', { name: 'Ferien' })).json();
                    await send('PUT', `albums/${made.data.id}/images`, { ids });
                }""");
        visitor.find(".panel-buttons button").last().click();
        assertThat(visitor.find(".panel-options")).isVisible();
        visitor.find("#upload-tags").fill("one, two,");
        check(visitor, "options of uploads");
        visitor.find(".panel-options .chooser").click();
        assertThat(visitor.find(".options")).isVisible();
        check(visitor, "an album is chosen");
        visitor.page().keyboard().press("Escape");
        visitor.find(".panel-buttons button").last().click();

        boolean isPhone = width < 640;
        if (isPhone) {
            visitor.find(".tools [aria-haspopup]").click();
            check(visitor, "filters");
        }
        visitor.find(isPhone ? "dialog button.chooser" : ".tools button.chooser")
                .nth(1)
                .click();
        assertThat(visitor.find(".options")).containsText("cat");
        check(visitor, "a tag is chosen");
        visitor.page().keyboard().press("Escape");
        if (isPhone) {
            visitor.page().keyboard().press("Escape");
        }
        for (String what : List.of("path[d^='M3 4h8']", "path[d^='M6 11h12']")) {
            select(visitor, 2);
            if (isPhone) {
                visitor.find(".selection-bar [aria-haspopup]").click();
            }
            visitor.find((isPhone ? "dialog " : ".selection-bar ") + "button:has(" + what + ")")
                    .click();
            check(visitor, "tags, or visibility");
            visitor.page().keyboard().press("Escape");
            visitor.page().keyboard().press("Escape");
        }
        visitor.find(TILES).first().focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find("img.shown")).isVisible();
        visitor.page().keyboard().press("i");
        assertThat(visitor.find(".in-albums .chip")).hasText("Ferien");
        check(visitor, "details");
    }

    @OnEveryScreen
    void statisticsCanBeReadByEverybody(int width, int height, ColorScheme colours, String language) {
        Visitor administrator = stranger(Site.shared(), Screen.of(width, height, colours, language));
        administrator.logIn("1");
        administrator.page().addInitScript(StatisticsBrowserIT.LONG_HISTORY);
        administrator.open("#/statistics");
        assertThat(administrator.find(".figures div")).hasCount(5);
        assertThat(administrator.find(".columns rect").first()).isVisible();
        assertThat(administrator.find(".shares").last().locator("tbody tr")).hasCount(51);
        check(administrator, "everything");
        administrator.find(".tabs button").last().click();
        administrator.find("summary").click();
        assertThat(administrator.find(".figures div")).hasCount(2);
        check(administrator, "what is one's own");
    }
}
