package io.github.imagehost.rest.browser;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.FilePayload;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test of the page in a browser. What its visitors saw when it failed is in {@code target/browser}. */
@ExtendWith(Browsers.class)
abstract class BrowserTest {

    static final Path PICTURES = Path.of("target/browser");

    private final List<Visitor> visitors = new ArrayList<>();
    private Browser browser;

    @RegisterExtension
    private final AfterTestExecutionCallback leave =
            context -> leave(context.getExecutionException().isPresent(), context.getDisplayName());

    @BeforeEach
    void enter(Browser present, TestInfo test) {
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

    private Visitor remember(Visitor visitor) {
        visitors.add(visitor);
        return visitor;
    }

    private void leave(boolean hasFailed, String name) {
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
            leaving.forEach(hasFailed ? visitor -> visitor.context().close() : Visitor::close);
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
