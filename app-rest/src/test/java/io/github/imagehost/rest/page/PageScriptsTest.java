package io.github.imagehost.rest.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.impl.driver.Driver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The modules of the page, checked and tested by what JavaScript has for that. Nothing needs to be installed. */
class PageScriptsTest {

    private static final Path TESTS = Path.of("src/test/web");
    private static final Path COMPILER = Path.of("target/page/typescript/lib/tsc.js");
    private static final long LIMIT_SECONDS = 120;

    @TempDir
    private Path directory;

    @Test
    void theTypesFit() throws Exception {
        assertThat(node(COMPILER.toString(), "--project", TESTS.toString())).isEmpty();
    }

    @Test
    void theUnitTestsPass() throws Exception {
        List<String> arguments = new ArrayList<>(
                List.of("--disable-warning=MODULE_TYPELESS_PACKAGE_JSON", "--test", "--test-isolation=none"));
        try (var files = Files.list(TESTS)) {
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".test.mjs"))
                    .sorted()
                    .forEach(arguments::add);
        }

        assertThat(node(arguments.toArray(String[]::new))).contains("fail 0").doesNotContain("pass 0");
    }

    /** What Node prints; fails if that is bad news. */
    private String node(String... arguments) throws IOException, InterruptedException {
        Path output = directory.resolve("output.txt");
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            boolean hasEnded = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            String text = Files.readString(output);
            assertThat(hasEnded).as(text).isTrue();
            assertThat(process.exitValue()).as(text).isZero();
            return text;
        } finally {
            process.destroyForcibly();
        }
    }

    /** The one that Playwright brings along. */
    private static Path program() {
        Path folder = Driver.ensureDriverInstalled(Map.of(), false).driverDir();
        boolean isWindows = Files.exists(folder.resolve("node.exe"));
        return folder.resolve(isWindows ? "node.exe" : "node");
    }
}
