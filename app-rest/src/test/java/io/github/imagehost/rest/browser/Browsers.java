package io.github.imagehost.rest.browser;

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
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests the browser of this machine: the one that {@code IMAGEHOST_TEST_BROWSER} names, or else Chromium where it
 * usually is. Without one, the tests are skipped, unless this is CI. All tests of a JVM share it.
 */
final class Browsers implements ExecutionCondition, ParameterResolver {

    private static final String VARIABLE = "IMAGEHOST_TEST_BROWSER";
    /** For a browser, a page of such a host comes from a network, unless TLS protects it. */
    private static final String HOSTS_OF_THIS_MACHINE = "--host-resolver-rules=MAP *.test 127.0.0.1";

    private static final Namespace NAMESPACE = Namespace.create(Browsers.class);
    private static final List<String> PROGRAMS = List.of("chromium", "chromium-browser", "google-chrome", "chrome.exe");
    private static final List<String> USUAL_PLACES = List.of(
            "/Applications/Chromium.app/Contents/MacOS/Chromium",
            "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
            "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe");

    /** A browser, and what drives it. */
    private record Running(Playwright playwright, Browser browser) implements AutoCloseable {

        static Running start(Path program) {
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
                                    HOSTS_OF_THIS_MACHINE)));
            return new Running(playwright, browser);
        }

        @Override
        public void close() {
            browser.close();
            playwright.close();
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        if (program().isPresent()) {
            return ConditionEvaluationResult.enabled("There is a browser");
        }
        String reason = "There is no Chromium on the PATH (Debian has it in chromium), and " + VARIABLE + " names none";
        if ("true".equals(System.getenv("CI"))) {
            throw new IllegalStateException(reason);
        }
        return ConditionEvaluationResult.disabled(reason);
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Browser.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .computeIfAbsent(Running.class, key -> Running.start(program().orElseThrow()), Running.class)
                .browser();
    }

    private static Optional<Path> program() {
        Stream<String> named = Stream.ofNullable(System.getenv(VARIABLE));
        Stream<String> onPath = Stream.of(System.getenv("PATH").split(File.pathSeparator, -1))
                .flatMap(folder -> PROGRAMS.stream().map(program -> folder + File.separator + program));
        return Stream.of(named, onPath, USUAL_PLACES.stream())
                .flatMap(places -> places)
                .map(Path::of)
                .filter(Files::isExecutable)
                .findFirst();
    }
}
