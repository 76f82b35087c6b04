package io.github.imagehost.rest.testing;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A running browser, and what drives it. For one thread. */
public final class Chromium implements AutoCloseable {

    /** Names the program, where it is not where it usually is. */
    public static final String VARIABLE = "IMAGEHOST_TEST_BROWSER";

    /** For a browser, a page of such a host comes from a network, unless TLS protects it. */
    private static final String HOSTS_OF_THIS_MACHINE = "--host-resolver-rules=MAP *.test 127.0.0.1";

    /** The list below its address bar, which nobody sees here: without it each window takes half of the processor. */
    static final String ADDRESS_BAR = "WebUIOmniboxPopup,WebUIOmniboxAimPopup";

    /** And what Playwright switches off, because only the last list counts: see its chromiumSwitches.ts. */
    private static final String WITHOUT = "--disable-features="
            + String.join(
                    ",",
                    "AvoidUnnecessaryBeforeUnloadCheckSync",
                    "BoundaryEventDispatchTracksNodeRemoval",
                    "DestroyProfileOnBrowserClose",
                    "DialMediaRouteProvider",
                    "GlobalMediaControls",
                    "HttpsUpgrades",
                    "LensOverlay",
                    "MediaRouter",
                    "PaintHolding",
                    "ThirdPartyStoragePartitioning",
                    "BlockOriginHeaderModificationOnRedirect",
                    "Translate",
                    "OptimizationHints",
                    ADDRESS_BAR);

    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome", "chrome.exe");
    private static final List<String> USUAL_PLACES = List.of(
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

    private final Playwright playwright;
    private final Browser browser;

    private Chromium(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /** The program that {@value #VARIABLE} names, or else one that is where it usually is. */
    public static Optional<Path> program() {
        Stream<String> named = Stream.ofNullable(System.getenv(VARIABLE));
        Stream<String> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> PROGRAMS.stream().map(program -> folder + File.separator + program));
        return Stream.of(named, onPath, USUAL_PLACES.stream())
                .flatMap(places -> places)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** Starts one without a window. */
    public static Chromium start(Path program) {
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(program)
                        // its sandbox does not work for root, as whom CI runs
                        .setArgs(List.of(
                                "--no-sandbox",
                                "--disable-gpu",
                                "--disable-dev-shm-usage",
                                WITHOUT,
                                HOSTS_OF_THIS_MACHINE)));
        return new Chromium(playwright, browser);
    }

    public Browser browser() {
        return browser;
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
