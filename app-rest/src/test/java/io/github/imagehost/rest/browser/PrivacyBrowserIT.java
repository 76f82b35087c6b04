package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.RequestOptions;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Role;
import io.github.imagehost.rest.browser.Visitor.Screen;
import io.github.imagehost.rest.testing.Accounts;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is not for others is nowhere where they could find it, and what is over is nowhere at all. */
@Tag("deep")
class PrivacyBrowserIT extends BrowserTest {

    private static final int LONG_ENOUGH_TO_BE_SEEN_SECONDS = 10;

    /** Whether the browser has an answer that it could give without asking the service, to scripts or for pictures. */
    private static final String IS_KEPT = """
            async ([path, acceptOfPictures]) => {
                for (const Accept of ['*/*', acceptOfPictures]) {
                    const answer = fetch(path, { cache: 'only-if-cached', mode: 'same-origin', headers: { Accept } });
                    if (await answer.then(({ ok }) => ok, () => false)) {
                        return true;
                    }
                }
                return false;
            }""";

    /**
     * Asks for a link again and again until it is refused: when it was asked for the last time of those that were
     * answered, when the refusal was there, and what it said.
     */
    private static final String UNTIL_IT_ENDS = """
            async (url) => {
                for (let asked = 0, before = Date.now(); ; asked = before, before = Date.now()) {
                    const { status } = await fetch(url, { cache: 'no-store' });
                    if (status !== 200) {
                        return { status, asked, refused: Date.now() };
                    }
                }
            }""";

    @Test
    void aPictureThatBecomesPrivateIsNotThereForAnotherOwnerOrAGuest() {
        Visitor owner = visitor();
        owner.has(1, 200);
        JsonNode picture = onlyPicture(owner);
        String address = address(picture);
        Visitor other = visitor().open("#/");
        Visitor guest = stranger(Site.shared(), Screen.DESKTOP);
        for (Visitor visitor : List.of(other, guest)) {
            Page tab = visitor.context().newPage();
            assertThat(tab.navigate(address).status()).isEqualTo(200);
        }

        change(owner, picture, Map.of("visibility", "private"));

        for (Visitor visitor : List.of(other, guest)) {
            Page tab = visitor.context().pages().get(1);
            assertThat(reloaded(tab).status()).as("in an old tab").isEqualTo(404);
            for (String form : List.of("", "/thumb", "?w=640&h=640", "?download")) {
                assertThat(visitor.context().request().get(address + form).status())
                        .as(form)
                        .isEqualTo(404);
            }
            tab.close();
        }
        other.open("#/");
        assertThat(other.find(".panel.alone")).isVisible();
        for (String what : List.of(text(picture, "fileHash"), text(picture, "filename"), address)) {
            other.open("#/images?search=" + what);
            assertThat(other.find(".notice")).containsText("Nothing found");
        }
        other.open("#/image/" + picture.get("id").asLong());
        assertThat(other.find("dialog.viewer .notice")).containsText("This picture is no longer there");
        guest.open("#/image/" + picture.get("id").asLong());
        assertThat(guest.find(".login h1")).isVisible();
        assertThat(guest.find(".tile, dialog")).hasCount(0);

        // whether somebody else has it is told to nobody, not even to him who has it, too
        other.open("#/");
        other.choose(List.of(new FilePayload("mine.jpg", "image/jpeg", Landscapes.jpeg(1, 200))));
        other.awaitUploads();
        assertThat(other.find(".queue-row.done .tag")).hasCount(0);
        assertThat(other.context().request().get(address).status()).isEqualTo(404);
    }

    @Test
    void whatWasDeletedElsewhereIsGoneInAWindowThatShowsIt() {
        Visitor owner = visitor();
        owner.has(2, 200);
        owner.open("#/");
        owner.find(".tile .face").first().click();
        assertThat(owner.find("img.shown")).isVisible();
        JsonNode newest = pictures(owner).get(0);

        assertThat(owner.context()
                        .request()
                        .delete(Site.shared().page() + "../api/images/"
                                + newest.get("id").asLong())
                        .status())
                .isEqualTo(200);
        owner.page().reload();

        assertThat(owner.find("dialog.viewer .notice")).containsText("This picture is no longer there");
        owner.button("Back to the pictures").click();
        assertThat(owner.find(".tile")).hasCount(1);
        assertThat(owner.context().request().get(address(newest) + "/thumb").status())
                .isEqualTo(404);
    }

    @Test
    void afterALogOutTheBrowserHasNothingThatIsNotForEverybody() {
        Visitor owner = visitor(Screen.DESKTOP.thatInstalls());
        owner.has(2, 700);
        JsonNode hidden = pictures(owner).get(0);
        JsonNode open = pictures(owner).get(1);
        change(owner, hidden, Map.of("visibility", "private"));
        owner.open("#/");
        owner.page().waitForFunction("() => navigator.serviceWorker.controller !== null");
        Request picture = owner.page()
                .waitForRequest(
                        request -> request.resourceType().equals("image")
                                && request.url().contains("/i/"),
                        () -> owner.page().reload());
        // differs from version to version, and what is kept is only found with the same
        String accept = Objects.requireNonNull(picture.headerValue("accept"));
        owner.find(".tile .face").first().click();
        assertThat(owner.find("img.shown")).hasJSProperty("complete", true);
        owner.page().keyboard().press("Escape");
        owner.page().waitForFunction("""
                () => document.images.length === 2
                    && [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)""");
        Object shown = owner.page().evaluate("""
                (filename) => [...document.images].find(({ src }) => src.includes(filename)).src""", text(open, "filename"));
        List<String> calls = List.of("/api/images", "/api/me", "/api/statistics", "/api/tokens");
        for (String call : calls) {
            // as by a program, or by somebody who types it into the bar
            owner.page().evaluate("async (path) => (await fetch(path)).text()", call);
        }

        owner.button("Menu").click();
        owner.button("Log out").click();
        assertThat(owner.find(".login h1")).isVisible();

        assertThat(owner.page().evaluate(IS_KEPT, List.of(shown, accept)))
                .as("what is for everybody")
                .isEqualTo(true);
        for (String form : List.of("", "/thumb", "?w=640&h=640", "?w=1280&h=1280")) {
            assertThat(owner.page().evaluate(IS_KEPT, List.of("/i/" + text(hidden, "filename") + form, accept)))
                    .as(form)
                    .isEqualTo(false);
        }
        for (String call : calls) {
            assertThat(owner.page().evaluate(IS_KEPT, List.of(call, accept)))
                    .as(call)
                    .isEqualTo(false);
        }
        List<?> kept = (List<?>) owner.page().evaluate("""
                async () => (await Promise.all((await caches.keys()).map(async (name) =>
                    (await (await caches.open(name)).keys()).map(({ url }) => new URL(url).pathname)))).flat()""");
        assertThat(kept)
                .isNotEmpty()
                .allSatisfy(file -> assertThat(String.valueOf(file)).startsWith("/app/"));
    }

    @Test
    void aLinkThatEndsDiesOnTimeAndSoDoesThePicture(@TempDir Path directory) throws Exception {
        try (RunningService service = RunningService.with(directory, Map.of("ACCESS", "token"))) {
            String page = "http://127.0.0.1:" + service.port() + "/app/";
            Accounts accounts = new Accounts(service);
            OwnerId owner = accounts.add(Role.USER).id();
            String[] token = {"Authorization", "Bearer " + accounts.token(owner)};
            JsonNode picture = service.client()
                    .put("cat.jpg?visibility=private", Landscapes.jpeg(1, 200), token)
                    .data();
            Visitor visitor = stranger(Site.shared(), Screen.DESKTOP).at(page).open("#/login/" + accounts.link(owner));
            assertThat(visitor.find(".tile")).hasCount(1);
            // links end with a second
            Instant end = Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(LONG_ENOUGH_TO_BE_SEEN_SECONDS);
            // people have to let it be seen for a minute at least
            service.part(ImageHost.class)
                    .change(owner, picture.get("id").asLong(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
            // the service is called otherwise in its tests
            String link = service.client()
                    .postJson("/api/images/" + picture.get("id").asLong() + "/links", "{}", token)
                    .json()
                    .at("/data/url")
                    .asString()
                    .replaceFirst("^\\w+://[^/]*", "http://127.0.0.1:" + service.port());
            Visitor guest = stranger(Site.shared(), Screen.DESKTOP);
            Page tab = guest.context().newPage();
            assertThat(tab.navigate(link).status()).isEqualTo(200);
            guest.page().navigate(page);

            Map<?, ?> seen = (Map<?, ?>) guest.page().evaluate(UNTIL_IT_ENDS, link);

            assertThat(seen.get("status")).isEqualTo(404);
            assertThat(millis(seen, "asked")).as("the last answer").isLessThanOrEqualTo(end.toEpochMilli());
            assertThat(millis(seen, "refused")).as("the refusal").isGreaterThanOrEqualTo(end.toEpochMilli());
            assertThat(reloaded(tab).status()).isEqualTo(404);
            Waiting.until(
                    "the list is without it",
                    Duration.ofMinutes(1),
                    () -> service.client()
                            .get("/api/images", token)
                            .data()
                            .get("images")
                            .isEmpty());
            visitor.page().reload();
            assertThat(visitor.find(".panel.alone")).isVisible();
        }
    }

    @Test
    void aPictureThatMayBeSeenOnceIsSeenOnce() {
        Visitor owner = visitor();
        owner.has(1, 200);
        JsonNode picture = onlyPicture(owner);
        change(owner, picture, Map.of("maxViews", 1));
        Page tab = stranger(Site.shared(), Screen.DESKTOP).context().newPage();

        assertThat(tab.navigate(address(picture)).status()).isEqualTo(200);

        assertThat(reloaded(tab).status()).isEqualTo(404);
        assertThat(tab.navigate(address(picture) + "/thumb").status()).isEqualTo(404);
        owner.page().waitForCondition(() -> pictures(owner).isEmpty());
        owner.open("#/");
        assertThat(owner.find(".panel.alone")).isVisible();
    }

    private static Response reloaded(Page tab) {
        return Objects.requireNonNull(tab.reload());
    }

    private static long millis(Map<?, ?> seen, String event) {
        return ((Number) Objects.requireNonNull(seen.get(event))).longValue();
    }

    private static JsonNode onlyPicture(Visitor owner) {
        JsonNode pictures = pictures(owner);
        assertThat(pictures).hasSize(1);
        return pictures.get(0);
    }

    /** The newest first. */
    private static JsonNode pictures(Visitor owner) {
        return JsonMapper.shared()
                .readTree(owner.context()
                        .request()
                        .get(Site.shared().page() + "../api/images")
                        .text())
                .at("/data/images");
    }

    private static void change(Visitor owner, JsonNode picture, Map<String, ?> what) {
        assertThat(owner.context().request().patch(api(picture), json(what)).status())
                .isEqualTo(200);
    }

    private static RequestOptions json(Map<String, ?> what) {
        return RequestOptions.create()
                .setHeader("Content-Type", "application/json")
                .setData(what);
    }

    private static String api(JsonNode picture) {
        return Site.shared().page() + "../api/images/" + picture.get("id").asLong();
    }

    private static String address(JsonNode picture) {
        return "http://127.0.0.1:" + Site.shared().port() + "/i/" + text(picture, "filename");
    }

    private static String text(JsonNode picture, String name) {
        return picture.get(name).asString();
    }
}
