package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.assertions.LocatorAssertions;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pictures get tags, come into albums, and are found by them; many are changed at once. */
@Tag("deep")
class FilingBrowserIT extends BrowserTest {

    private static final String TILES = ".tile";
    private static final String TAGS = "async () => (await (await fetch('../api/tags')).json()).data.tags"
            + ".map(({ tag, images }) => tag + ' ' + images).join()";

    @Test
    void manyGetTagsAndLoseThemAndFiltersOutliveAReload() {
        Visitor visitor = visitor();
        visitor.has(6, 100);
        visitor.open("#/");
        select(visitor, 4);
        visitor.button("Tags").press("Enter");
        visitor.page().getByLabel("Add").fill("Cat, garden");
        visitor.button("Change 4 pictures").press("Enter");
        assertThat(visitor.find(".toast")).containsText("4 pictures have their new tags.");
        assertThat(visitor.find(TILES + ":focus")).hasCount(1);
        assertThat(visitor.page().evaluate(TAGS)).isEqualTo("cat 4,garden 4");

        visitor.button("Tag: Any tag").click();
        visitor.find(".options").getByText("cat").click();
        assertThat(visitor.find(TILES)).hasCount(4);
        assertThat(visitor.page()).hasURL(Pattern.compile(".*#/images\\?tag=cat$"));
        select(visitor, 2);
        visitor.button("Tags").click();
        visitor.find(".tag-field").last().getByText("garden").click();
        visitor.button("Change 2 pictures").click();
        assertThat(visitor.find(".toast").last()).containsText("2 pictures have their new tags.");
        assertThat(visitor.page().evaluate(TAGS)).isEqualTo("cat 4,garden 2");

        select(visitor, 3);
        visitor.button("Put into album").click();
        visitor.page().getByLabel("Name of a new album").fill("Pets");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find(".toast").last()).containsText("3 pictures are in “Pets”.");
        visitor.button("Album: Any album").click();
        visitor.find(".options").getByText("Pets").click();
        assertThat(visitor.find(TILES)).hasCount(3);
        visitor.page().reload();
        assertThat(visitor.find(TILES)).hasCount(3);
        assertThat(visitor.button("Album: Pets")).isVisible();
        assertThat(visitor.button("Tag: cat")).isVisible();
        visitor.button("Show all pictures").click();
        assertThat(visitor.find(TILES)).hasCount(6);
    }

    @Test
    void manyAreMadePrivateByFewRequestsAndTheNumberIsRight() {
        Visitor visitor = visitor();
        visitor.has(120, 40);
        visitor.open("#/");
        visitor.scrollToTheEnd();
        visitor.find(TILES).last().focus();
        visitor.page().keyboard().press("Control+A");
        visitor.page().evaluate("""
                async () => {
                    const { data } = await (await fetch('../api/images?limit=1')).json();
                    await fetch('../api/images/' + data.images[0].id, { method: 'DELETE' });
                }""");
        visitor.takeRequests();

        visitor.button("Visibility and end").click();
        visitor.find("dialog").getByLabel("Visible to").selectOption("private");
        visitor.find("dialog").getByLabel("Ends").selectOption("7d");
        visitor.button("Change 120 pictures").click();

        assertThat(visitor.find(".toast")).containsText("119 pictures are changed. 1 was no longer there.");
        assertThat(visitor.takeRequests()).containsExactly("PATCH /api/images", "PATCH /api/images");
        assertThat(visitor.find("#gallery-title")).hasText("119 pictures");
        assertThat(visitor.page().evaluate("""
                async () => (await (await fetch('../api/images?visibility=private')).json()).data.pagination.totalItems""")).isEqualTo(119);
        visitor.page().getByLabel("Who sees it").selectOption("public");
        assertThat(visitor.find(".notice")).containsText("Nothing found");
    }

    @Test
    void uploadsGoStraightIntoAnAlbumWithTagsAndThoseThatAreThereAlreadyTakeNoUpload() {
        Visitor visitor = visitor();
        visitor.has(3, 320);
        visitor.open("#/");
        visitor.button("Options").click();
        visitor.button("Into album").click();
        visitor.page().getByLabel("Name of a new album").fill("Trip");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.button("Into album: Trip")).isVisible();
        visitor.find("#upload-tags").fill("sea");
        visitor.page().keyboard().press("Enter");
        visitor.find(".panel-options").getByLabel("Visible to").selectOption("private");
        visitor.assertUsable("what holds for the next uploads");
        visitor.button("Options").click();
        assertThat(visitor.find(".panel-filing")).containsText("Into “Trip” · with the tags sea · Only you");
        visitor.takeRequests();

        visitor.choose(pictures(1, 5));
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("5 done");
        List<String> requests = visitor.takeRequests();
        assertThat(requests).filteredOn("POST /api/upload"::equals).hasSize(2);
        assertThat(requests)
                .filteredOn(request -> request.matches("PUT /api/albums/\\d+/images"))
                .hasSize(1);
        assertThat(visitor.page().evaluate(TAGS)).isEqualTo("sea 5");
        visitor.find(".places").getByText("Albums").click();
        assertThat(visitor.find(".albums li")).containsText("5 pictures");
        assertThat(visitor.page().evaluate("""
                async () => (await (await fetch('../api/images?visibility=private')).json()).data.pagination.totalItems""")).isEqualTo(2);

        visitor.find(".album-face").click();
        assertThat(visitor.find(TILES)).hasCount(5);
        visitor.choose(pictures(6, 6));
        visitor.awaitUploads();
        assertThat(visitor.find(TILES)).hasCount(6);
    }

    @Test
    void whatIsDroppedOnAnAlbumComesIntoIt() {
        Visitor visitor = visitor();
        visitor.has(1, 320);
        visitor.open("#/albums");
        visitor.button("New album").click();
        visitor.find("dialog").getByLabel("Name").fill("Drops");
        visitor.button("Make").click();
        visitor.find(".album-face").click();
        assertThat(visitor.find(".panel-filing")).containsText("Into “Drops”");

        visitor.drop("body", pictures(1, 2));
        visitor.awaitUploads();

        assertThat(visitor.find(TILES)).hasCount(2);
        assertThat(visitor.find("#gallery-title")).hasText("2 pictures");
        visitor.page().reload();
        assertThat(visitor.find(TILES)).hasCount(2);
    }

    @Test
    void tooManyRequestsAreWaitedForAndNothingIsForgotten() {
        Visitor visitor = visitor(Site.shared(Visitor.FEW_REQUESTS), Screen.DESKTOP);
        visitor.has(12, 64);
        visitor.open("#/");
        assertThat(visitor.find(TILES)).hasCount(12);
        select(visitor, 12);
        visitor.button("Tags").click();
        visitor.page().getByLabel("Add").fill("many");
        visitor.useUpAllRequests();
        visitor.button("Change 12 pictures").click();

        assertThat(visitor.find(".selection-bar.working")).containsText("It goes on in");
        visitor.assertUsable("waiting in the middle of it");
        assertThat(visitor.find(".toast").last())
                .containsText(
                        "12 pictures have their new tags.",
                        new LocatorAssertions.ContainsTextOptions().setTimeout(60_000));
    }

    @Test
    void theTagsOfAPictureAreChangedInTheViewerAndLeadToOthersLikeIt() {
        Visitor visitor = visitor();
        visitor.has(3, 200);
        visitor.open("#/");
        select(visitor, 2);
        visitor.button("Tags").click();
        visitor.page().getByLabel("Add").fill("hills");
        visitor.button("Change 2 pictures").click();
        assertThat(visitor.find(".toast")).containsText("2 pictures");
        visitor.find("[data-place='0'] .face").click();
        assertThat(visitor.find("img.shown")).isVisible();
        visitor.page().keyboard().press("i");
        assertThat(visitor.find(".chip")).containsText("hills");

        visitor.find("#picture-tags").fill("Sunset,");
        assertThat(visitor.find(".chip")).hasCount(2);
        visitor.button("Take the tag sunset away").click();
        assertThat(visitor.find(".chip")).hasCount(1);
        visitor.find("#picture-tags").fill("dusk");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find(".chip")).hasCount(2);
        visitor.find(".in-albums button").click();
        visitor.page().getByLabel("Name of a new album").fill("Evenings");
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find(".in-albums .chip")).hasText("Evenings");
        visitor.page().keyboard().press("ArrowRight");
        assertThat(visitor.find(".viewer-title")).containsText("IMG_2202.jpg");
        assertThat(visitor.find(".details .tag-field .chip")).hasText("hills");

        visitor.page().getByLabel("Show all with the tag hills").click();
        assertThat(visitor.find("dialog.viewer")).hasCount(0);
        assertThat(visitor.find(TILES)).hasCount(2);
        assertThat(visitor.page().evaluate(TAGS)).isEqualTo("dusk 1,hills 2");
    }

    @Test
    void onAPhoneAllFiltersAreBehindAButton() {
        Visitor visitor = visitor(Screen.PHONE);
        visitor.has(3, 64);
        visitor.open("#/");
        select(visitor, 1);
        visitor.button("More").click();
        visitor.button("Visibility and end").click();
        visitor.find("dialog").getByLabel("Visible to").selectOption("private");
        visitor.button("Change 1 picture").click();
        assertThat(visitor.find(".toast")).containsText("1 picture is changed.");

        visitor.button("Filter").click();
        visitor.find("dialog").getByLabel("Who sees it").selectOption("private");
        visitor.find("dialog").getByLabel("Order").selectOption("oldest");
        visitor.find("dialog .primary").click();

        assertThat(visitor.find(TILES)).hasCount(1);
        assertThat(visitor.page()).hasURL(Pattern.compile(".*#/images\\?sort=oldest&visibility=private$"));
        assertThat(visitor.button("Filter")).hasText("Filter 1");
        visitor.button("Show all pictures").click();
        assertThat(visitor.find(TILES)).hasCount(3);
    }
}
