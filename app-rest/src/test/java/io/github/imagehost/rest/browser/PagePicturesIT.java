package io.github.imagehost.rest.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ScreenshotScale;
import com.microsoft.playwright.options.ScreenshotType;
import io.github.imagehost.rest.browser.Visitor.Screen;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Makes the pictures of docs/page.md; they are in target/browser afterwards. */
@Tag("deep")
class PagePicturesIT extends BrowserTest {

    @ParameterizedTest
    @CsvSource({
        "gallery-light, 1280, 800, LIGHT, en",
        "gallery-dark, 1280, 800, DARK, zh-CN",
        "phone, 390, 844, LIGHT, en",
        "albums, 1280, 800, LIGHT, en",
        "statistics, 1280, 1000, LIGHT, en"
    })
    void picturesOfThePageAreMade(String name, int width, int height, ColorScheme colours, String language) {
        Visitor visitor = visitor(Screen.of(width, height, colours, language));
        visitor.has(40, 800);
        visitor.open("#/");
        if (name.equals("albums")) {
            openAlbums(visitor);
        } else if (name.equals("statistics")) {
            visitor.page().addInitScript(StatisticsBrowserIT.LONG_HISTORY);
            visitor.page().navigate(Site.shared().page() + "?#/statistics");
            assertThat(visitor.find(".columns rect").first()).isVisible();
        }
        visitor.page().waitForFunction("() => [...document.images].every((image) => image.complete)");

        byte[] picture = visitor.page()
                .screenshot(new Page.ScreenshotOptions()
                        .setPath(PICTURES.resolve(name + ".jpg"))
                        .setType(ScreenshotType.JPEG)
                        .setQuality(70)
                        .setScale(ScreenshotScale.CSS));

        assertThat(picture.length).isBetween(20_000, 200_000);
    }

    /** Makes some albums of what is there, and looks at them. */
    private static void openAlbums(Visitor visitor) {
        visitor.page().evaluate("""
                async () => {
                    const send = async (method, path, json) => (await (await fetch('../api/' + path, { method,
                        headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(json) })).json()).data;
                    const { data } = await (await fetch('../api/images?limit=40')).json();
                    const ids = data.images.map(({ id }) => id);
                    const albums = [['Autumn in the hills', 'public'], ['Before sunrise', 'private'], ['For the calendar', 'private'],
                        ['Handbook', 'public'], ['Lakes', 'private'], ['Shown to the club', 'public'], ['Winter', 'private']];
                    for (const [place, [name, visibility]] of albums.entries()) {
                        const { id } = await send('POST', 'albums', { name, visibility });
                        await send('PUT', `albums/${id}/images`, { ids: ids.slice(place * 5, place * 5 + 3 + place) });
                    }
                }""");
        visitor.page().navigate(Site.shared().page() + "#/albums");
        assertThat(visitor.find(".albums .cover img")).hasCount(7);
    }
}
