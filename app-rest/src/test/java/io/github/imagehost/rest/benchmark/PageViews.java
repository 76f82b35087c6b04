package io.github.imagehost.rest.benchmark;

import static io.github.imagehost.rest.benchmark.MarkdownTable.cell;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import io.github.imagehost.rest.testing.Chromium;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceProcess;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long people who open the page wait for its pictures, and how evenly it scrolls. The newest pictures are real
 * ones, more than are scrolled through; all others are {@link Rows}.
 */
final class PageViews {

    static final String GROUP = "page";

    private static final int PICTURES = 3_000;
    private static final int BYTES = 200_000;

    private static final int WIDTH = 1280;
    private static final int HEIGHT = 900;
    private static final int SCROLLS = 100;
    private static final double PIXELS_OF_A_SCROLL = 400;
    private static final double PAUSE_MILLIS = 60;
    private static final double MILLIS_OF_A_SECOND = 1000;

    /** Where the page shows what, by the name of what is measured. */
    private static final Map<String, String> PLACES = places();

    /** From when the page was asked for, in milliseconds: the first picture, and all in the window. */
    private static final String NOTE_PICTURES = """
            {
                const look = () => {
                    const pictures = [...document.querySelectorAll('.tile img')].filter((picture) => {
                        const { top, bottom } = picture.getBoundingClientRect();
                        return bottom > 0 && top < innerHeight;
                    });
                    const there = pictures.filter(({ complete, naturalWidth }) => complete && naturalWidth > 0);
                    if (there.length > 0) {
                        globalThis.firstPicture ??= performance.now();
                    }
                    if (there.length > 0 && there.length === pictures.length) {
                        globalThis.fullWindow = performance.now();
                    } else {
                        requestAnimationFrame(look);
                    }
                };
                requestAnimationFrame(look);
            }""";

    private static final String NOTE_FRAMES = """
            () => {
                globalThis.frames = [];
                let last = performance.now();
                const note = () => {
                    const now = performance.now();
                    globalThis.frames.push(now - last);
                    last = now;
                    requestAnimationFrame(note);
                };
                requestAnimationFrame(note);
            }""";

    private final Stage stage;
    private final MarkdownTable table = new MarkdownTable(
            "workload",
            "rows",
            "first picture ms",
            "again",
            "full window ms",
            "again",
            "scrolled px/s",
            "frame p99 ms",
            "again",
            "longest ms",
            "again");
    /** How many rows there were when the newest pictures were added; 0 as long as there are none. */
    private long prepared;

    PageViews(Stage stage) {
        this.stage = stage;
    }

    /** What is measured. */
    static List<String> names() {
        return List.copyOf(PLACES.keySet());
    }

    /** What was measured so far. */
    MarkdownTable table() {
        return table;
    }

    /** Adds the newest pictures. */
    private void prepare() throws IOException, InterruptedException {
        Picture picture = stage.picture(BYTES);
        byte[] content = picture.bytes().clone();
        String filing = "?album=" + Filing.HALF + "&tags=" + Filing.TENTH;
        Client client = new Client(stage.service().target().base());
        for (int i = 0; i < PICTURES; i++) {
            picture.number(content, 0, UploadRequest.nextNumber());
            String name = encode(Rows.CHINESE + i + "." + picture.type().extension());
            int status = client.put(name + filing, content).status();
            if (status != HttpConnection.OK) {
                throw new IOException("A picture was answered with " + status);
            }
        }
    }

    /** Adds a line to the table: two browsers one after the other, which have seen nothing of the page before. */
    void measure(String name, long rows) throws IOException, InterruptedException {
        Path program = Chromium.program().orElseThrow(() -> new IOException("There is no Chromium on this machine"));
        if (prepared != rows) {
            prepare();
            prepared = rows;
        }
        try (Chromium chromium = Chromium.start(program);
                ServiceProcess service = stage.service().launchAtItsPublicAddress()) {
            service.awaitStart();
            String address = service.client().base() + "/app/" + PLACES.get(name);
            View first = view(chromium.browser(), address);
            View again = view(chromium.browser(), address);
            table.add(
                    name,
                    String.valueOf(rows),
                    cell(first.firstPicture),
                    cell(again.firstPicture),
                    cell(first.fullWindow),
                    cell(again.fullWindow),
                    cell(again.scrolled),
                    cell(first.frame(0.99)),
                    cell(again.frame(0.99)),
                    cell(first.frame(1)),
                    cell(again.frame(1)));
        }
    }

    /**
     * What one browser saw.
     *
     * @param firstPicture after how many milliseconds
     * @param fullWindow the same, of all pictures in the window
     * @param scrolled how many pixels a second
     * @param frames how many milliseconds each took, from the shortest to the longest
     */
    private record View(double firstPicture, double fullWindow, double scrolled, List<Double> frames) {

        double frame(double part) {
            return frames.get((int) Math.ceil(frames.size() * part) - 1);
        }
    }

    private static View view(Browser browser, String address) {
        try (BrowserContext context =
                browser.newContext(new Browser.NewContextOptions().setViewportSize(WIDTH, HEIGHT))) {
            Page page = context.newPage();
            page.addInitScript(NOTE_PICTURES);
            page.navigate(address);
            page.waitForFunction("() => globalThis.fullWindow !== undefined");
            double scrolled = scroll(page);
            List<Double> frames = ((List<?>) page.evaluate("() => globalThis.frames"))
                    .stream()
                            .map(frame -> ((Number) frame).doubleValue())
                            .sorted()
                            .toList();
            return new View(
                    number(page, "() => globalThis.firstPicture"),
                    number(page, "() => globalThis.fullWindow"),
                    scrolled,
                    frames);
        }
    }

    /** As somebody in a hurry does. */
    private static double scroll(Page page) {
        page.mouse().move(WIDTH / 2.0, HEIGHT / 2.0);
        page.evaluate(NOTE_FRAMES);
        double start = number(page, "() => performance.now()");
        for (int i = 0; i < SCROLLS; i++) {
            page.mouse().wheel(0, PIXELS_OF_A_SCROLL);
            page.waitForTimeout(PAUSE_MILLIS);
        }
        return number(page, "() => scrollY") / (number(page, "() => performance.now()") - start) * MILLIS_OF_A_SECOND;
    }

    private static double number(Page page, String expression) {
        return ((Number) page.evaluate(expression)).doubleValue();
    }

    private static Map<String, String> places() {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("page-gallery", "#/");
        places.put("page-album", "#/album/" + Filing.HALF_ID);
        places.put("page-tag", "#/images?tag=" + Filing.TENTH);
        places.put("page-album-and-tag", "#/images?album=" + Filing.HALF_ID + "&tag=" + Filing.TENTH);
        places.put("page-search", "#/images?search=" + encode(Rows.CHINESE));
        return places;
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
