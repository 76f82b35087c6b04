package io.github.imagehost.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Visibility;
import io.github.imagehost.core.model.access.ViewPermit;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.core.testing.TestImages;
import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageLinksTest {

    private static final Image IMAGE = TestImages.image(1, "cat.png");

    @Test
    void theServiceServesImagesByTheirFilename() {
        assertThat(ImageLinks.toService(URI.create("https://img.example.com")).urlOf(IMAGE))
                .isEqualTo("https://img.example.com/i/image1.png");
    }

    @Test
    void theStoreServesImagesByTheirObjectKey() {
        assertThat(ImageLinks.toStore(URI.create("https://cdn.example.com/x"), URI.create("https://img.example.com"))
                        .urlOf(IMAGE))
                .isEqualTo("https://cdn.example.com/x/object1.png");
    }

    @Test
    void whatIsNotForEverybodyIsServedByTheServiceAlone() {
        ImageLinks links =
                ImageLinks.toStore(URI.create("https://cdn.example.com/x"), URI.create("https://img.example.com"));
        Image closed = IMAGE.sharing(Sharing.UNLIMITED.visibility(Visibility.PRIVATE));

        assertThat(links.leadToStore()).isTrue();
        assertThat(links.urlOf(closed)).isEqualTo("https://img.example.com/i/image1.png");
        assertThat(links.permittedUrlOf(closed, new ViewPermit(1893456000, "abc-_")))
                .isEqualTo("https://img.example.com/i/image1.png?e=1893456000&v=abc-_");
        assertThat(links.deleteUrlOf(closed, "abc-_")).isEqualTo("https://img.example.com/d/image1.png/abc-_");
        assertThat(ImageLinks.toService(URI.create("https://img.example.com")).leadToStore())
                .isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 8080, http://127.0.0.1:8080",
        "0.0.0.0, 8080, http://localhost:8080",
        "::, 8080, http://localhost:8080",
        "::1, 8080, http://[::1]:8080",
        "fe80::1%eth0, 8080, http://[fe80::1%eth0]:8080",
        "images.internal, 0, http://images.internal:0",
        "'', '', http://127.0.0.1:3000"
    })
    void withoutAPublicAddressLinksLeadToWhereTheServiceListens(String address, String port, URI expected) {
        Settings settings = Settings.of(Map.of("BIND_ADDRESS", address, "PORT", port));

        assertThat(ImageLinks.publicUrl(settings)).isEqualTo(expected);
        assertThat(ImageLinks.from(settings).urlOf(IMAGE)).isEqualTo(expected + "/i/image1.png");
    }

    @Test
    void aPublicAddressWinsOverWhereTheServiceListens() {
        Settings settings = Settings.of(Map.of("PUBLIC_URL", "https://img.example.com/a/", "BIND_ADDRESS", "0.0.0.0"));

        assertThat(ImageLinks.from(settings).urlOf(IMAGE)).isEqualTo("https://img.example.com/a/i/image1.png");
    }

    @ParameterizedTest
    @CsvSource({
        "'', https://cdn.example.com/object1.png",
        "images, https://cdn.example.com/images/object1.png",
        "images/, https://cdn.example.com/images/object1.png",
        "img/2026/, https://cdn.example.com/img/2026/object1.png"
    })
    void aPublicStoreWinsOverTheService(String prefix, String expected) {
        Settings settings = Settings.of(Map.of(
                "S3_PUBLIC_URL", "https://cdn.example.com/",
                "S3_BUCKET", "bucket",
                "S3_PREFIX", prefix,
                "PUBLIC_URL", "https://img.example.com"));

        assertThat(ImageLinks.from(settings).urlOf(IMAGE)).isEqualTo(expected);
    }

    @Test
    void aPublicStoreNeedsAStore() {
        Settings settings = Settings.of(Map.of("S3_PUBLIC_URL", "https://cdn.example.com"));

        assertThatThrownBy(() -> ImageLinks.from(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage("S3_BUCKET is not set, but it has to be, because S3_PUBLIC_URL is set");
    }

    @ParameterizedTest
    @CsvSource({
        "S3_PUBLIC_URL, cdn.example.com, an address such as https://images.example.com/path",
        "PUBLIC_URL, img.example.com, an address such as https://images.example.com/path",
        "PORT, 65536, a whole number from 0 to 65535",
        "PORT, http, a whole number from 0 to 65535"
    })
    void namesTheSettingThatIsWrong(String name, String value, String legal) {
        Settings settings = Settings.of(Map.of("S3_BUCKET", "bucket", name, value));

        assertThatThrownBy(() -> ImageLinks.from(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage(name + " is '" + value + "', but legal is " + legal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"my images", "a?b", "../a", "a//b", "图片"})
    void namesAPrefixThatNoStoreHas(String prefix) {
        Settings settings = Settings.of(
                Map.of("S3_BUCKET", "bucket", "S3_PUBLIC_URL", "https://cdn.example.com", "S3_PREFIX", prefix));

        assertThatThrownBy(() -> ImageLinks.from(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("S3_PREFIX is '" + prefix + "', but legal is ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"my host", "127.0.0.1:80", "http://127.0.0.1", "a/b", "a?b"})
    void namesAnAddressThatNoServiceHas(String address) {
        Settings settings = Settings.of(Map.of("BIND_ADDRESS", address));

        assertThatThrownBy(() -> ImageLinks.from(settings))
                .isInstanceOf(SettingsException.class)
                .hasMessage("BIND_ADDRESS is '" + address
                        + "', but legal is a host name or an address such as 127.0.0.1 or ::1");
    }
}
