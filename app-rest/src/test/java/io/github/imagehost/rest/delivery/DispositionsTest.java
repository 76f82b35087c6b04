package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.rest.testing.Answer;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.ServiceTest;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DispositionsTest extends ServiceTest {

    /** As RFC 6266 and 8187 write it, without anything that older browsers stumble over. */
    private static final Pattern LEGAL =
            Pattern.compile("(inline|attachment); filename=\"((?:[ !#-\\[\\]-~]|\\\\[\"\\\\])*)\";"
                    + " filename\\*=UTF-8''((?:[A-Za-z0-9!#$&+.^_`|~-]|%[0-9A-F]{2})+)");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "cat.png | cat.png",
                "图片测试.png | ____.png",
                "😀.png | _.png",
                "naïve €.png | naive _.png",
                "two words; and=more, 'so'.png | two words; and=more, 'so'.png",
                "100%41.png | 100%41.png",
            })
    void theNameIsThereForOldAndNewClients(String original, String fallback) throws Exception {
        Matcher disposition = disposition(upload(original, ImageType.PNG));

        assertThat(disposition.group(1)).isEqualTo("inline");
        assertThat(disposition.group(2)).isEqualTo(fallback);
        assertThat(name(disposition)).isEqualTo(original);
    }

    @Test
    void aNameCanNotEndItsQuotes() throws Exception {
        // as curl sends it; browsers send %22 in place of quotes
        Matcher disposition = disposition(upload("a\\\"; filename=evil.exe; x=\\\".png", ImageType.PNG));

        assertThat(disposition.group(2)).isEqualTo("a\\\"; filename=evil.exe; x=\\\".png");
        assertThat(name(disposition)).isEqualTo("a\"; filename=evil.exe; x=\".png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"a%0d%0aSet-Cookie: x=1%0d%0a.png", "a%00b.png", "a\tb\u007fc\u0085d\u2028e.png"})
    void aNameCanNotEndItsHeader(String raw) throws Exception {
        String original = raw.replace("%0d", "\r").replace("%0a", "\n").replace("%00", "\0");

        String path = Client.pathOf(client().post(
                        "/api/upload",
                        new Multipart()
                                .part(
                                        "form-data; name=\"image\"; filename*=UTF-8''" + encode(original),
                                        Pictures.uniquePng()))
                .data()
                .get("url")
                .asString());
        Answer answer = client().get(path);

        assertThat(answer.header("Set-Cookie")).isEmpty();
        assertThat(name(disposition(path))).doesNotContainPattern("\\p{Cntrl}").endsWith(".png");
    }

    @ParameterizedTest
    @CsvSource({
        "photo.png,JPEG,photo.jpg",
        "photo.JPEG,JPEG,photo.JPEG",
        "photo.jfif,JPEG,photo.jfif",
        "photo.Jpg,WEBP,photo.webp",
        "page.html,GIF,page.html.gif",
        "Mr. Smith,PNG,Mr. Smith.png",
        "photo,PNG,photo.png",
        "photo.,PNG,photo..png",
        ".png,PNG,.png.png",
        "图片.gif,PNG,图片.png"
    })
    void theExtensionFollowsTheType(String original, ImageType type, String expected) throws Exception {
        assertThat(name(disposition(upload(original, type)))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "a,255,png,251",
        "图,255,png,83",
        "😀,127,png,62",
        "a,255,jpg,251",
    })
    void aLongNameIsAsLongAsFileSystemsTake(String character, int count, String extension, int kept) throws Exception {
        String name = name(disposition(upload(character.repeat(count) + "." + extension, ImageType.PNG)));

        assertThat(name).isEqualTo(character.repeat(kept) + ".png");
        assertThat(name.getBytes(StandardCharsets.UTF_8)).hasSizeLessThanOrEqualTo(255);
    }

    @ParameterizedTest
    @CsvSource({
        "?download,attachment",
        "?download=,attachment",
        "?download=1,attachment",
        "?download=true,attachment",
        "?download=cat.exe,attachment",
        "?a=b&download,attachment",
        "?download=0,inline",
        "?download=false,inline",
        "?download=FALSE,inline",
        "?downloads,inline",
        "?,inline"
    })
    void whoeverWantsToSaveTheImageGetsAnAttachment(String query, String expected) throws Exception {
        Matcher disposition = disposition(upload("cat.png", ImageType.PNG) + query);

        assertThat(disposition.group(1)).isEqualTo(expected);
        assertThat(name(disposition)).isEqualTo("cat.png");
    }

    private String upload(String originalName, ImageType type) throws Exception {
        return Client.pathOf(client().upload(originalName, Pictures.unique(type))
                .data()
                .get("url")
                .asString());
    }

    private Matcher disposition(String path) throws Exception {
        String header = client().get(path).header("Content-Disposition");
        Matcher matcher = LEGAL.matcher(header);
        assertThat(matcher.matches()).as(header).isTrue();
        return matcher;
    }

    private static String name(Matcher disposition) {
        return URLDecoder.decode(disposition.group(3).replace("+", "%2B"), StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte value : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append("%%%02X".formatted(value));
        }
        return encoded.toString();
    }
}
