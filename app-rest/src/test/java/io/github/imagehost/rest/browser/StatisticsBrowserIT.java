package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Route;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.FilePayload;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.browser.Visitor.Screen;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How much there is is seen by owners of what is theirs, and by administrators of everything. */
@Tag("deep")
class StatisticsBrowserIT extends BrowserTest {

    /** With something between the cells of a table. */
    private static final LocatorAssertions.HasTextOptions AS_SEEN =
            new LocatorAssertions.HasTextOptions().setUseInnerText(true);

    /** In place of a service that has been there for years, and has its troubles. */
    static final String LONG_HISTORY = """
            const months = Array.from({ length: 50 }, (_, index) => ({
                name: `${2022 + Math.floor(index / 12)}-${String(index % 12 + 1).padStart(2, '0')}`,
                images: index * 997, bytes: index * 9e9 }));
            const types = ['image/jpeg', 'image/png', 'image/gif'].map((name, index) =>
                ({ name, images: 10 ** (6 - 2 * index), bytes: 10 ** (12 - 3 * index) }));
            const owners = Array.from({ length: 60 }, (_, index) => ({ id: index + 1, role: 'user', state: 'active',
                name: `${'a.rather-long-name.'.repeat(index % 3)}owner${index}`, createdAt: '2026-01-01T00:00:00.000Z',
                usage: { images: 5_000 - index, bytes: 1e9 }, quota: { images: null, bytes: null } }));
            const answers = {
                '/api/statistics': { usage: { images: 1_010_100, bytes: 1e12 }, quota: { images: 2_000_000, bytes: 2e12 },
                    types, months, isEstimate: true,
                    visibilities: [{ name: 'public', images: 1e6, bytes: 9e11 }, { name: 'private', images: 10_100, bytes: 1e11 }] },
                '/api/admin/statistics': { countedAt: '2026-01-01T00:00:00.000Z', savedBytes: 4e11, owners,
                    backlog: { objects: 1_234, seconds: 90_000 },
                    statistics: { images: 1_010_100, imageBytes: 1e12, blobs: 700_000, blobBytes: 6e11, storedBytes: 5.9e11,
                        derived: 2_000_000, derivedBytes: 1e11, missing: 3, unfinished: 2, condemned: 1_300, types, months } },
            };
            const fetched = globalThis.fetch;
            globalThis.fetch = async (url, options) => {
                const data = answers[new URL(url).pathname];
                return data ? Response.json({ success: true, message: '', data }) : fetched(url, options);
            };
            """;

    @Test
    void anOwnerSeesWhatIsHisAndNothingElse() {
        Visitor owner = visitor();
        owner.has(2, 200);
        owner.open("#/");
        owner.choose(List.of(new FilePayload("a.png", "image/png", Pictures.uniquePng())));
        owner.awaitUploads();
        owner.button("Menu").click();
        owner.takeRequests();
        owner.find("dialog .room a").click();

        assertThat(owner.find(".page h1")).hasText("Statistics");
        assertThat(owner.find(".figures dd").first()).hasText("3");
        assertThat(rows(owner, "By type"))
                .hasText(
                        new Pattern[] {Pattern.compile("JPEG\\s*67%\\s*2\\b.*"), Pattern.compile("PNG\\s*33%\\s*1\\b.*")
                        },
                        AS_SEEN);
        assertThat(rows(owner, "By who sees them"))
                .hasText(Pattern.compile("All with the link\\s*100%\\s*3\\b.*"), AS_SEEN);
        owner.page().getByText("As a table").click();
        assertThat(rows(owner, "By month of upload")).hasCount(12);
        assertThat(owner.find(".columns rect")).hasCount(12);
        owner.page().getByLabel("What the bars show").selectOption("bytes");
        assertThat(rows(owner, "By type").first()).hasText(Pattern.compile("JPEG\\s*[89]\\d%.*"), AS_SEEN);
        owner.assertUsable("an owner's statistics");
        assertThat(owner.find(".tabs")).hasCount(0);
        assertThat(owner.takeRequests()).contains("GET /api/statistics").doesNotContain("GET /api/admin/statistics");
    }

    @Test
    void anAdministratorSeesWhatIsSavedByWhomItIsAndHowTheServiceIs() {
        Site site = site(Map.of());
        Visitor alice = visitor(site, Screen.DESKTOP);
        alice.has(3, 200);
        Visitor bob = visitor(site, Screen.DESKTOP);
        bob.has(1, 200); // which Alice has, too
        Visitor administrator = stranger(site, Screen.DESKTOP);
        administrator.logIn("1");
        administrator.open("#/owners");

        administrator
                .find(".cards li")
                .filter(new Locator.FilterOptions().setHasText("visitor1"))
                .locator(".card-words a")
                .click();

        assertThat(administrator.find(".figures dd")).hasText(new Pattern[] {
            Pattern.compile("4"),
            Pattern.compile(".+"),
            Pattern.compile("3"),
            Pattern.compile(".+"),
            Pattern.compile(".+")
        });
        assertThat(administrator.find(".legend")).containsText(Pattern.compile("Saved\\s*[1-9].* · [1-9]\\d?%"));
        assertThat(rows(administrator, "By owner").first())
                .hasText(Pattern.compile("visitor1\\s*75%\\s*3\\b.*"), AS_SEEN);
        assertThat(administrator.find("tr[aria-current]")).containsText("visitor1");
        assertThat(administrator.find(".chart .facts").first())
                .hasText(Pattern.compile(
                        "\\s*Database\\s*well\\s*Store\\s*well\\s*Service\\s*well\\s*Version\\s*\\d.*"));
        assertThat(administrator.find(".chart .facts").nth(1)).containsText("nothing");
        administrator.button("Mine").click();
        assertThat(administrator.find(".page")).containsText("There is nothing to count yet.");
        administrator.assertUsable("nothing to count");
    }

    @Test
    void whatIsAwayIsNamedAlsoIfNothingCanBeCounted() {
        Visitor administrator = stranger(Site.shared(), Screen.DESKTOP);
        administrator.logIn("1");
        answer(administrator.page(), "**/health", """
                {"status":"DOWN","timestamp":"2026-01-01T00:00:00.000Z",
                "components":{"database":"DOWN","service":"UP","store":"FULL"}}""");
        answer(administrator.page(), "**/api/admin/statistics", """
                {"success":false,"code":"service_unavailable","message":""}""");
        administrator.open("#/statistics");

        assertThat(administrator.find(".chart .facts"))
                .hasText(Pattern.compile("\\s*Database\\s*away\\s*Store\\s*full\\s*Service\\s*well\\s*Version.*"));
        assertThat(administrator.find(".notice")).containsText("The service is unavailable for the moment.");
        administrator.assertUsable("a service that is not well");

        administrator.page().unroute("**/api/admin/statistics");
        administrator.button("Try again").click();
        assertThat(administrator.find(".figures")).isVisible();
    }

    private static Locator rows(Visitor visitor, String title) {
        return visitor.find(".chart")
                .filter(new Locator.FilterOptions().setHasText(title))
                .locator("tbody tr");
    }

    private static void answer(Page page, String url, String json) {
        page.route(
                url,
                route -> route.fulfill(new Route.FulfillOptions()
                        .setStatus(503)
                        .setContentType("application/json")
                        .setBody(json)));
    }
}
