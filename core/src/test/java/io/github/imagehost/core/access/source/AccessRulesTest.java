package io.github.imagehost.core.access.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.access.settings.AccessMode;
import io.github.imagehost.core.access.settings.GuestSettings;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The settings that say what is allowed to whoever comes from somewhere, and to guests. */
class AccessRulesTest {

    private static final String OWN_HOST = "127.0.0.1";

    @Test
    void atFirstNothingIsRefused() throws Exception {
        AddressRules addresses = AddressRules.from(settings());
        HotlinkRules hotlinks = HotlinkRules.from(settings());

        assertThat(addresses.allow(InetAddress.getByName("192.0.2.1"))).isTrue();
        assertThat(hotlinks.areThere()).isFalse();
        assertThat(GuestSettings.from(settings(), AccessMode.OPEN).mayUpload()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, true, true",
        "192.0.2.1, false, true",
        "2001:DB8::7, true, true",
        "::ffff:10.1.2.3, true, true",
        "10.6.6.6, false, false",
        "::FFFF:10.6.6.6, false, false",
        "198.51.100.1, false, false"
    })
    void whatIsBlockedMayDoNothingAndWhatIsNotAllowedMayLook(String address, boolean all, boolean pictures)
            throws Exception {
        AddressRules rules = AddressRules.from(
                settings("ALLOW_FROM", "10.0.0.0/8, 2001:db8::/32", "BLOCK_FROM", "10.6.6.0/24,198.51.100.1"));
        InetAddress client = InetAddress.getByName(address);

        assertThat(rules.allow(client)).isEqualTo(all);
        assertThat(rules.allowPictures(client)).isEqualTo(pictures);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ALLOW_FROM", "BLOCK_FROM"})
    void networksThatAreNoneAreNamed(String name) {
        assertRefused(
                () -> AddressRules.from(settings(name, "10.0.0.0/8,office")),
                name + " names 'office', but legal are addresses and networks such as");
    }

    @ParameterizedTest
    @CsvSource({
        "https://blog.example/posts/1, true",
        "https://BLOG.example:8443, true",
        "https://blog.example/?q=a|b {c}, true",
        "https://blog.example?https://evil/, true",
        "https://blog_2.wiki.example/, true",
        "https://evil?@blog.example/, false",
        "https://evil#@blog.example/, false",
        "//blog.example/, false",
        "https://other.example/, false",
        "https://blog.example.evil/, false",
        "https://evil/blog.example, false",
        "https://blog.example@evil/, false",
        "https://a.wiki.example/, true",
        "https://a.b.wiki.example/, true",
        "https://wiki.example/, false",
        "https://evilwiki.example/, false",
        "https://images.example/docs, true",
        "http://127.0.0.1:3000/, true",
        "app://obsidian.md/, true",
        "http://[2001:db8::7]/, true",
        "about:blank, false",
        "no address at all, false",
        "'', false"
    })
    void pagesOfSomeSitesMayShowPictures(String referrer, boolean isAllowed) {
        HotlinkRules rules = HotlinkRules.from(settings(
                "HOTLINK_ALLOW",
                "Blog.example, *.wiki.example, obsidian.md, [2001:db8::7]",
                "PUBLIC_URL",
                "https://images.example"));

        assertThat(rules.areThere()).isTrue();
        assertThat(rules.allow(Optional.of(referrer), OWN_HOST)).isEqualTo(isAllowed);
        assertThat(rules.allow(Optional.empty(), OWN_HOST)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://blog.example", "blog.example/x", "blog.example:443", "*", "a.*.example", "a b"})
    void sitesThatAreNoneAreNamed(String text) {
        assertRefused(
                () -> HotlinkRules.from(settings("HOTLINK_ALLOW", text)),
                "HOTLINK_ALLOW names '" + text + "', but legal are hosts such as");
    }

    @Test
    void guestsMayUploadLessThanOthers() {
        GuestSettings defaults = GuestSettings.from(settings("GUEST_UPLOAD", "true"), AccessMode.TOKEN);
        assertThat(defaults.mayUpload()).isTrue();
        assertThat(defaults.policy().maxFileSize()).isEqualTo(2 * 1024 * 1024);
        assertThat(defaults.policy().allowedTypes()).containsExactlyInAnyOrder(ImageType.values());
        assertThat(defaults.uploadsPerHour()).isEqualTo(20);

        GuestSettings set = GuestSettings.from(
                settings(
                        "GUEST_UPLOAD", "true",
                        "GUEST_MAX_SIZE", "1000",
                        "GUEST_TYPES", "image/PNG",
                        "GUEST_RATE_LIMIT", "3"),
                AccessMode.TOKEN);
        assertThat(set.policy().maxFileSize()).isEqualTo(1000);
        assertThat(set.policy().allowedTypes()).containsExactly(ImageType.PNG);
        assertThat(set.uploadsPerHour()).isEqualTo(3);

        GuestSettings small =
                GuestSettings.from(settings("GUEST_UPLOAD", "true", "MAX_FILE_SIZE", "500"), AccessMode.TOKEN);
        assertThat(small.policy().maxFileSize()).isEqualTo(500);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GUEST_MAX_SIZE | 0 | GUEST_MAX_SIZE is '0', but legal is a whole number from 1 to 10485760",
                "GUEST_MAX_SIZE | 10485761 | GUEST_MAX_SIZE is '10485761', but legal is a whole number from 1 to 10485760",
                "GUEST_TYPES | image/bmp | GUEST_TYPES names 'image/bmp', but legal are image/gif,",
                "GUEST_TYPES | , | GUEST_TYPES names ',', but legal are image/gif,",
                "GUEST_RATE_LIMIT | 0 | GUEST_RATE_LIMIT is '0', but legal is a whole number from 1 to 1000000",
                "GUEST_UPLOAD | yes | GUEST_UPLOAD is 'yes', but legal is true or false"
            })
    void whatGuestsCanNotBeAllowedIsNamed(String name, String value, String message) {
        Settings settings = settings("GUEST_UPLOAD", "true", name, value);

        assertRefused(() -> GuestSettings.from(settings, AccessMode.TOKEN), message);
    }

    @Test
    void whereNobodyNeedsATokenThereAreNoGuests() {
        for (AccessMode mode : new AccessMode[] {AccessMode.LOCAL, AccessMode.OPEN}) {
            assertRefused(
                    () -> GuestSettings.from(settings("GUEST_UPLOAD", "true"), mode),
                    "GUEST_UPLOAD is true, but there are guests only where others need a token: set ACCESS=token");
        }
    }

    private static void assertRefused(ThrowingCallable work, String message) {
        assertThatExceptionOfType(SettingsException.class).isThrownBy(work).withMessageStartingWith(message);
    }

    private static Settings settings(String... namesAndValues) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            values.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return Settings.of(values);
    }
}
