package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageType;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginalNamesTest {

    private static final String GRIN = "\ud83d\ude00";
    private static final char HIGH_SURROGATE = '\ud83d';
    private static final char LOW_SURROGATE = '\ude00';

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cat.png",
                "图片测试.png",
                "😀.png",
                "holiday (1) – copy.JPEG",
                "no extension",
                ".htaccess",
                "a..b",
                "...",
                "кот.gif",
                "قطة.webp",
                "<script>.png",
                "100%_50.png",
                "e mail.png"
            })
    void keepsNamesThatAreFitToBeShown(String name) {
        assertThat(clean(name)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({
        "/etc/passwd, passwd",
        "../../cat.png, cat.png",
        "C:\\Users\\jane\\cat.png, cat.png",
        "a\\b/c\\cat.png, cat.png",
        "a/b\\cat.png, cat.png",
        "图片/测试.png, 测试.png"
    })
    void dropsThePath(String name, String cleaned) {
        assertThat(clean(name)).isEqualTo(cleaned);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "/", "a/", "a\\", "\u0000\u0001", "\u3000", "\u202e", "..", ".", "a/..", " . "})
    void inventsANameWhenNothingIsLeft(String name) {
        assertThat(clean(name)).isEqualTo("image.png");
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void anInventedNameHasTheExtensionOfTheType(ImageType type) {
        assertThat(OriginalNames.clean("", type)).isEqualTo("image." + type.extension());
    }

    @Test
    void dropsEveryControlCharacter() {
        String controls = IntStream.concat(IntStream.rangeClosed(0, 0x1f), IntStream.rangeClosed(0x7f, 0x9f))
                .mapToObj(Character::toString)
                .reduce("", String::concat);

        assertThat(clean("c" + controls + "at\u2028\u2029.png")).isEqualTo("cat.png");
        assertThat(clean("cat.png\r\nSet-Cookie: a=b")).isEqualTo("cat.pngSet-Cookie: a=b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u202a", "\u202b", "\u202c", "\u202d", "\u202e", "\u2066", "\u2067", "\u2068", "\u2069", "\u200e",
                "\u200f", "\u061c", "\ufeff", "\u200b"
            })
    void dropsMarksThatReorderOrHideText(String mark) {
        assertThat(clean("cat" + mark + "gnp.exe")).isEqualTo("catgnp.exe");
    }

    @Test
    void keepsTheJoinersThatScriptsAndEmojiNeed() {
        String family = "\ud83d\udc68\u200d\ud83d\udc69.png";
        String persian = "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645.png";

        assertThat(clean(family)).isEqualTo(family);
        assertThat(clean(persian)).isEqualTo(persian);
    }

    @Test
    void dropsBrokenSurrogates() {
        assertThat(clean("a" + HIGH_SURROGATE + "b.png")).isEqualTo("ab.png");
        assertThat(clean("a" + LOW_SURROGATE + HIGH_SURROGATE + ".png")).isEqualTo("a.png");
        assertThat(clean(HIGH_SURROGATE + GRIN + LOW_SURROGATE + ".png")).isEqualTo(GRIN + ".png");
        assertThat(clean("cat.png" + HIGH_SURROGATE)).isEqualTo("cat.png");
    }

    @Test
    void dropsWhatWillNeverBeACharacter() {
        assertThat(clean("c\ufffe\uffff\ufdd0\ufdef" + Character.toString(0x10ffff) + "at.png"))
                .isEqualTo("cat.png");
    }

    @Test
    void keepsCharactersThatThisJavaDoesNotKnowYet() {
        int unassigned = 0x0378;
        assertThat(Character.getType(unassigned)).isEqualTo(Character.UNASSIGNED);

        assertThat(clean("a" + Character.toString(unassigned) + ".png")).hasSize(6);
    }

    @Test
    void composesAccents() {
        assertThat(clean("cafe\u0301.png")).isEqualTo("caf\u00e9.png");
    }

    @Test
    void dropsWhiteSpaceAtBothEnds() {
        assertThat(clean("\u00a0 cat.png \u3000")).isEqualTo("cat.png");
        assertThat(clean("\u202e cat.png \u0000")).isEqualTo("cat.png");
    }

    @Test
    void keepsNamesOfTheGreatestLength() {
        String name = "x".repeat(251) + ".png";

        assertThat(clean(name)).isEqualTo(name).hasSize(255);
    }

    @Test
    void shortensLongNamesBeforeTheirExtension() {
        assertThat(clean("x".repeat(252) + ".png")).isEqualTo("x".repeat(251) + ".png");
        assertThat(clean("图".repeat(1000) + ".jpeg")).isEqualTo("图".repeat(250) + ".jpeg");
    }

    @Test
    void shortensLongNamesWithoutAnExtensionAtTheirEnd() {
        assertThat(clean("x".repeat(300))).isEqualTo("x".repeat(255));
        assertThat(clean("x".repeat(10) + "." + "y".repeat(300))).isEqualTo("x".repeat(10) + "." + "y".repeat(244));
        assertThat(clean("." + "y".repeat(300))).isEqualTo("." + "y".repeat(254));
        assertThat(clean("x".repeat(300) + ".")).isEqualTo("x".repeat(254) + ".");
    }

    @Test
    void neverSplitsACharacter() {
        for (int shift = 0; shift < 4; shift++) {
            for (String extension : new String[] {"", ".png", ".jpeg", "." + GRIN}) {
                String cleaned = clean("x".repeat(shift) + GRIN.repeat(300) + extension);

                assertThat(cleaned).hasSizeBetween(254, 255).endsWith(extension);
                assertThat(cleaned.codePoints().map(Character::getType)).doesNotContain((int) Character.SURROGATE);
            }
        }
    }

    @Test
    void cleaningTwiceChangesNothingMore() {
        for (String name :
                new String[] {"a/ b \u0000.png", "x".repeat(240) + " ".repeat(40), GRIN.repeat(300), "e\u0000\u0301"}) {
            assertThat(clean(clean(name))).isEqualTo(clean(name));
        }
    }

    private static String clean(String name) {
        return OriginalNames.clean(name, ImageType.PNG);
    }
}
