package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures come in, and their links go out. */
@Tag("deep")
class UploadBrowserIT extends BrowserTest {

    private static final String ROWS = ".queue-row";

    /** More than are asked about in two requests. */
    private static final int FILES_OF_FOLDER = 120;

    /** Until what is left of the time that is waited is long enough to be seen. */
    private static final String TILES = ".tile";

    @Test
    void linksAreInTheOrderOfTheDropAndWhatFailsSaysWhy() {
        Visitor visitor = visitor().open("#/");
        List<FilePayload> files = new ArrayList<>(pictures(1, 27));
        byte[] whole = files.get(0).buffer;
        files.add(3, file("empty.png", ""));
        files.add(11, file("page.png", "<html>no picture</html>"));
        files.add(29, new FilePayload("half.jpg", "image/jpeg", Arrays.copyOf(whole, whole.length / 2)));

        visitor.drop("body", files);
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("27 done · 3 failed");
        assertThat(visitor.find(ROWS + ".failed .row-name").allTextContents())
                .containsExactly("empty.png", "page.png", "half.jpg");
        assertThat(visitor.find(ROWS + ".failed .why").allTextContents())
                .containsExactly(
                        "The file is empty.", "This type of file is not supported.", "The file ends too early.");
        visitor.button("Copy all 27 links").click();
        List<String> links = visitor.clipboard().lines().toList();
        assertThat(links)
                .hasSize(27)
                .isEqualTo(visitor.find(ROWS + ".done .row-state a").allTextContents());
        List<String> names = visitor.find(ROWS + ".done .row-name").allTextContents();
        assertThat(names)
                .isEqualTo(pictures(1, 27).stream().map(file -> file.name).toList());
        visitor.page().reload();
        assertThat(visitor.find(TILES)).hasCount(27);
        assertThat(visitor.find("#gallery-title")).hasText("27 pictures");
        assertThat(visitor.find(ROWS)).hasCount(0);
    }

    @Test
    void whatIsThereAlreadyTakesOneRequestAndNoUpload() {
        Visitor visitor = visitor().open("#/");
        visitor.choose(pictures(1, 27));
        visitor.awaitUploads();
        visitor.button("Copy all 27 links").click();
        String links = visitor.clipboard();
        visitor.page().reload();
        assertThat(visitor.find(TILES)).hasCount(27);
        visitor.takeRequests();

        visitor.choose(pictures(1, 27));
        visitor.awaitUploads();

        assertThat(visitor.takeRequests()).containsExactly("POST /api/upload/check");
        assertThat(visitor.find(ROWS + " .tag")).hasCount(27);
        visitor.button("Copy all 27 links").click();
        assertThat(visitor.clipboard()).isEqualTo(links);
    }

    @Test
    void oneFileUnderTwoNamesIsSentOnceAndHasTwoEqualLinks() {
        Visitor visitor = visitor().open("#/");
        visitor.takeRequests();

        visitor.drop("body", List.of(picture("first.jpg", 1), picture("second.jpg", 1), picture("third.jpg", 2)));
        visitor.awaitUploads();

        assertThat(visitor.takeRequests())
                .filteredOn("POST /api/upload"::equals)
                .hasSize(2);
        List<String> links = visitor.find(ROWS + " .row-state a").allTextContents();
        assertThat(links.get(0)).isEqualTo(links.get(1)).isNotEqualTo(links.get(2));
        assertThat(visitor.find(ROWS).nth(1)).containsText("the same picture as first.jpg");
        assertThat(visitor.find(TILES)).hasCount(2);
    }

    @Test
    void aFolderIsUploadedWithAllThatIsInItButWhatIsHidden(@TempDir Path folder) throws Exception {
        Visitor visitor = visitor().open("#/");
        Path middle = Files.createDirectories(folder.resolve("middle"));
        Path deep = Files.createDirectories(middle.resolve("deep"));
        for (int number = 0; number < FILES_OF_FOLDER; number++) {
            Path where = List.of(folder, middle, deep).get(number % 3);
            Files.write(where.resolve("cat" + number / 3 + ".jpg"), Landscapes.jpeg(number, 64));
        }
        Files.writeString(folder.resolve(".DS_Store"), "x");
        Files.writeString(deep.resolve("Thumbs.db"), "x");

        visitor.find("[data-input=folder]").setInputFiles(folder);
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText(FILES_OF_FOLDER + " done");
        assertThat(visitor.find(ROWS)).hasCount(FILES_OF_FOLDER);
        assertThat(visitor.find(".queue")).containsText("2 hidden files were left out");
    }

    @Test
    void aPastedScreenshotIsUploadedAndPastedTextIsNot() {
        Visitor visitor = visitor().open("#/");

        visitor.page().evaluate("""
                async (bytes) => {
                    const content = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
                    const bitmap = await createImageBitmap(new Blob([content]));
                    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
                    canvas.getContext('2d').drawImage(bitmap, 0, 0);
                    const blob = await canvas.convertToBlob({ type: 'image/png' });
                    await navigator.clipboard.write([new ClipboardItem({ 'image/png': blob })]);
                }""", java.util.Base64.getEncoder().encodeToString(Landscapes.jpeg(1, 320)));
        visitor.page().keyboard().press("Control+V");
        visitor.awaitUploads();
        assertThat(visitor.find(ROWS + ".done")).hasCount(1);

        visitor.page().evaluate("() => navigator.clipboard.writeText('https://example.com/cat.png')");
        visitor.find("#search").focus();
        visitor.page().keyboard().press("Control+V");
        assertThat(visitor.find("#search")).hasValue("https://example.com/cat.png");
        assertThat(visitor.find(ROWS)).hasCount(1);
    }

    @Test
    void aServiceThatDiesIsWaitedFor() {
        Site site = site(Map.of());
        Visitor visitor = visitor(site, Screen.DESKTOP).open("#/");
        List<Runnable> held = new ArrayList<>();
        visitor.page().route("**/api/upload", route -> held.add(route::resume));
        visitor.choose(pictures(1, 12));
        visitor.page().waitForCondition(() -> held.size() == 2);
        held.get(0).run();
        assertThat(visitor.find(ROWS + ".done")).hasCount(1);
        visitor.page().waitForCondition(() -> held.size() == 3);

        site.kill();
        visitor.page().unroute("**/api/upload");
        held.subList(1, 3).forEach(Runnable::run);
        assertThat(visitor.find(".remark.waiting")).containsText("The service can not be reached");
        site.startAgain();
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("12 done");
        visitor.page().reload();
        assertThat(visitor.find("#gallery-title")).hasText("12 pictures");
    }

    @Test
    void tooManyRequestsAreWaitedForWithACountdown() {
        Visitor visitor =
                visitor(Site.shared(Visitor.FEW_REQUESTS), Screen.DESKTOP).open("#/");

        visitor.useUpAllRequests();
        visitor.choose(pictures(1, 15));
        assertThat(visitor.find(".remark.waiting")).containsText(Pattern.compile("by themselves in \\d+ seconds?"));
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("15 done");
    }

    @Test
    void whatIsCancelledIsNotSentAndOthersAreUnhurt() {
        Visitor visitor = visitor().open("#/");
        List<Runnable> held = new ArrayList<>();
        visitor.page().route("**/api/upload", route -> held.add(route::resume));

        visitor.choose(pictures(1, 10));
        visitor.page().waitForCondition(() -> held.size() == 2);
        visitor.button("Cancel " + Visitor.nameOf(5)).click();
        visitor.button("Cancel " + Visitor.nameOf(1)).click();
        visitor.page().waitForCondition(() -> held.size() == 3);
        visitor.page().unroute("**/api/upload");
        held.get(1).run();
        held.get(2).run();
        visitor.awaitUploads();

        assertThat(visitor.find(ROWS + ".cancelled .row-name").allTextContents())
                .containsExactly(Visitor.nameOf(1), Visitor.nameOf(5));
        assertThat(visitor.find(".queue-summary strong")).hasText("8 done");
    }

    @Test
    void afterAllAreCancelledNothingIsSent() {
        Visitor visitor = visitor().open("#/");
        List<Runnable> held = new ArrayList<>();
        visitor.page().route("**/api/upload", route -> held.add(route::resume));
        visitor.choose(pictures(1, 10));
        visitor.page().waitForCondition(() -> held.size() == 2);

        visitor.button("Cancel all").click();

        assertThat(visitor.find(ROWS + ".cancelled")).hasCount(10);
        visitor.page().unroute("**/api/upload");
        visitor.takeRequests();
        visitor.button("Try " + Visitor.nameOf(3) + " again").click();
        visitor.awaitUploads();
        assertThat(visitor.takeRequests()).containsExactly("POST /api/upload/check", "POST /api/upload");
        assertThat(visitor.find(ROWS + ".done .row-name")).hasText(Visitor.nameOf(3));
    }

    @Test
    void leavingIsAskedAboutOnlyWhileSomethingIsUnderWay() {
        Visitor visitor = visitor().open("#/");
        List<Runnable> held = new ArrayList<>();
        List<String> asked = new ArrayList<>();
        visitor.page().onDialog(dialog -> {
            asked.add(dialog.type());
            dialog.dismiss();
        });
        visitor.page().route("**/api/upload", route -> held.add(route::resume));
        // a browser asks only whoever has done something on the page
        visitor.find("#search").click();
        visitor.choose(pictures(1, 1));
        visitor.page().waitForCondition(() -> held.size() == 1);

        visitor.page().evaluate("() => { setTimeout(() => location.reload()) }");
        visitor.page().waitForCondition(() -> asked.size() == 1);
        assertThat(asked).containsExactly("beforeunload");
        held.get(0).run();
        visitor.awaitUploads();

        visitor.page().unroute("**/api/upload");
        visitor.page().reload();
        assertThat(visitor.find(TILES)).hasCount(1);
        assertThat(asked).hasSize(1);
    }

    @Test
    void namesAreTextWhateverIsInThem() {
        Visitor visitor = visitor().open("#/");
        List<String> names =
                List.of("\"><img src=x onerror=alert(1)>.jpg", "[a](b).jpg", "😀 图片.jpg", "x".repeat(251) + ".jpg");

        visitor.drop(
                "body",
                java.util.stream.IntStream.range(0, names.size())
                        .mapToObj(index -> picture(names.get(index), index + 1))
                        .toList());
        visitor.awaitUploads();

        assertThat(visitor.find(ROWS + ".done .row-name").allTextContents()).isEqualTo(names);
        visitor.find(".queue select").first().selectOption("html");
        visitor.button("Copy all 4 links").click();
        Page elsewhere = visitor.context().newPage();
        elsewhere.setContent("<!doctype html>" + visitor.clipboard());
        assertThat(elsewhere.evaluate("() => Array.from(document.images, (image) => image.alt)"))
                .isEqualTo(names);
    }

    @Test
    void eachFormatAndSizeLeadsToThePicture() {
        Visitor visitor = visitor().open("#/");
        visitor.choose(List.of(new FilePayload("wide.jpg", "image/jpeg", Landscapes.jpeg(1, 1_600))));
        visitor.awaitUploads();
        Map<String, Integer> widths = Map.of("original", 1_600, "large", 1_280, "medium", 640, "thumb", 320);

        for (String size : widths.keySet()) {
            HashSet<String> links = new HashSet<>();
            for (String format : List.of("url", "markdown", "html", "bbcode", "linked", "page", "own")) {
                visitor.find(".queue-head select").first().selectOption(format);
                visitor.find(".queue-head select").nth(1).selectOption(size);
                visitor.button("Copy the link").click();
                var link = Pattern.compile("http://127[^\"\\])\\[]*").matcher(visitor.clipboard());
                String last = "";
                while (link.find()) {
                    last = format.equals("linked") && !last.isEmpty() ? last : link.group();
                }
                links.add(last);
            }
            assertThat(links).as(size).hasSize(1);
            assertThat(visitor.page().evaluate("""
                    async (url) => (await createImageBitmap(await (await fetch(url)).blob())).width""", links.iterator().next()))
                    .as(size)
                    .isEqualTo(widths.get(size));
        }
        visitor.find(".queue-head select").first().selectOption("deletion");
        visitor.button("Copy the link").click();
        assertThat(visitor.clipboard()).contains("/d/");
    }

    @Test
    void linksAreSavedAsAFile() throws Exception {
        Visitor visitor = visitor();
        visitor.has(3, 200);
        visitor.open("#/");
        visitor.find(".tile .pick").first().click();
        visitor.find(".tile").first().focus();
        visitor.page().keyboard().press("Control+A");
        visitor.button("More").click();

        Download download = visitor.page()
                .waitForDownload(() -> visitor.button("Save as .txt").click());

        assertThat(download.suggestedFilename()).isEqualTo("links.txt");
        assertThat(Files.readAllLines(download.path()))
                .hasSize(3)
                .allMatch(line -> line.startsWith("http://127.0.0.1:"));
    }
}
