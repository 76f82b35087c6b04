package io.github.imagehost.rest.testing;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;

/** Debian's Chromium without a window, whose network is the loopback address. */
public final class Browser {

    private static final String PROGRAM = "chromium";
    private static final Duration LIMIT = Duration.ofMinutes(1);
    private static final Pattern TITLE = Pattern.compile("<title>(.*?)</title>", Pattern.DOTALL);

    private final Path directory;
    private final String hosts;

    /** What a page had become when all that it asked for was there, and what of it was seen. */
    public record View(String document, BufferedImage screen) {

        /** The document's title; the empty text if it has none. */
        public String title() {
            Matcher title = TITLE.matcher(document);
            return title.find() ? title.group(1) : "";
        }
    }

    /**
     * A browser that keeps its profile in this directory.
     *
     * @param host the only host beside the loopback address that it finds
     * @param port where on the loopback address it finds that
     */
    public Browser(Path directory, String host, int port) {
        this.directory = directory;
        this.hosts = "MAP " + host + " 127.0.0.1:" + port + ", MAP * ~NOTFOUND, EXCLUDE 127.0.0.1";
    }

    /** Whether this machine has one. */
    public static boolean isInstalled() {
        return Arrays.stream(System.getenv("PATH").split(File.pathSeparator, -1))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, PROGRAM)));
    }

    /** Opens a page in a process of its own, which has ended when this returns. */
    public View open(String url) throws IOException, InterruptedException {
        Path document = Files.createTempFile(directory, "document-", ".html");
        Path log = Files.createTempFile(directory, "log-", ".txt");
        Path screen = directory.resolve("screen.png");
        Files.deleteIfExists(screen);
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        PROGRAM,
                        "--headless",
                        // its sandbox does not work for root, as whom CI runs
                        "--no-sandbox",
                        "--disable-gpu",
                        "--disable-dev-shm-usage",
                        "--no-first-run",
                        "--no-proxy-server",
                        "--disable-background-networking",
                        "--disable-component-update",
                        "--disable-sync",
                        "--disable-features=" + Chromium.ADDRESS_BAR,
                        "--host-resolver-rules=" + hosts,
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--window-size=800,800",
                        "--force-device-scale-factor=1",
                        "--virtual-time-budget=10000",
                        "--dump-dom",
                        "--screenshot=" + screen,
                        url))
                .redirectOutput(document.toFile())
                .redirectError(log.toFile());
        builder.environment().put("HOME", directory.toString());
        Process process = builder.start();
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new AssertionError("Chromium did not open " + url + ":\n" + Files.readString(log));
            }
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }
        return new View(Files.readString(document, StandardCharsets.UTF_8), ImageIO.read(screen.toFile()));
    }
}
