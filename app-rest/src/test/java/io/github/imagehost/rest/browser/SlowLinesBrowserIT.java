package io.github.imagehost.rest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.CDPSession;
import com.microsoft.playwright.Page;
import io.github.imagehost.core.testing.Depth;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The page over a line that is far from the service: what counts there is how often somebody waits for an answer. */
class SlowLinesBrowserIT extends BrowserTest {

    private static final int ROUND_TRIP_MS = 80;
    private static final int BYTES_PER_SECOND = 10_000_000 / 8;

    /** The page, what it names, the texts, the list, a picture. */
    private static final double MOST_ROUNDS = 5;

    private static final double MOST_FILES = 20;

    /** Files of the page, three calls, and the first pictures of the list, as many as a browser asks for at once. */
    private static final double MOST_REQUESTS = MOST_FILES + 3 + 36;

    private static final double MOST_BYTES = 80.0 * 1024;

    /** Two seconds; twenty where other tests run at the same time. */
    private static final double LATEST_FIRST_PICTURE_MS = Depth.of(20_000, 2_000);

    private static final String NOTE_FIRST_PICTURE = """
            document.addEventListener('load', ({ target }) => {
                if (target.tagName === 'IMG') {
                    globalThis.firstPicture ??= { at: performance.now(), url: target.src };
                }
            }, true);""";

    /**
     * Of all that was asked for before the first picture was there, and of what had to be waited for one after another.
     */
    private static final String COUNT = """
            () => {
                const { at, url } = globalThis.firstPicture;
                const all = ['navigation', 'resource'].flatMap((type) => performance.getEntriesByType(type))
                    .filter(({ startTime }) => startTime < at);
                const rounds = (entry) => 1 + Math.max(0, ...all
                    .filter(({ responseEnd }) => responseEnd > 0 && responseEnd <= entry.startTime).map(rounds));
                const ofPage = all.filter(({ name }) => name.includes('/app/'));
                return {
                    at,
                    requests: all.length,
                    files: ofPage.length,
                    bytes: ofPage.reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0),
                    rounds: rounds(all.find(({ name }) => name === url)),
                };
            }""";

    @Test
    void theFirstPictureTakesFewRoundTrips() {
        Visitor visitor = visitor();
        visitor.has(60, 400);
        visitor.open("#/"); // renders the thumbnails
        visitor.page().waitForFunction("() => [...document.images].every((image) => image.complete)");

        Map<?, ?> first = measure(visitor);

        assertThat(number(first, "rounds")).as("waits for an answer: " + first).isBetween(3.0, MOST_ROUNDS);
        assertThat(number(first, "files")).as("files: " + first).isBetween(10.0, MOST_FILES);
        assertThat(number(first, "requests")).as("requests: " + first).isLessThanOrEqualTo(MOST_REQUESTS);
        assertThat(number(first, "bytes")).as("bytes: " + first).isBetween(10_000.0, MOST_BYTES);
        assertThat(number(first, "at")).as("milliseconds to the first picture").isLessThan(LATEST_FIRST_PICTURE_MS);
    }

    /** By a browser that has nothing of the page yet. */
    private static Map<?, ?> measure(Visitor visitor) {
        try (BrowserContext context = visitor.context()
                .browser()
                .newContext(new Browser.NewContextOptions()
                        .setStorageState(visitor.context().storageState())
                        .setViewportSize(1280, 900))) {
            Page page = context.newPage();
            CDPSession browser = context.newCDPSession(page);
            browser.send("Network.enable");
            JsonObject line = new JsonObject();
            line.addProperty("offline", false);
            line.addProperty("latency", ROUND_TRIP_MS);
            line.addProperty("downloadThroughput", BYTES_PER_SECOND);
            line.addProperty("uploadThroughput", BYTES_PER_SECOND);
            browser.send("Network.emulateNetworkConditions", line);
            page.addInitScript(NOTE_FIRST_PICTURE);
            page.navigate(Site.shared().page());
            page.waitForFunction("() => globalThis.firstPicture !== undefined");
            return (Map<?, ?>) page.evaluate(COUNT);
        }
    }

    private static double number(Map<?, ?> counted, String name) {
        return ((Number) Objects.requireNonNull(counted.get(name))).doubleValue();
    }
}
