package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import com.microsoft.playwright.options.SameSiteAttribute;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page on a network without TLS, where browsers trust it less: a service on a device at home, say. */
@Tag("deep")
class PlainHttpBrowserIT extends BrowserTest {

    private static final String NAME = "nas.test";

    @Test
    void itWorksAndSaysWhatItCanNot() {
        Site site = named("http");
        Visitor visitor = stranger(site, Screen.DESKTOP).at(site.page(NAME)).open("#/");
        assertThat(visitor.find(".login .remark")).containsText("whoever is on the way can read it");
        visitor.assertUsable("login without TLS");
        visitor.open("#/login/" + site.loginSecret(site.newOwner()));
        assertThat(visitor.find(".panel.alone")).isVisible();
        assertThat(visitor.page().evaluate("() => isSecureContext")).isEqualTo(false);
        Cookie session = visitor.context().cookies().get(0);
        assertThat(session.name).isEqualTo("imagehost");
        assertThat(session.secure).isFalse();
        assertThat(session.httpOnly).isTrue();
        assertThat(session.sameSite).isEqualTo(SameSiteAttribute.LAX);
        visitor.takeRequests();

        visitor.drop("body", List.of(picture("first.jpg", 1), picture("again.jpg", 1)));
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("2 done");
        assertThat(visitor.takeRequests()).doesNotContain("POST /api/upload/check");
        assertThat(visitor.find(".queue"))
                .containsText("came without TLS, so that the browser can not tell beforehand");
        assertThat(visitor.find(".queue")).not().containsText("The links lead to");
        visitor.assertUsable("uploads without TLS");
        visitor.button("Copy all 2 links").click();
        assertThat(visitor.find(".toast")).containsText("2 links are copied");
        assertThat(clipboard(visitor, site).lines())
                .hasSize(2)
                .allMatch(link -> link.startsWith("http://" + NAME + ":" + site.port() + "/i/"));
        visitor.page().reload();
        assertThat(visitor.find(".tile")).hasCount(1);
    }

    @Test
    void whoeverOpensItByAnotherNameIsToldWhereLinksLead() {
        Site site = named("http");
        Visitor visitor = visitor(site, Screen.DESKTOP).open("#/");

        visitor.choose(pictures(1, 1));
        visitor.awaitUploads();

        assertThat(visitor.find(".queue")).containsText("The links lead to http://" + NAME + ":" + site.port());
        assertThat(visitor.find(".queue-row img, .queue-row canvas")).hasCount(1);
        assertThat(visitor.find(".queue-row .row-state a")).containsText("http://" + NAME + ":" + site.port() + "/i/");
    }

    /** The cookie of a service that has TLS is kept by no browser that came without: nobody sends a secret in vain. */
    @Test
    void nobodyLogsInWithoutTlsIfTheServiceHasIt() {
        Site site = named("https");
        String secure = "https://" + NAME + ":" + site.port();
        String secret = site.loginSecret(site.newOwner());
        Visitor visitor = stranger(site, Screen.PHONE).at(site.page(NAME));
        for (String place : List.of("#/", "#/login/" + secret, "#/invitation/nobody")) {
            visitor.page().navigate("about:blank");
            visitor.open(place);

            assertThat(visitor.find(".login [role=alert]")).containsText("came without TLS");
            assertThat(visitor.find(".login [role=alert] a")).hasText(secure);
            assertThat(visitor.find(".login form")).hasCount(0);
            visitor.assertUsable("login where TLS is missing");
        }
        assertThat(visitor.takeRequests()).doesNotContain("POST /api/session", "POST /api/invitation");

        Visitor onThisMachine = stranger(site, Screen.DESKTOP).open("#/login/" + secret);
        assertThat(onThisMachine.find(".panel.alone")).isVisible();
    }

    private static Site named(String scheme) {
        return Site.shared(Map.of("PUBLIC_URL", scheme + "://" + NAME + ":" + Site.OWN_PORT));
    }

    /** Only pages that browsers trust may read it. */
    private static String clipboard(Visitor visitor, Site site) {
        try (Page trusted = visitor.context().newPage()) {
            trusted.navigate(site.page());
            trusted.bringToFront();
            return String.valueOf(trusted.evaluate("() => navigator.clipboard.readText()"));
        }
    }
}
