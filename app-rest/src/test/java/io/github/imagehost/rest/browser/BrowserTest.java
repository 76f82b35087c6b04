package io.github.imagehost.rest.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A test of the page in a browser. What its visitors saw when it failed is in {@code target/browser}. */
@ExtendWith(Browsers.class)
abstract class BrowserTest {

    static final Path PICTURES = Path.of("target/browser");

    private final List<Visitor> visitors = new ArrayList<>();
    private final Deque<AutoCloseable> kept = new ArrayDeque<>();
    private Browser browser;

    @TempDir
    private Path directory;

    @RegisterExtension
    private final AfterTestExecutionCallback leave =
            context -> leave(context.getExecutionException().isPresent(), context.getDisplayName());

    @BeforeEach
    void enter(Browser present) {
        browser = present;
    }

    /** Somebody with an account of his own, at the shared service. */
    final Visitor visitor() {
        return visitor(Screen.DESKTOP);
    }

    /** Somebody with an account of his own, at the shared service. */
    final Visitor visitor(Screen screen) {
        return visitor(Site.shared(), screen);
    }

    /** Somebody with an account of his own. */
    final Visitor visitor(Site site, Screen screen) {
        return remember(Visitor.owner(browser, site, screen));
    }

    /** Somebody whom the service does not know. */
    final Visitor stranger(Site site, Screen screen) {
        return remember(Visitor.stranger(browser, site, screen));
    }

    /** A service with further settings, which ends after its visitors have left it. */
    final Site site(Map<String, String> settings) {
        return keep(Site.with(directory, settings));
    }

    /** What visitors need until they leave: a browser complains of what it can't load any more. */
    final <T extends AutoCloseable> T keep(T needed) {
        kept.push(needed);
        return needed;
    }

    private Visitor remember(Visitor visitor) {
        visitors.add(visitor);
        return keep(visitor);
    }

    private void leave(boolean hasFailed, String name) throws Exception {
        List<Visitor> leaving = List.copyOf(visitors);
        visitors.clear();
        try {
            if (hasFailed) {
                leaving.forEach(visitor -> visitor.page()
                        .screenshot(new Page.ScreenshotOptions()
                                .setPath(PICTURES.resolve(
                                        getClass().getSimpleName() + "-" + name.replaceAll("\\W+", "_") + ".png"))));
            }
        } finally {
            while (!kept.isEmpty()) {
                kept.pop().close();
            }
        }
        if (!hasFailed) {
            leaving.forEach(Visitor::assertNoComplaint);
        }
    }

    /** Files with these pictures. */
    static List<FilePayload> pictures(int from, int to) {
        return IntStream.rangeClosed(from, to)
                .mapToObj(number -> picture(Visitor.nameOf(number), number))
                .toList();
    }

    static FilePayload picture(String name, int number) {
        return new FilePayload(name, "image/jpeg", Landscapes.jpeg(number, 320));
    }

    static FilePayload file(String name, String content) {
        return new FilePayload(
                name, "application/octet-stream", content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Everybody can use what is shown now. */
    static void check(Visitor visitor, String what) {
        visitor.assertUsable(what);
        visitor.assertNoSidewaysScroll(what);
    }

    /** Selects the first ones by keys. */
    static void select(Visitor visitor, int count) {
        visitor.find("[data-place='0']").focus();
        visitor.page().keyboard().press("Space");
        for (int more = 1; more < count; more++) {
            visitor.page().keyboard().press("Shift+ArrowRight");
        }
    }
}
