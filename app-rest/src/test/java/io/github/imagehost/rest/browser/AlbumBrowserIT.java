package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import io.github.imagehost.rest.browser.Visitor.Screen;
import io.github.imagehost.rest.testing.Answer;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Albums are made, filled, put into an order, shown to others and deleted. */
@Tag("deep")
class AlbumBrowserIT extends BrowserTest {

    private static final String TILES = ".tile";

    @Test
    void fivePicturesMakeAnAlbumThatIsOrderedByKeysAndSharedForADay() throws Exception {
        Visitor visitor = visitor();
        visitor.has(8, 200);
        visitor.open("#/");
        select(visitor, 5);
        visitor.button("Put into album").click();
        visitor.page().getByLabel("Name of a new album").fill("Holidays");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find(".toast")).containsText("5 pictures are in “Holidays”.");
        assertThat(visitor.find(".selection-bar")).hasCount(0);

        visitor.find(".places").getByText("Albums").click();
        assertThat(visitor.find(".albums li")).containsText("5 pictures");
        assertThat(visitor.find(".albums .cover img")).hasJSProperty("complete", true);
        visitor.find(".album-face").click();
        assertThat(visitor.find(".album-head h1")).hasText("Holidays");
        assertThat(visitor.find("#gallery-title")).hasText("5 pictures");
        visitor.button("Settings").click();
        visitor.find("dialog").getByLabel("Order").selectOption("manual");
        visitor.button("Save").click();
        assertThat(visitor.find(".album-facts")).containsText("In my own order");

        awaitOrder(visitor, 1, 2, 3, 4, 5);
        visitor.find("[data-place='0']").focus();
        visitor.page().keyboard().press("Alt+ArrowRight");
        awaitOrder(visitor, 2, 1, 3, 4, 5);
        assertThat(visitor.find(TILES + ":focus")).hasAttribute("aria-label", Pattern.compile("IMG_2201.*"));
        visitor.page().keyboard().press("Alt+End");
        awaitOrder(visitor, 2, 3, 4, 5, 1);
        awaitStored(visitor, 2, 3, 4, 5, 1);
        visitor.page().reload();
        awaitOrder(visitor, 2, 3, 4, 5, 1);

        visitor.button("Share").click();
        visitor.button("Share for a day").click();
        assertThat(visitor.find(".toast").last()).containsText("The link is copied");
        String link = visitor.clipboard();
        assertThat(visitor.find("dialog.share h2")).isInViewport();
        assertThat(visitor.find("dialog.share .links a").first()).isInViewport();
        assertThat(visitor.find("dialog.share .links a").first()).hasText(link);
        Answer page = Site.shared().client().get(pathOf(link), "Accept-Language", "en");
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).contains("Holidays", "IMG_2205.jpg").doesNotContain("IMG_2206.jpg");
        assertThat(Site.shared().client().get(pathOf(link) + "/feed").status()).isEqualTo(200);
        assertThat(visitor.find(".album-facts")).containsText("All with the link, until");

        visitor.button("Share no more").click();
        assertThat(visitor.find("dialog.share")).containsText("Only you see this album");
        assertThat(Site.shared().client().get(pathOf(link)).status()).isEqualTo(404);
    }

    @Test
    void onlyTheSharingEndsAndThatCanBeChanged() throws Exception {
        Visitor visitor = visitor();
        visitor.has(2, 200);
        openAlbum(visitor, "newest", 1, 2);
        visitor.button("Share").click();
        assertThat(visitor.find("dialog.share")).containsText("The album and its pictures stay.");

        visitor.button("Share for a day").click();
        assertThat(visitor.find("dialog.share .lead").first()).containsText("After that only you do.");
        awaitAlbum(
                visitor,
                "visibility === 'public' && hours(publicUntil) > 23 && hours(publicUntil) < 25"
                        + " && expiresAt === null");
        visitor.page().keyboard().press("Escape");
        visitor.button("Settings").click();
        visitor.find("dialog").getByLabel("Name").fill("Italien");
        visitor.button("Save").click();
        assertThat(visitor.find(".album-head h1")).hasText("Italien");
        awaitAlbum(visitor, "name === 'Italien' && hours(publicUntil) > 23");

        visitor.button("Share").click();
        visitor.button("Share without an end").click();
        assertThat(visitor.find("dialog.share .lead").first()).hasText("All with the link see this album.");
        assertThat(visitor.button("Share without an end")).hasCount(0);
        awaitAlbum(visitor, "visibility === 'public' && publicUntil === null");

        visitor.button("Share no more").click();
        visitor.page().getByLabel("Or for longer; sharing ends").selectOption("7d");
        visitor.find("dialog.share form button").click();
        assertThat(visitor.find("dialog.share .lead").first()).containsText("After that only you do.");
        awaitAlbum(visitor, "hours(publicUntil) > 6 * 24 && hours(publicUntil) < 8 * 24 && expiresAt === null");
    }

    @Test
    void anAlbumThatEndsItselfSaysSoWhereItIsShared() {
        Visitor visitor = visitor();
        openAlbum(visitor, "newest");
        visitor.button("Settings").click();
        visitor.find("dialog").getByLabel("Ends").selectOption("30d");
        visitor.button("Save").click();
        assertThat(visitor.find(".album-facts")).containsText("Only you · ends");

        visitor.button("Share").click();
        visitor.button("Share for a day").click();

        assertThat(visitor.find("dialog.share .lead").first()).containsText("The album itself ends");
        awaitAlbum(visitor, "publicUntil < expiresAt");
    }

    @Test
    void whatIsTakenOutOfAnAlbumStaysAndSoDoAllWhenItIsDeleted() {
        Visitor visitor = visitor();
        visitor.has(4, 200);
        openAlbum(visitor, "newest", 1, 2, 3, 4);
        select(visitor, 2);
        visitor.button("Remove from album").click();
        assertThat(visitor.find(".toast")).containsText("2 pictures are out of “Ferien”");
        assertThat(visitor.find("#gallery-title")).hasText("2 pictures");

        visitor.find("[data-place='1'] .pick").check();
        visitor.button("More").click();
        visitor.button("Make it the cover").click();
        assertThat(visitor.find(".toast").last()).containsText("stands for the album now");
        visitor.button("Select nothing").click();
        visitor.button("Settings").click();
        visitor.button("Delete the album").click();
        assertThat(visitor.find(".question")).containsText("No picture is deleted");
        visitor.find(".question .danger").click();

        assertThat(visitor.find(".notice")).containsText("There are no albums yet");
        assertThat(visitor.page()).hasURL(Pattern.compile(".*#/albums$"));
        visitor.find(".brand").click();
        assertThat(visitor.find(TILES)).hasCount(4);
    }

    @Test
    void aMousePullsPicturesToOtherPlacesAndOpensNone() {
        Visitor visitor = visitor();
        visitor.has(5, 200);
        openAlbum(visitor, "manual", 1, 2, 3, 4, 5);
        awaitOrder(visitor, 1, 2, 3, 4, 5);
        visitor.find("[data-place='0'] .pick").check();
        visitor.find("[data-place='2'] .pick").check();

        pull(visitor, visitor.find("[data-place='0']"), visitor.find("[data-place='3']"));

        awaitOrder(visitor, 2, 4, 1, 3, 5);
        assertThat(visitor.find(".viewer")).hasCount(0);
        assertThat(visitor.find(".drop-mark")).hasCount(0);
        awaitStored(visitor, 2, 4, 1, 3, 5);
    }

    @Test
    void onAPhoneButtonsMovePictures() {
        Visitor visitor = visitor(Screen.PHONE);
        visitor.has(3, 200);
        openAlbum(visitor, "manual", 1, 2, 3);
        awaitOrder(visitor, 1, 2, 3);
        visitor.button("Select").click();
        visitor.find("[data-place='2'] .face").click();

        for (String move : List.of("Move forward by one place", "Move to the start", "Move back by one place")) {
            visitor.button("More").click();
            visitor.button(move).click();
        }

        awaitOrder(visitor, 1, 3, 2);
        awaitStored(visitor, 1, 3, 2);
    }

    @Test
    void anOrderThatTheServiceDoesNotTakeIsNotShownForLong() {
        Visitor visitor = visitor();
        visitor.has(3, 200);
        openAlbum(visitor, "manual", 1, 2, 3);
        awaitOrder(visitor, 1, 2, 3);
        visitor.page()
                .route(
                        "**/api/albums/*/images",
                        route -> route.fulfill(new com.microsoft.playwright.Route.FulfillOptions()
                                .setStatus(403)
                                .setContentType("application/json")
                                .setBody("{\"success\":false,\"code\":\"forbidden\",\"message\":\"no\"}")));

        visitor.find("[data-place='2']").focus();
        visitor.page().keyboard().press("Alt+Home");

        assertThat(visitor.find(".toast")).containsText("This is not allowed.");
        awaitOrder(visitor, 1, 2, 3);
    }

    @Test
    void twoAlbumsOfOneNameAreRefusedWhereTheNameIsTyped() {
        Visitor visitor = visitor();
        openAlbum(visitor, "newest");
        assertThat(visitor.find(".notice")).containsText("This album is empty");
        visitor.page().navigate(Site.shared().page() + "#/albums");
        visitor.button("New album").click();
        visitor.find("dialog").getByLabel("Name").fill("FERIEN");
        visitor.button("Make").click();
        assertThat(visitor.find("dialog [role=alert]")).hasText("Another album has this name.");
        visitor.assertUsable("a name that is taken");
    }

    /** Makes an album of pictures that the visitor has, and opens it. */
    static void openAlbum(Visitor visitor, String order, int... numbers) {
        visitor.page().navigate(Site.shared().page());
        Object id = visitor.page().evaluate("""
                async ([order, names]) => {
                    const ask = async (method, path, json) => (await (await fetch('../api/' + path, { method,
                        headers: { 'Content-Type': 'application/json' }, body: json && JSON.stringify(json) })).json()).data;
                    const album = await ask('POST', 'albums', { name: 'Ferien', order });
                    const { images } = await ask('GET', 'images?limit=100');
                    const ids = names.map((name) => images.find(({ originalName }) => originalName === name).id);
                    if (ids.length > 0) {
                        await ask('PUT', `albums/${album.id}/images`, { ids });
                    }
                    return album.id;
                }""", List.of(order, names(numbers)));
        visitor.open("#/album/" + id);
        assertThat(visitor.find(".album-head h1")).hasText("Ferien");
    }

    private static List<String> names(int... numbers) {
        return java.util.Arrays.stream(numbers).mapToObj(Visitor::nameOf).toList();
    }

    /** Waits until the pictures are shown in this order. */
    private static void awaitOrder(Visitor visitor, int... numbers) {
        visitor.page().waitForFunction("""
                (names) => JSON.stringify([...document.querySelectorAll('.tile')]
                    .sort((one, other) => one.dataset.place - other.dataset.place)
                    .map((tile) => tile.querySelector('.caption').textContent)) === JSON.stringify(names)""", names(numbers));
    }

    /** Waits until the service knows this order. */
    private static void awaitStored(Visitor visitor, int... numbers) {
        visitor.page().waitForFunction("""
                async (names) => {
                    const get = async (path) => (await (await fetch('../api/' + path)).json()).data;
                    const { albums } = await get('albums');
                    const { images } = await get(`albums/${albums[0].id}/images?limit=100`);
                    return JSON.stringify(images.map(({ originalName }) => originalName)) === JSON.stringify(names);
                }""", names(numbers));
    }

    /** Waits until the service says this of the only album there is. */
    private static void awaitAlbum(Visitor visitor, String condition) {
        visitor.page().waitForFunction("""
                async () => {
                    const hours = (time) => (new Date(time) - Date.now()) / 3_600_000;
                    const { albums } = (await (await fetch('../api/albums')).json()).data;
                    const { name, visibility, publicUntil, expiresAt } = albums[0];
                    return %s;
                }""".formatted(condition));
    }

    /** Pulls one to the right half of another. */
    private static void pull(Visitor visitor, Locator tile, Locator goal) {
        BoundingBox from = tile.boundingBox();
        BoundingBox to = goal.boundingBox();
        visitor.page().mouse().move(from.x + from.width / 2, from.y + from.height / 2);
        visitor.page().mouse().down();
        visitor.page()
                .mouse()
                .move(
                        to.x + to.width * 0.8,
                        to.y + to.height / 2,
                        new com.microsoft.playwright.Mouse.MoveOptions().setSteps(5));
        assertThat(visitor.find(".drop-mark")).isVisible();
        visitor.page().mouse().up();
    }

    private static String pathOf(String link) {
        return java.net.URI.create(link).getPath();
    }
}
