package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.rest.testing.Browser;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.ServiceTest;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** What a browser makes of what the service sends, on a page of another site. */
@EnabledIf(value = "browserIsInstalled", disabledReason = "Chromium is not on the PATH; Debian has it in chromium")
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class BrowserIT extends ServiceTest {

    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;

    /** Those of every picture here, as they are stored: two above the other two. */
    private static final List<Color> QUARTERS = List.of(Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);

    private static final int COLOUR_TOLERANCE = 12;

    private static final String OWNED = "owned";
    private static final String SCRIPT = "document.title='" + OWNED + "';parent.postMessage('" + OWNED + "','*');";

    /** The length of a segment whose two bytes begin a comment in JavaScript. */
    private static final int LENGTH_AS_COMMENT = 0x2f2a;

    private static final int COMMENT = 0xfe;
    private static final int END_OF_JPEG_LENGTH = 2;

    private final Map<String, byte[]> pages = new ConcurrentHashMap<>();
    private HttpServer site;
    private Browser browser;

    /** A JPEG that is a script, and has one if it is taken for a page. */
    enum Polyglot {
        SCRIPT_IN_A_COMMENT {
            @Override
            byte[] bytes() throws IOException {
                byte[] picture = polyglot("*/=1;" + SCRIPT + "/*<script>" + SCRIPT + "</script>");
                byte[] end = Pictures.segment(COMMENT, ascii("*/"));
                return Pictures.insert(picture, picture.length - END_OF_JPEG_LENGTH, end);
            }
        },
        SCRIPT_BEHIND_THE_END {
            @Override
            byte[] bytes() throws IOException {
                return Pictures.concat(polyglot(""), ascii("*/=1;" + SCRIPT + "/*<script>" + SCRIPT + "</script>*/"));
            }
        };

        abstract byte[] bytes() throws IOException;

        private static byte[] polyglot(String comment) throws IOException {
            byte[] text = Arrays.copyOf(ascii(comment), LENGTH_AS_COMMENT - 2);
            Arrays.fill(text, comment.length(), text.length, (byte) ' ');
            return Pictures.withSegments(picture(), Pictures.segment(COMMENT, text));
        }
    }

    static boolean browserIsInstalled() {
        return Browser.isInstalled();
    }

    @BeforeEach
    void startSite(@TempDir Path directory) throws IOException {
        browser = new Browser(directory, "images.test", service().port());
        site = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        site.createContext("/", exchange -> {
            byte[] page = pages.getOrDefault(exchange.getRequestURI().getPath(), new byte[0]);
            exchange.getResponseHeaders().set("Content-Type", "text/html");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(page);
            exchange.close();
        });
        site.start();
    }

    @AfterEach
    void stopSite() {
        site.stop(0);
    }

    @Test
    void showsAPhotographAndItsThumbnailTheRightWayRound() throws Exception {
        byte[] exif = Pictures.concat(ascii("Exif\0\0"), TaggedPictures.exif(ByteOrder.BIG_ENDIAN));
        byte[] photograph = Pictures.withSegments(picture(), Pictures.segment(0xe1, exif));
        JsonNode image =
                client().get("/api/images/" + upload(photograph).get("id")).data();

        Browser.View view = browser.open(page("""
                <style>body { margin: 0 } img { float: left }</style>
                <img src='%s'><img src='%s'>
                <script>onload = () => document.title = Array.from(document.images,
                    image => image.naturalWidth + 'x' + image.naturalHeight).join()</script>
                """.formatted(
                        image.get("url").asString(), image.get("thumbnailUrl").asString())));

        assertThat(view.title()).isEqualTo("480x640,240x320");
        for (BufferedImage seen :
                List.of(view.screen().getSubimage(0, 0, 480, 640), view.screen().getSubimage(480, 0, 240, 320))) {
            assertQuarters(seen, Color.BLUE, Color.RED, Color.YELLOW, Color.GREEN);
        }
    }

    @ParameterizedTest
    @EnumSource(Polyglot.class)
    void showsThePictureThatHasAScriptAndRunsNone(Polyglot polyglot) throws Exception {
        byte[] bytes = polyglot.bytes();
        String link = upload(bytes).get("url").asString();

        assertThat(browser.open(page("/careless", bytes)).title()).isEqualTo(OWNED);
        Browser.View view = browser.open(link);

        assertThat(view.title()).endsWith("(640×480)");
        for (Color colour : QUARTERS) {
            assertThat(pixelsOf(view.screen(), colour)).isGreaterThan(WIDTH * HEIGHT / 4 * 9 / 10);
        }
    }

    /** Frames with pictures, and frames with pages that take a picture for a script; all tell the page around them. */
    @Test
    void runsNoScriptInAPictureThatAnotherPageLoads() throws Exception {
        Map<String, String> frames = new TreeMap<>();
        for (Polyglot polyglot : Polyglot.values()) {
            byte[] bytes = polyglot.bytes();
            String careless = page("/careless/" + polyglot, bytes);
            String link = upload(bytes).get("url").asString();
            frames.put("careless frame " + polyglot, careless);
            frames.put("careless script " + polyglot, pageWithScript(careless));
            frames.put("our frame " + polyglot, link);
            frames.put("our script " + polyglot, pageWithScript(link));
        }

        Browser.View view = browser.open(page(frames.entrySet().stream()
                .map(frame -> "<iframe name='" + frame.getKey() + "' src='" + frame.getValue() + "'></iframe>")
                .collect(Collectors.joining(
                        "",
                        "<script>const seen = []; onmessage = event => {"
                                + " seen.push(Array.from(document.querySelectorAll('iframe'))"
                                + ".find(frame => frame.contentWindow === event.source).name + ' ' + event.data);"
                                + " document.title = seen.sort().join() }</script>",
                        ""))));

        assertThat(view.title().split(","))
                .containsExactlyElementsOf(frames.keySet().stream()
                        .filter(name -> name.startsWith("careless"))
                        .map(name -> name + " " + OWNED)
                        .toList());
    }

    @Test
    void theScriptInACommentIsServed() throws Exception {
        byte[] bytes = Polyglot.SCRIPT_IN_A_COMMENT.bytes();

        String path = Client.pathOf(upload(bytes).get("url").asString());

        assertThat(client().get(path).bytes()).isEqualTo(bytes);
    }

    private JsonNode upload(byte[] picture) throws Exception {
        return client().upload("cat.jpg", picture).data();
    }

    private String pageWithScript(String url) {
        return page("/script-" + pages.size(), ascii("<script src='" + url + "' charset='ISO-8859-1'></script>"));
    }

    /** Where the other site has this page. */
    private String page(String html) {
        return page("/", ascii(html));
    }

    private String page(String path, byte[] content) {
        pages.put(path, content);
        return "http://127.0.0.1:" + site.getAddress().getPort() + path;
    }

    private static byte[] picture() throws IOException {
        BufferedImage image = new BufferedImage(WIDTH, HEIGHT, BufferedImage.TYPE_INT_RGB);
        Graphics2D graphics = image.createGraphics();
        for (int i = 0; i < QUARTERS.size(); i++) {
            graphics.setColor(QUARTERS.get(i));
            graphics.fillRect(i % 2 * WIDTH / 2, i / 2 * HEIGHT / 2, WIDTH / 2, HEIGHT / 2);
        }
        graphics.dispose();
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        ImageIO.write(image, "jpeg", jpeg);
        return jpeg.toByteArray();
    }

    private static void assertQuarters(BufferedImage image, Color... colours) {
        for (int i = 0; i < colours.length; i++) {
            int x = image.getWidth() * (1 + i % 2 * 2) / 4;
            int y = image.getHeight() * (1 + i / 2 * 2) / 4;
            Color seen = new Color(image.getRGB(x, y));
            assertThat(isLike(seen, colours[i]))
                    .as("at %d,%d of %dx%d there is %s", x, y, image.getWidth(), image.getHeight(), seen)
                    .isTrue();
        }
    }

    private static long pixelsOf(BufferedImage image, Color colour) {
        return Arrays.stream(image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth()))
                .filter(pixel -> isLike(new Color(pixel), colour))
                .count();
    }

    private static boolean isLike(Color seen, Color colour) {
        return Math.abs(seen.getRed() - colour.getRed()) <= COLOUR_TOLERANCE
                && Math.abs(seen.getGreen() - colour.getGreen()) <= COLOUR_TOLERANCE
                && Math.abs(seen.getBlue() - colour.getBlue()) <= COLOUR_TOLERANCE;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
