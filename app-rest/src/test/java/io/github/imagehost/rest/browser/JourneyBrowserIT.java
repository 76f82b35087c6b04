package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Keyboard;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.KeyboardModifier;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * All that somebody does on the first day, in one go: upload, copy links, find a picture again, make an album of some,
 * share it, delete pictures and think better of it. By a mouse, by keys alone, and by a thumb.
 */
class JourneyBrowserIT extends BrowserTest {

    private static final String TILES = ".tile";
    private static final int GOOD = 27;

    /** The picture that is looked for, which is not the newest. */
    private static final int WANTED = 13;

    private static final Pattern NUMBER = Pattern.compile("\\d+");

    @Test
    void byAMouse() throws Exception {
        Visitor visitor = visitor().open("#/");

        visitor.drop("body", thirtyFiles());
        visitor.awaitUploads();
        assertThat(visitor.find(".queue-summary strong")).hasText("27 done · 3 failed");
        visitor.find(".queue-head select").first().selectOption("markdown");
        Locator copyAll = visitor.find(".queue-head .primary");
        int links = numberIn(copyAll);
        copyAll.click();
        assertCopied(visitor, links);

        visitor.drop("form.search", List.of(picture("as it is called at home.jpg", WANTED)));
        assertFound(visitor);
        visitor.button("Show all pictures").click();
        assertThat(visitor.find(TILES)).hasCount(GOOD);

        tile(visitor, 0).locator(".pick").click();
        tile(visitor, 3).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.SHIFT)));
        tile(visitor, 5).click(new Locator.ClickOptions().setModifiers(List.of(KeyboardModifier.CONTROL)));
        assertThat(visitor.find(".selection-bar")).containsText("5 selected");
        visitor.button("Put into album").click();
        visitor.page().getByLabel("Name of a new album").click();
        visitor.page().keyboard().type("Holidays");
        visitor.button("Make").click();
        visitor.button("Show the album").click();
        assertThat(visitor.find(".album-head h1")).hasText("Holidays");
        assertThat(visitor.find(".album-head h1")).isInViewport();
        visitor.button("Share").click();
        visitor.button("Share for a day").click();
        String album = copiedLinkOfTheAlbum(visitor);
        visitor.find("dialog").getByLabel("Close").first().click();

        visitor.find(".places").getByText("Images").click();
        assertThat(visitor.find(TILES)).hasCount(GOOD);
        tile(visitor, 1).locator(".pick").click();
        tile(visitor, 2).click();
        visitor.find(".selection-bar .danger").click();
        assertThat(visitor.find(TILES)).hasCount(GOOD - 2);
        visitor.button("Undo").click();

        assertAllIsThere(visitor, album);
    }

    @Test
    void byKeysAlone() throws Exception {
        Visitor visitor = thatIsAskedForFiles(visitor()).open("#/");
        Keyboard keys = visitor.page().keyboard();
        keys.press("?");
        assertThat(visitor.find("dialog.help")).containsText("Find a picture by its file");
        keys.press("Escape");
        assertThat(visitor.find("dialog")).hasCount(0);

        visitor.page()
                .waitForFileChooser(() -> keys.press("u"))
                .setFiles(thirtyFiles().toArray(FilePayload[]::new));
        visitor.awaitUploads();
        keys.press("l");
        keys.type("Mark");
        tabTo(visitor, ".queue-head .primary", 2);
        int links = numberIn(visitor.find(".queue-head .primary"));
        keys.press("Enter");
        assertCopied(visitor, links);
        visitor.page().evaluate("() => navigator.clipboard.writeText('')");
        keys.press("c");
        assertCopied(visitor, links);

        visitor.page()
                .waitForFileChooser(() -> keys.press("f"))
                .setFiles(picture("as it is called at home.jpg", WANTED));
        assertFound(visitor);
        assertThat(visitor.find(TILES)).isFocused();
        keys.press("h");
        assertThat(visitor.find(TILES)).hasCount(GOOD);
        assertThat(tile(visitor, 0)).isFocused();

        keys.press("Space");
        for (int more = 1; more < 5; more++) {
            keys.press("Shift+ArrowRight");
        }
        assertThat(visitor.find(".selection-bar")).containsText("5 selected");
        keys.press("a");
        tabTo(visitor, "dialog input[name=name]", 1);
        keys.type("Holidays");
        keys.press("Enter");
        assertThat(visitor.find(".selection-bar")).hasCount(0);
        assertThat(tile(visitor, 4)).isFocused();
        keys.press("b");
        tabTo(visitor, ".album-face", 2);
        keys.press("Enter");
        assertThat(visitor.find(".album-head h1")).hasText("Holidays");
        assertThat(visitor.find(".album-head h1")).isInViewport();
        tabTo(visitor, ".album-head .primary", 3);
        keys.press("Enter");
        tabTo(visitor, "dialog.share .primary", 1);
        keys.press("Enter");
        String album = copiedLinkOfTheAlbum(visitor);
        keys.press("Escape");
        assertThat(visitor.find(".album-head .primary")).isFocused();

        keys.press("h");
        assertThat(visitor.find(TILES)).hasCount(GOOD);
        assertThat(tile(visitor, 0)).isFocused();
        keys.press("ArrowRight");
        keys.press("Shift+ArrowRight");
        keys.press("Delete");
        assertThat(visitor.find(TILES)).hasCount(GOOD - 2);
        keys.press("Control+Z");
        assertThat(visitor.find(TILES)).hasCount(GOOD);
        assertThat(tile(visitor, 1)).isFocused();

        assertAllIsThere(visitor, album);
    }

    @Test
    void byAThumb() throws Exception {
        Visitor visitor = thatIsAskedForFiles(visitor(Screen.PHONE)).open("#/");

        visitor.page()
                .waitForFileChooser(() -> visitor.find(".panel .primary").tap())
                .setFiles(thirtyFiles().toArray(FilePayload[]::new));
        visitor.awaitUploads();
        visitor.find(".queue-head select").first().selectOption("markdown");
        int links = numberIn(visitor.find(".queue-head .primary"));
        visitor.find(".queue-head .primary").tap();
        assertCopied(visitor, links);

        visitor.page()
                .waitForFileChooser(
                        () -> visitor.button("Find a picture by its file").tap())
                .setFiles(picture("as it is called at home.jpg", WANTED));
        assertFound(visitor);
        visitor.button("Show all pictures").tap();
        assertThat(visitor.find(TILES)).hasCount(GOOD);

        visitor.find(".tools").getByText("Select").tap();
        for (int place = 0; place < 5; place++) {
            tile(visitor, place).tap();
        }
        assertThat(visitor.find(".selection-bar")).containsText("5 selected");
        visitor.button("More").tap();
        visitor.button("Put into album").tap();
        visitor.page().getByLabel("Name of a new album").tap();
        visitor.page().keyboard().type("Holidays");
        visitor.button("Make").tap();
        visitor.button("Show the album").tap();
        assertThat(visitor.find(".album-head h1")).hasText("Holidays");
        assertThat(visitor.find(".album-head h1")).isInViewport();
        visitor.button("Share").tap();
        visitor.button("Share for a day").tap();
        String album = copiedLinkOfTheAlbum(visitor);
        visitor.find("dialog").getByLabel("Close").first().tap();

        visitor.find(".bottom").getByText("Images").tap();
        assertThat(visitor.find(TILES)).hasCount(GOOD);
        visitor.find(".tools").getByText("Select").tap();
        tile(visitor, 1).tap();
        tile(visitor, 2).tap();
        visitor.find(".selection-bar .danger").tap();
        assertThat(visitor.find(TILES)).hasCount(GOOD - 2);
        assertThat(visitor.find(".tools").getByText("Select")).hasAttribute("aria-pressed", "false");
        visitor.button("Undo").tap();

        assertAllIsThere(visitor, album);
    }

    /** A browser has to be told before something is pressed that it shows no dialog of its system. */
    private static Visitor thatIsAskedForFiles(Visitor visitor) {
        visitor.page().onFileChooser(chooser -> {});
        return visitor;
    }

    /** Those of a drop of which three are no pictures, or are broken. */
    private static List<FilePayload> thirtyFiles() {
        List<FilePayload> files = new ArrayList<>(pictures(1, GOOD));
        byte[] whole = files.get(0).buffer;
        files.add(3, file("empty.png", ""));
        files.add(11, file("page.png", "<html>no picture</html>"));
        files.add(new FilePayload("half.jpg", "image/jpeg", Arrays.copyOf(whole, whole.length / 2)));
        return files;
    }

    private static Locator tile(Visitor visitor, int place) {
        return visitor.find("[data-place='" + place + "']");
    }

    private static int numberIn(Locator locator) {
        var number = NUMBER.matcher(locator.textContent());
        assertThat(number.find()).isTrue();
        return Integer.parseInt(number.group());
    }

    /** As many Markdown links are in the clipboard, in the order of the drop. */
    private static void assertCopied(Visitor visitor, int links) {
        visitor.page().waitForFunction("async () => (await navigator.clipboard.readText()).includes('/i/')");
        assertThat(visitor.clipboard().lines())
                .hasSize(links)
                .hasSize(GOOD)
                .allMatch(
                        line -> line.matches("!\\[IMG\\\\_\\d+\\.jpg]\\(http://127\\.0\\.0\\.1:\\d+/i/[^)]+\\)"),
                        "Markdown")
                .isSorted();
    }

    private static void assertFound(Visitor visitor) {
        assertThat(visitor.find(TILES)).hasCount(1);
        assertThat(visitor.find(TILES)).hasAttribute("aria-label", Pattern.compile(Visitor.nameOf(WANTED) + ".*"));
    }

    private static String copiedLinkOfTheAlbum(Visitor visitor) {
        Locator shown = visitor.find("dialog.share .links a").first();
        assertThat(shown).isVisible();
        assertThat(visitor.clipboard()).isEqualTo(shown.textContent());
        return visitor.clipboard();
    }

    /** Comes where whoever uses keys wants to go, by Tab. */
    private static void tabTo(Visitor visitor, String selector, int most) {
        assertThat(visitor.find(selector)).isVisible();
        for (int press = 0; press < most && !hasFocus(visitor, selector); press++) {
            visitor.page().keyboard().press("Tab");
        }
        assertThat(hasFocus(visitor, selector)).as(selector + " within " + most).isTrue();
    }

    private static boolean hasFocus(Visitor visitor, String selector) {
        return visitor.page()
                .evaluate("(selector) => document.activeElement.matches(selector)", selector)
                .equals(true);
    }

    /** What the service has in the end, after somebody has left, who can't think better of anything any more. */
    private static void assertAllIsThere(Visitor visitor, String album) throws Exception {
        assertThat(visitor.find(TILES)).hasCount(GOOD);
        visitor.page().reload();
        assertThat(visitor.find("#gallery-title")).hasText("27 pictures");

        assertThat(visitor.takeRequests()).noneMatch(request -> request.startsWith("DELETE"));
        assertThat(visitor.page().evaluate("""
                async () => {
                    const ask = async (path) => (await (await fetch('../api/' + path)).json()).data;
                    const { images, pagination } = await ask('images?limit=100');
                    const { albums } = await ask('albums');
                    return {
                        names: images.map(({ originalName }) => originalName).sort(),
                        total: pagination.totalItems,
                        albums: albums.map(({ name, images, visibility, publicUntil, expiresAt, url }) => ({ name, images,
                            visibility, url, days: Math.round((Date.parse(publicUntil) - Date.now()) / 86_400_000),
                            ends: expiresAt !== null })),
                    };
                }"""))
                .isEqualTo(Map.of(
                        "names",
                        pictures(1, GOOD).stream().map(file -> file.name).toList(),
                        "total",
                        GOOD,
                        "albums",
                        List.of(Map.of(
                                "name",
                                "Holidays",
                                "images",
                                5,
                                "visibility",
                                "public",
                                "url",
                                album,
                                "days",
                                1,
                                "ends",
                                false))));
        var shown = Site.shared().client().get(java.net.URI.create(album).getPath());
        assertThat(shown.status()).isEqualTo(200);
        assertThat(Pattern.compile("IMG_\\d+\\.jpg")
                        .matcher(shown.text())
                        .results()
                        .map(match -> match.group())
                        .distinct())
                .hasSize(5);
    }
}
