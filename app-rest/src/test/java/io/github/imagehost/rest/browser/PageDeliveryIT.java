package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.FilePayload;
import com.sun.net.httpserver.HttpServer;
import io.github.imagehost.rest.browser.Visitor.Screen;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page shows pictures from wherever the service gives them out, and has nothing from elsewhere. */
@Tag("deep")
class PageDeliveryIT extends BrowserTest {

    private static final int SIDE = 1_600;

    @Test
    void fromTheServiceItself() {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("DELIVERY", "proxy");

        check(settings, "");
    }

    @Test
    void fromTheStoreByLinksThatEnd() {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        settings.put("DELIVERY", "redirect");

        check(settings, S3TestServer.shared().endpoint().toString());
    }

    @Test
    void fromAStoreThatEverybodyMayRead() throws Exception {
        Map<String, String> settings = S3TestServer.shared().freshBucket();
        HttpServer network = network(Objects.requireNonNull(settings.get("S3_BUCKET")));
        String origin = "http://127.0.0.1:" + network.getAddress().getPort();
        settings.put("DELIVERY", "public");
        settings.put("S3_PUBLIC_URL", origin + "/pictures");
        keep(() -> network.stop(0));

        check(settings, origin);
    }

    /** Gives out what is in a bucket, as networks do that are in front of stores. */
    private static HttpServer network(String bucket) throws IOException {
        HttpServer network = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        network.createContext("/pictures/", exchange -> {
            String key = exchange.getRequestURI().getPath().substring("/pictures/".length());
            byte[] object = S3TestServer.shared().get(bucket, key);
            exchange.getResponseHeaders().set("Content-Type", "image/jpeg");
            exchange.sendResponseHeaders(200, object.length);
            exchange.getResponseBody().write(object);
            exchange.close();
        });
        network.start();
        return network;
    }

    /** @param pictures the origin from which browsers get originals; empty if it is the service's own */
    private void check(Map<String, String> settings, String pictures) {
        Site site = site(settings);
        Visitor visitor = visitor(site, Screen.DESKTOP);
        Set<String> elsewhere = ConcurrentHashMap.newKeySet();
        visitor.page().onRequest(request -> {
            String origin = originOf(request.url());
            if (!origin.equals(originOf(site.page()))) {
                elsewhere.add(origin);
            }
        });
        Response page = visitor.page().navigate(site.page());
        assertThat(page.headerValue("Content-Security-Policy"))
                .isEqualTo(policy(pictures.isEmpty() ? "" : " " + pictures));
        visitor.open("#/");
        visitor.choose(List.of(new FilePayload("wide.jpg", "image/jpeg", Landscapes.jpeg(1, SIDE))));
        visitor.awaitUploads();
        visitor.find(".tile .face").click();
        assertThat(visitor.find("img.shown")).hasAttribute("src", Pattern.compile(".*\\?w=1280&h=1280$"));

        visitor.page().keyboard().press("+");

        assertThat(visitor.find("img.shown")).hasAttribute("src", Pattern.compile(".*/i/[^?]+$"));
        visitor.page().waitForFunction("""
                (side) => {
                    const { complete, naturalWidth } = document.querySelector('img.shown');
                    return complete && naturalWidth === side;
                }""", SIDE);
        assertThat(elsewhere).isEqualTo(pictures.isEmpty() ? Set.of() : Set.of(pictures));
        assertThat(visitor.page().evaluate("() => Object.keys(localStorage)")).isEqualTo(List.of());
        assertThat(visitor.page().evaluate("() => document.cookie")).isEqualTo("");
    }

    /** As docs/page.md has it, with origins of pictures beside the page's own. */
    private static String policy(String pictures) {
        return "default-src 'none';connect-src 'self';img-src 'self' data:" + pictures
                + ";manifest-src 'self';script-src 'self';style-src 'self';worker-src 'self';base-uri 'none';"
                + "form-action 'self';frame-ancestors 'none';require-trusted-types-for 'script';"
                + "trusted-types lit-html imagehost";
    }

    private static String originOf(String url) {
        URI uri = URI.create(url);
        return uri.getScheme() + "://" + uri.getRawAuthority();
    }
}
