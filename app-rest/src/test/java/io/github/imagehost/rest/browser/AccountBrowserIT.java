package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.AriaRole;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.browser.Visitor.Screen;
import io.github.imagehost.rest.testing.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** People come in and leave, and give programs what they need. */
@Tag("deep")
class AccountBrowserIT extends BrowserTest {

    @Test
    void aLoginLinkLetsSomebodyInOnceAndLeavesNoSecretInTheAddress() {
        Site site = Site.shared();
        String secret = site.loginSecret(site.newOwner());
        Visitor visitor = stranger(site, Screen.DESKTOP);

        visitor.page().navigate(site.page() + "#/login/" + secret);

        assertThat(visitor.find(".panel.alone")).isVisible();
        assertThat(visitor.page()).hasURL(Pattern.compile(".*/app/#/$"));
        assertThat(String.valueOf(visitor.page().evaluate("() => JSON.stringify(localStorage)")))
                .doesNotContain(secret);

        Visitor second = stranger(site, Screen.DESKTOP);
        second.page().navigate(site.page() + "#/login/" + secret);
        assertThat(second.find(".login [role=alert]")).hasText("This login link is not good any more.");
        second.assertUsable("a link that is used up");
    }

    @Test
    void aPasswordAndATokenLetSomebodyIn() {
        Visitor visitor = visitor().open("#/sessions");
        visitor.button("Set a password").click();
        visitor.assertUsable("a password is set");
        visitor.page().getByLabel("New password").fill("correct horse battery");
        visitor.button("Save").click();
        assertThat(visitor.find(".toast")).containsText("The password is changed");
        String name = String.valueOf(
                visitor.page().evaluate("async () => (await (await fetch('../api/me')).json()).data.name"));
        visitor.page().navigate(Site.shared().page() + "#/tokens");
        visitor.button("Make a token").click();
        visitor.page().getByLabel("Name").fill("phone");
        visitor.page().getByLabel("see your pictures").check();
        visitor.assertUsable("a token is made");
        visitor.find("dialog .primary").click();
        String token = visitor.find(".secret").inputValue();
        assertThat(token).startsWith("imh_");
        visitor.assertUsable("a token is told");
        visitor.find("dialog").getByRole(AriaRole.BUTTON).first().click();
        assertThat(visitor.find(".cards")).containsText("phone");
        assertThat(visitor.page().content()).doesNotContain(token);
        visitor.assertUsable("tokens");

        for (boolean byPassword : new boolean[] {true, false}) {
            Visitor stranger = stranger(Site.shared(), Screen.PHONE).open("#/");
            if (byPassword) {
                stranger.button("Name and password").click();
                stranger.page()
                        .getByLabel("Name", new Page.GetByLabelOptions().setExact(true))
                        .fill(name);
                stranger.page()
                        .getByLabel("Password", new Page.GetByLabelOptions().setExact(true))
                        .fill("correct horse battery");
            } else {
                stranger.page().getByLabel("Access token").fill(token);
            }
            stranger.find(".login form .primary").click();
            assertThat(stranger.find("#home")).isVisible();
            assertThat(stranger.find(".panel.alone")).isVisible();
        }
    }

    @Test
    void aWrongTokenIsToldAndTheRightOneStillWorks() {
        Visitor stranger = stranger(Site.shared(), Screen.DESKTOP).open("#/");
        stranger.page().getByLabel("Access token").fill("imh_nobody");
        stranger.page().keyboard().press("Enter");
        assertThat(stranger.find(".login [role=alert]")).hasText("The access token is not valid.");
    }

    @Test
    void aSessionThatEndsWhileUploadsGoOnIsRenewedAndNothingIsLost() {
        Site site = Site.shared();
        Visitor visitor = stranger(site, Screen.DESKTOP);
        String owner = site.newOwner();
        visitor.logIn(owner);
        visitor.open("#/");
        List<Runnable> held = new ArrayList<>();
        visitor.page().route("**/api/upload", route -> held.add(route::resume));
        visitor.choose(pictures(1, 20));
        visitor.page().waitForCondition(() -> held.size() == 2);
        held.get(0).run();
        assertThat(visitor.find(".queue-row.done")).hasCount(1);

        visitor.page().waitForCondition(() -> held.size() == 3);
        visitor.page().unroute("**/api/upload");
        visitor.context().clearCookies();
        held.subList(1, 3).forEach(Runnable::run);
        assertThat(visitor.find(".login h1")).isVisible();
        visitor.page().evaluate("(secret) => { location.hash = '#/login/' + secret }", site.loginSecret(owner));
        visitor.awaitUploads();

        assertThat(visitor.find(".queue-summary strong")).hasText("20 done");
    }

    @Test
    void whoLogsOutLeavesNothingBehindInAnyWindow() {
        Visitor visitor = visitor();
        visitor.has(2, 100);
        visitor.open("#/");
        Page other = visitor.context().newPage();
        other.navigate(Site.shared().page());
        assertThat(other.locator(".tile")).hasCount(2);

        visitor.button("Menu").click();
        visitor.button("Log out").click();

        assertThat(visitor.find(".login h1")).isVisible();
        assertThat(other.locator(".login h1")).isVisible();
        assertThat(visitor.find(".tile")).hasCount(0);
        visitor.page().goBack();
        assertThat(visitor.page().locator(".tile:visible")).hasCount(0);
    }

    @Test
    void aProgramGetsSettingsThatWorkUntilTheirTokenIsRevoked() throws Exception {
        Visitor visitor = visitor().open("#/clients");
        assertThat(visitor.find(".cards li").first()).isVisible();
        visitor.assertUsable("programs");
        visitor.button("Settings for ShareX").click();
        String settings = visitor.find(".secret").inputValue();
        Matcher token = Pattern.compile("imh_\\w+").matcher(settings);
        assertThat(token.find()).isTrue();

        Answer uploaded =
                Site.shared().client().put("a.png", Pictures.uniquePng(), "Authorization", "Bearer " + token.group());
        assertThat(uploaded.status()).isEqualTo(200);

        visitor.page().navigate(Site.shared().page() + "#/tokens");
        visitor.button("Revoke ShareX").click();
        visitor.assertUsable("a question");
        visitor.find("dialog .danger").click();
        assertThat(visitor.find(".page")).containsText("There are no tokens yet");
        Site.shared()
                .client()
                .put("b.png", Pictures.uniquePng(), "Authorization", "Bearer " + token.group())
                .isError(401, "token_invalid");
    }

    @Test
    void aPrivatePictureIsNotThereForOthersUntilItsOwnerGivesALink() throws Exception {
        Visitor owner = visitor();
        owner.has(1, 200);
        owner.open("#/");
        owner.find(".tile .face").click();
        owner.button("Details").click();
        owner.page().getByLabel("Visible to").selectOption("private");
        assertThat(owner.find(".toast")).containsText("Saved");
        owner.assertUsable("a private picture");
        owner.button("Copy a link").click();
        assertThat(owner.find(".toast").last()).containsText("The link is copied");
        String link = owner.clipboard();
        String bare = link.replaceFirst("\\?.*", "");
        assertThat(owner.context().request().get(bare).status()).isEqualTo(200);

        Visitor other = visitor();
        assertThat(other.context().request().get(bare).status()).isEqualTo(404);
        assertThat(other.context().request().get(bare + "/thumb").status()).isEqualTo(404);
        assertThat(other.context().request().get(link).status()).isEqualTo(200);
        other.open("#/");
        assertThat(other.find(".tile")).hasCount(0);

        owner.button("Take all these links back").click();
        assertThat(owner.find(".toast").last()).containsText("These links show it no more");
        assertThat(other.context().request().get(link).status()).isEqualTo(404);
        owner.page().getByLabel("Ends").selectOption("1h");
        assertThat(owner.page().getByLabel("Ends")).hasValue("kept");
    }

    @Test
    void anAdministratorAddsOwnersAndInvitesPeopleWhoComeIn() {
        Site site = Site.shared();
        Visitor administrator = stranger(site, Screen.DESKTOP);
        administrator.logIn("1");
        administrator.open("#/owners");
        administrator.button("Add an owner").click();
        administrator.page().getByLabel("Name").fill("alice");
        administrator.page().getByLabel("Megabytes at the most").fill("100");
        administrator.assertUsable("an owner is added");
        administrator.button("Save").click();
        assertThat(administrator.find(".cards")).containsText("0 pictures, 0B of 100 MB");
        administrator.button("Suspend alice").click();
        assertThat(administrator.button("Activate alice")).isVisible();
        administrator.assertUsable("owners");

        administrator.page().navigate(site.page() + "#/invitations");
        administrator.button("Invite somebody").click();
        administrator.find("dialog .primary").click();
        String link = administrator.find(".secret").inputValue();
        administrator.find("dialog").getByRole(AriaRole.BUTTON).first().click();
        administrator.assertUsable("invitations");

        Visitor guest = stranger(site, Screen.PHONE);
        guest.page().navigate(link);
        guest.page().getByLabel("Name").fill("bob");
        guest.page().getByLabel("New password").fill("correct horse battery");
        guest.assertUsable("an invitation");
        guest.button("Come in").click();
        assertThat(guest.find(".panel.alone")).isVisible();

        administrator.page().navigate(site.page() + "#/audit");
        assertThat(administrator.find("tbody tr").first()).containsText("Invitation accepted");
        administrator.assertUsable("the audit log");
    }
}
