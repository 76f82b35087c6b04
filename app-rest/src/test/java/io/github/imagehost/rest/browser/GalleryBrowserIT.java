package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Pictures are looked at, found, selected and deleted. */
@Tag("deep")
class GalleryBrowserIT extends BrowserTest {

    private static final String TILES = ".tile";

    @Test
    void backLeadsToWhereSomebodyWas() {
        Visitor visitor = visitor();
        visitor.has(1, 200);
        visitor.page().addInitScript(ManyPictures.script(2_500));
        visitor.open("#/");
        visitor.page().waitForFunction("""
                () => {
                    scrollTo({ top: 15_000, behavior: 'instant' });
                    return scrollY === 15_000 && document.elementFromPoint(innerWidth / 2, 300).closest('.tile') !== null;
                }""");
        Object before = visitor.page().evaluate("() => scrollY");

        visitor.page().evaluate("() => { location.hash = '#/clients' }");
        assertThat(visitor.find("#home")).isHidden();
        visitor.page().goBack();

        assertThat(visitor.find("#home")).isVisible();
        assertThat(visitor.page().evaluate("() => scrollY")).isEqualTo(before);
    }

    @Test
    void whatAnotherWindowDoesLeavesNothingTwiceAndDeadTilesSaySo() {
        Visitor visitor = visitor();
        visitor.has(130, 64);
        visitor.open("#/");
        assertThat(visitor.find("#gallery-title")).hasText("130 pictures");
        Object ids = visitor.page().evaluate("""
                async () => {
                    const list = async (query) => (await (await fetch('../api/images?' + query)).json()).data.images;
                    const oldest = await list('sortOrder=ASC&limit=20');
                    const newest = await list('limit=1');
                    const ids = [...oldest, ...newest].map(({ id }) => id);
                    await fetch('../api/images', { method: 'DELETE', headers: { 'Content-Type': 'application/json' },
                        body: JSON.stringify({ ids }) });
                    return ids.length;
                }""");
        assertThat(ids).isEqualTo(21);
        visitor.has(1, 65);

        visitor.scrollToTheEnd();
        List<String> names = visitor.page().evaluate("""
                async () => {
                    const names = new Set();
                    for (let y = 0; y <= document.body.scrollHeight; y += 500) {
                        scrollTo(0, y);
                        await new Promise(requestAnimationFrame);
                        await new Promise(requestAnimationFrame);
                        document.querySelectorAll('.tile .caption').forEach((caption) => names.add(caption.textContent));
                    }
                    return [...names];
                }""") instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
        assertThat(names).hasSize(110).doesNotHaveDuplicates();

        visitor.page().evaluate("() => scrollTo(0, 0)");
        visitor.find(".tile .face").first().click();
        assertThat(visitor.find("dialog.viewer")).containsText("This picture is no longer there");
    }

    @Test
    void picturesAreFoundByNameLinkDigestAndByDroppingThem() {
        Visitor visitor = visitor().open("#/");
        visitor.choose(List.of(picture("100% cat.jpg", 1), picture("100 dogs.jpg", 2), picture("bird.jpg", 3)));
        visitor.awaitUploads();
        String link = visitor.find(".queue-row .row-state a").nth(1).textContent();

        visitor.find("#search").fill("100%");
        assertThat(visitor.find(TILES)).hasCount(1);
        assertThat(visitor.find(TILES)).hasAttribute("aria-label", Pattern.compile("100% cat\\.jpg.*"));
        visitor.page().reload();
        assertThat(visitor.find("#search")).hasValue("100%");
        assertThat(visitor.find(TILES)).hasCount(1);

        visitor.find("#search").fill(link);
        assertThat(visitor.find(TILES)).hasAttribute("aria-label", Pattern.compile("100 dogs\\.jpg.*"));

        visitor.drop("form.search", List.of(picture("other name.jpg", 3)));
        assertThat(visitor.find("#search")).hasValue(Pattern.compile("[0-9a-f]{64}"));
        assertThat(visitor.find(TILES)).hasAttribute("aria-label", Pattern.compile("bird\\.jpg.*"));

        visitor.find("#search").fill("nobody has this");
        assertThat(visitor.find(".notice")).containsText("Nothing found");
        visitor.find(".notice button").click();
        assertThat(visitor.find(TILES)).hasCount(3);
    }

    @Test
    void theSearchLeadsToWhatItHasFoundByKeys() {
        Visitor visitor = visitor();
        visitor.has(3, 64);
        visitor.open("#/");
        visitor.page().keyboard().press("/");
        visitor.page().keyboard().type("2202");
        visitor.page().keyboard().press("ArrowDown");
        assertThat(visitor.find(TILES)).isFocused();
        assertThat(visitor.find(TILES)).hasAttribute("aria-label", Pattern.compile("IMG_2202.*"));

        visitor.page().keyboard().press("/");
        visitor.page().keyboard().type("2203");
        visitor.page().keyboard().press("Enter");

        assertThat(visitor.find(TILES)).hasAttribute("aria-label", Pattern.compile("IMG_2203.*"));
        assertThat(visitor.find(TILES)).isFocused();
    }

    @Test
    void picturesAreOrderedAndNarrowed() {
        Visitor visitor = visitor();
        visitor.has(3, 100);
        visitor.open("#/");
        visitor.choose(
                List.of(new FilePayload("a.png", "image/png", io.github.imagehost.core.testing.Pictures.uniquePng())));
        visitor.awaitUploads();
        assertThat(visitor.find(TILES)).hasCount(4);

        visitor.page().getByLabel("Order").selectOption("name");
        assertThat(visitor.find(TILES).last()).hasAttribute("aria-label", Pattern.compile("IMG_2203.*"));
        visitor.page().getByLabel("Type").selectOption("image/png");
        assertThat(visitor.find(TILES)).hasCount(1);
        visitor.page().getByLabel("Uploaded").selectOption("today");
        assertThat(visitor.find("#gallery-title")).hasText("1 picture");
        visitor.button("Show all pictures").click();
        assertThat(visitor.find(TILES)).hasCount(4);
        assertThat(visitor.page()).hasURL(Pattern.compile(".*#/$"));
    }

    @Test
    void whatTheKeyboardSelectsIsCopiedDeletedAndBroughtBackWithoutARequest() {
        Visitor visitor = visitor();
        visitor.has(12, 64);
        visitor.page().clock().install();
        visitor.open("#/");
        assertThat(visitor.find(TILES)).hasCount(12);
        visitor.takeRequests();

        visitor.find(TILES).first().focus();
        visitor.page().keyboard().press("ArrowRight");
        for (int step = 0; step < 3; step++) {
            visitor.page().keyboard().press("Shift+ArrowRight");
        }
        assertThat(visitor.find(".selection-bar")).containsText("4 selected");
        visitor.page().keyboard().press("c");
        assertThat(visitor.find(".toast")).containsText("4 links are copied");
        assertThat(visitor.clipboard().lines()).hasSize(4);

        visitor.page().keyboard().press("Delete");
        assertThat(visitor.find(TILES)).hasCount(8);
        assertThat(visitor.find("#gallery-title")).hasText("8 pictures");
        assertThat(visitor.find(TILES + ":focus")).hasCount(1);
        visitor.button("Undo").click();

        assertThat(visitor.find(TILES)).hasCount(12);
        visitor.page().clock().fastForward(60_000);
        visitor.page().evaluate("async () => (await fetch('../api/info')).text()");
        assertThat(visitor.takeRequests()).containsExactly("GET /api/info");
    }

    @Test
    void manyAreDeletedByFewRequestsAndTheNumberIsRight() {
        Visitor visitor = visitor();
        visitor.has(250, 40);
        visitor.page().clock().install();
        visitor.open("#/");
        visitor.scrollToTheEnd();
        visitor.find(TILES).last().focus();
        visitor.page().keyboard().press("Control+A");
        assertThat(visitor.find(".selection-bar")).containsText("250 selected");
        visitor.page().evaluate("""
                async () => {
                    const { data } = await (await fetch('../api/images?limit=1')).json();
                    await fetch('../api/images/' + data.images[0].id, { method: 'DELETE' });
                }""");
        visitor.takeRequests();

        visitor.find(".selection-bar .danger").click();
        assertThat(visitor.find("dialog.question")).containsText("Delete 250 pictures?");
        visitor.find("dialog.question .danger").click();
        assertThat(visitor.find(".toast")).containsText("250 pictures are being deleted");
        visitor.page().clock().fastForward(9_000);

        assertThat(visitor.find(".toast").last()).containsText("249 pictures are deleted, 1 were gone already");
        assertThat(visitor.takeRequests())
                .containsExactly("DELETE /api/images", "DELETE /api/images", "DELETE /api/images");
        assertThat(visitor.find(".panel.alone")).isVisible();
    }

    @Test
    void whoeverLeavesHasDeleted() {
        Visitor visitor = visitor();
        visitor.has(2, 64);
        visitor.open("#/");
        visitor.find(TILES).first().focus();
        visitor.page().keyboard().press("Delete");
        assertThat(visitor.find(TILES)).hasCount(1);

        visitor.page().reload();

        visitor.page().waitForFunction("""
                async () => (await (await fetch('../api/images')).json()).data.images.length === 1""");
    }

    @Test
    void theViewerIsUsedByKeysAndGivesTheFocusBack() {
        Visitor visitor = visitor();
        visitor.has(5, 1_400);
        visitor.open("#/");
        visitor.find(TILES).nth(1).focus();
        visitor.page().keyboard().press("Enter");
        assertThat(visitor.find("dialog.viewer .viewer-title")).containsText("IMG_2202.jpg");
        assertThat(visitor.find("dialog.viewer img.shown")).hasJSProperty("complete", true);

        visitor.page().keyboard().press("ArrowRight");
        visitor.page().keyboard().press("ArrowRight");
        visitor.page().keyboard().press("ArrowLeft");
        assertThat(visitor.find("dialog.viewer .viewer-title")).containsText("IMG_2203.jpg");
        assertThat(visitor.find("dialog.viewer .viewer-title")).containsText("3 / 5");
        visitor.page().keyboard().press("+");
        assertThat(visitor.find(".stage.zoomed")).hasCount(1);
        visitor.page().keyboard().press("0");
        assertThat(visitor.find(".stage.zoomed")).hasCount(0);
        visitor.page().keyboard().press("i");
        assertThat(visitor.find("dialog.viewer .details")).containsText("SHA-256");
        visitor.page().keyboard().press("c");
        assertThat(visitor.find("dialog.viewer .toast")).containsText("The link is copied");
        visitor.page().keyboard().press("Escape");

        assertThat(visitor.find("dialog.viewer")).hasCount(0);
        assertThat(visitor.find(TILES + ":focus")).hasAttribute("aria-label", Pattern.compile("IMG_2203.*"));
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/app/(#/)?$"));
    }

    @Test
    void aPictureIsRenamedAndDeletedInTheViewer() {
        Visitor visitor = visitor();
        visitor.has(2, 200);
        visitor.open("#/");
        visitor.find(TILES + " .face").first().click();
        visitor.button("Details").click();
        visitor.page()
                .getByLabel("Name", new com.microsoft.playwright.Page.GetByLabelOptions().setExact(true))
                .fill("holiday.jpg");
        visitor.button("Rename").click();
        assertThat(visitor.find(".viewer-title")).containsText("holiday.jpg");
        assertThat(visitor.find(TILES).first()).hasAttribute("aria-label", Pattern.compile("holiday\\.jpg.*"));

        visitor.find("dialog.viewer").press("Delete");
        assertThat(visitor.find(".viewer-title")).containsText("IMG_2202.jpg");
        visitor.find("dialog.viewer").getByText("Undo").click();
        visitor.find("dialog.viewer").press("Delete");
        assertThat(visitor.find(".viewer-title")).containsText("1 / 1");
        visitor.page().keyboard().press("Control+Z");
        visitor.page().keyboard().press("Escape");
        assertThat(visitor.find(TILES)).hasCount(2);
    }

    @Test
    void aFingerThatStaysSelectsAndSwipesTurnPages() {
        Visitor visitor = visitor(Screen.PHONE);
        visitor.has(3, 200);
        visitor.open("#/");
        visitor.find(TILES).first().dispatchEvent("pointerdown", Map.of("pointerType", "touch", "bubbles", true));
        assertThat(visitor.find(".selection-bar")).containsText("1 selected");
        visitor.find(TILES).first().dispatchEvent("pointerup", Map.of("pointerType", "touch", "bubbles", true));
        visitor.button("Select nothing").click();

        visitor.page().evaluate("() => { location.hash = document.querySelector('.tile .face').hash }");
        assertThat(visitor.find(".viewer-title")).containsText("IMG_2201.jpg");
        visitor.find(".stage")
                .dispatchEvent("pointerdown", Map.of("pointerType", "touch", "clientX", 300, "clientY", 400));
        visitor.find(".stage")
                .dispatchEvent("pointerup", Map.of("pointerType", "touch", "clientX", 100, "clientY", 410));
        assertThat(visitor.find(".viewer-title")).containsText("IMG_2202.jpg");
    }
}
