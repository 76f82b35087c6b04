package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.rest.browser.Visitor.Screen;
import io.github.imagehost.rest.oidc.TestProvider;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The page below a path of a proxy, which is as good a place as any other. */
@Tag("deep")
class ProxyBrowserIT extends BrowserTest {

    @Test
    void thePageWorksBelowAnyPath() throws Exception {
        ReverseProxy proxy = keep(new ReverseProxy("/img"));
        Site site = behind(proxy, Map.of());
        Visitor visitor = stranger(site, Screen.DESKTOP).at(proxy.address() + "/app/");
        visitor.page().navigate(proxy.address() + "/");
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/img/app/(#/)?$"));
        visitor.open("#/login/" + site.loginSecret(site.newOwner()));
        assertThat(visitor.find(".panel.alone")).isVisible();

        visitor.choose(pictures(1, 3));
        visitor.awaitUploads();
        assertThat(visitor.find(".queue")).not().containsText("The links lead to");
        visitor.button("Copy all 3 links").click();
        assertThat(visitor.clipboard().lines()).hasSize(3).allMatch(link -> link.startsWith(proxy.address() + "/i/"));
        visitor.find(".tile .face").first().click();
        assertThat(visitor.find("img.shown")).hasJSProperty("complete", true);
        visitor.page().keyboard().press("Escape");
        visitor.page().waitForFunction("""
                () => [...document.images].every(({ complete, naturalWidth }) => complete && naturalWidth > 0)""");
        visitor.open("#/clients");
        visitor.button("Settings for ShareX").click();
        assertThat(visitor.find(".secret")).hasValue(Pattern.compile(proxy.address() + "/api/upload"));
        visitor.page().keyboard().press("Escape");
        visitor.button("Menu").click();
        assertThat(visitor.find("dialog a[href$='docs/index.html']"))
                .hasAttribute("href", proxy.address() + "/docs/index.html");
        visitor.button("Log out").click();
        assertThat(visitor.find(".login h1")).isVisible();

        assertThat(proxy.strays()).isEmpty();
    }

    @Test
    void peopleLogInAtAProviderAndComeBackToThePage() throws Exception {
        ReverseProxy proxy = keep(new ReverseProxy("/img"));
        TestProvider provider = keep(TestProvider.start(proxy.address() + "/api/login/callback"));
        Site site = behind(
                proxy,
                Map.of(
                        "OIDC_ISSUER",
                        provider.issuer(),
                        "OIDC_CLIENT_ID",
                        TestProvider.CLIENT_ID,
                        "OIDC_CLIENT_SECRET",
                        TestProvider.CLIENT_SECRET,
                        "OIDC_CREATE_OWNERS",
                        "true"));
        provider.describe("4711", Map.of("preferred_username", "alice"));
        Visitor visitor = stranger(site, Screen.DESKTOP).at(proxy.address() + "/app/");
        visitor.context().setExtraHTTPHeaders(TestProvider.loggedInAs("4711"));
        visitor.open("#/");
        visitor.assertUsable("login, also at a provider");

        visitor.find(".login a.button").click();

        assertThat(visitor.find(".panel.alone")).isVisible();
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/img/app/(#/)?$"));
        visitor.button("Menu").click();
        assertThat(visitor.find("dialog h2")).hasText("alice");
        visitor.page().keyboard().press("Escape");
        visitor.open("#/sessions");
        assertThat(visitor.find(".cards")).containsText("By your organisation");
        assertThat(proxy.strays()).isEmpty();
    }

    private Site behind(ReverseProxy proxy, Map<String, String> further) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("PUBLIC_URL", proxy.address());
        settings.put("TRUSTED_PROXIES", "127.0.0.1");
        Site site = site(settings);
        proxy.passOnTo(site.port());
        return site;
    }
}
