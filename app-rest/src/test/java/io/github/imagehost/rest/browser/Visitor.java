package io.github.imagehost.rest.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.deque.html.axecore.args.AxeRunOptions;
import com.deque.html.axecore.playwright.AxeBuilder;
import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import com.microsoft.playwright.options.ServiceWorkerPolicy;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Somebody who uses the page, in a browser of his own. The browser may say nothing on its console. */
final class Visitor implements AutoCloseable {

    /**
     * What somebody sees the page on.
     *
     * @param width of the window, in pixels
     * @param height of the window, in pixels
     * @param colours what the system is set to
     * @param language what the browser is set to
     * @param installs whether it may install the page as a program
     * @param runsScripts whether the browser does that
     */
    record Screen(int width, int height, ColorScheme colours, String language, boolean installs, boolean runsScripts) {

        static final Screen DESKTOP = of(1280, 900, ColorScheme.LIGHT, "en");
        static final Screen PHONE = of(390, 844, ColorScheme.LIGHT, "en");

        static Screen of(int width, int height, ColorScheme colours, String language) {
            return new Screen(width, height, colours, language, false, true);
        }

        Screen thatInstalls() {
            return new Screen(width, height, colours, language, true, runsScripts);
        }

        Screen withoutScripts() {
            return new Screen(width, height, colours, language, installs, false);
        }

        boolean isPhone() {
            return width < 600;
        }
    }

    /** Settings of a service that each owner soon has to wait for. */
    static final Map<String, String> FEW_REQUESTS = Map.of("RATE_LIMIT_OWNER_MAX", "30", "RATE_LIMIT_WINDOW", "20s");

    private static final Page.WaitForFunctionOptions PATIENT = new Page.WaitForFunctionOptions().setTimeout(120_000);

    /**
     * What a browser says of each answer that is no success, Playwright of what tests switch off, and a browser of what
     * it does with TLS only.
     */
    private static final List<String> EXPECTED = List.of(
            "Failed to load resource",
            "Service Worker registration blocked by Playwright",
            "The Cross-Origin-Opener-Policy header has been ignored, because the URL's origin was untrustworthy",
            "The page requested an origin-keyed agent cluster");

    private final Site site;
    private final BrowserContext context;
    private final Page page;
    private final List<String> messages = new CopyOnWriteArrayList<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private String address;

    private Visitor(Browser browser, Site site, Screen screen) {
        this.site = site;
        this.address = site.page();
        this.context = browser.newContext(new Browser.NewContextOptions()
                .setViewportSize(screen.width(), screen.height())
                .setColorScheme(screen.colours())
                .setLocale(screen.language())
                .setHasTouch(screen.isPhone())
                .setIsMobile(screen.isPhone())
                .setDeviceScaleFactor(screen.isPhone() ? 2 : 1)
                .setJavaScriptEnabled(screen.runsScripts())
                // what it keeps is not asked for in a way that tests see
                .setServiceWorkers(screen.installs() ? ServiceWorkerPolicy.ALLOW : ServiceWorkerPolicy.BLOCK)
                .setPermissions(List.of("clipboard-read", "clipboard-write")));
        this.page = context.newPage();
        page.onConsoleMessage(message -> {
            if (EXPECTED.stream().noneMatch(message.text()::startsWith)) {
                messages.add(message.type() + ": " + message.text());
            }
        });
        page.onPageError(error -> messages.add("error: " + error));
        page.onRequest(request -> requests.add(describe(request)));
    }

    /** Somebody who is logged in as a new owner, with the page not opened yet. */
    static Visitor owner(Browser browser, Site site, Screen screen) {
        Visitor visitor = stranger(browser, site, screen);
        visitor.logIn(site.newOwner());
        return visitor;
    }

    /** Somebody whom nobody knows. */
    static Visitor stranger(Browser browser, Site site, Screen screen) {
        return new Visitor(browser, site, screen);
    }

    /** Becomes this owner. */
    void logIn(String owner) {
        var answer = context.request()
                .post(
                        address + "../api/session",
                        com.microsoft.playwright.options.RequestOptions.create()
                                .setHeader("Content-Type", "application/json")
                                .setData(Map.of("link", site.loginSecret(owner))));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    }

    /** From now on opens the page here, where it is the same. */
    Visitor at(String other) {
        address = other;
        return this;
    }

    Page page() {
        return page;
    }

    BrowserContext context() {
        return context;
    }

    /** Opens the page at this place, such as {@code #/}, and waits until it has come to rest. */
    Visitor open(String hash) {
        page.navigate(address + hash);
        page.waitForFunction("() => document.querySelector('.tools :is(select, button)') !== null");
        return this;
    }

    Locator find(String selector) {
        return page.locator(selector);
    }

    /** What has this role and this name. */
    Locator button(String name) {
        return page.getByRole(
                        com.microsoft.playwright.options.AriaRole.BUTTON, new Page.GetByRoleOptions().setName(name))
                .first();
    }

    /** Chooses files, as by the button. */
    void choose(List<FilePayload> files) {
        find("[data-input=files]").setInputFiles(files.toArray(FilePayload[]::new));
    }

    /** Drops files somewhere. */
    void drop(String selector, List<FilePayload> files) {
        List<Map<String, String>> data = new ArrayList<>();
        files.forEach(file -> data.add(Map.of(
                "name",
                file.name,
                "type",
                file.mimeType,
                "bytes",
                Base64.getEncoder().encodeToString(file.buffer))));
        page.evalOnSelector(selector, """
                (target, files) => {
                    const transfer = new DataTransfer();
                    for (const { name, type, bytes } of files) {
                        const content = Uint8Array.from(atob(bytes), (sign) => sign.charCodeAt(0));
                        transfer.items.add(new File([content], name, { type }));
                    }
                    for (const kind of ['dragenter', 'dragover', 'drop']) {
                        target.dispatchEvent(new DragEvent(kind, { bubbles: true, cancelable: true, dataTransfer: transfer }));
                    }
                }""", data);
    }

    /** Waits until all uploads are done, or have failed for good. */
    void awaitUploads() {
        // until then the page shows what was before the last click
        page.evaluate("() => new Promise((drawn) => requestAnimationFrame(() => setTimeout(drawn)))");
        page.waitForFunction("""
                () => document.querySelector('.queue-row') !== null
                    && document.querySelector('.queue-row:is(.new, .ready, .sending, .twin)') === null""", null, PATIENT);
    }

    /** Scrolls until all pictures of the gallery have been asked for. */
    void scrollToTheEnd() {
        page.waitForFunction("""
                () => {
                    scrollTo(0, document.body.scrollHeight);
                    return document.querySelector('.wall').ariaRowCount !== '-1';
                }""");
    }

    /** What is in the clipboard. */
    String clipboard() {
        return String.valueOf(page.evaluate("() => navigator.clipboard.readText()"));
    }

    /** The requests to the API since the last time, such as {@code POST /api/upload}. */
    List<String> takeRequests() {
        List<String> taken =
                requests.stream().filter(request -> request.contains(" /api/")).toList();
        requests.clear();
        return taken;
    }

    /** Asks until the service answers no more for ten seconds at least: one that allows {@link #FEW_REQUESTS}. */
    void useUpAllRequests() {
        page.evaluate("""
                async () => {
                    let secondsLeft = 0;
                    while (secondsLeft < 10) {
                        await new Promise((resolve) => setTimeout(resolve, 1_000 * secondsLeft));
                        const answer = await fetch('../api/images?limit=1');
                        secondsLeft = answer.status === 429 ? Number(answer.headers.get('Retry-After')) : 0;
                    }
                }""");
    }

    /** Uploads pictures without the page, which is quicker. */
    void has(int pictures, int side) {
        for (int number = pictures; number > 0; number--) {
            var answer = context.request()
                    .put(
                            address + "../api/upload/" + nameOf(number),
                            com.microsoft.playwright.options.RequestOptions.create()
                                    .setData(Landscapes.jpeg(number, side)));
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        }
    }

    static String nameOf(int number) {
        return "IMG_" + (2200 + number) + ".jpg";
    }

    /** Fails if something of what is shown keeps people from using it, by WCAG 2.2 A and AA. */
    void assertUsable(String what) {
        // what a bar covers in the middle of a list counts as too small for a finger
        page.evaluate("() => scrollTo(0, 0)");
        var options = new AxeRunOptions();
        options.setResultTypes(List.of("violations"));
        var results = new AxeBuilder(page)
                // the other mode opens a window for each result, for the sake of frames from elsewhere
                .setLegacyMode(true)
                .options(options)
                .withTags(List.of("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"))
                .analyze();
        assertThat(results.getViolations().stream()
                        .map(rule -> rule.getId() + ": " + rule.getHelp() + " "
                                + rule.getNodes().stream()
                                        .map(node -> node.getHtml())
                                        .limit(3)
                                        .toList())
                        .toList())
                .as(what)
                .isEmpty();
    }

    /** Fails if something is wider than the window, or than the dialog that it is in. */
    void assertNoSidewaysScroll(String what) {
        assertThat(page.evaluate("() => document.documentElement.scrollWidth - innerWidth"))
                .as(what)
                .isEqualTo(0);
        assertThat(page.evaluate("""
                        () => [...document.querySelectorAll('dialog[open]')]
                            .map((dialog) => dialog.scrollWidth - dialog.clientWidth)
                            .filter((tooMuch) => tooMuch > 0)""")).as("dialogs: " + what).isEqualTo(List.of());
    }

    /** Fails if the browser had something to complain of. */
    void assertNoComplaint() {
        assertThat(messages).isEmpty();
    }

    @Override
    public void close() {
        context.close();
    }

    private static String describe(Request request) {
        return request.method() + " "
                + request.url().replaceFirst("^\\w+://[^/]*", "").replaceFirst("\\?.*", "");
    }
}
