package io.github.imagehost.core.model;

import static io.github.imagehost.core.model.NameFolding.fold;
import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Isolated("sets the language of the JVM")
class NameFoldingTest {

    @ParameterizedTest
    @CsvSource({
        "CAT.JPG, cat.jpg",
        "ÜBER, über",
        "Straẞe, straße",
        "ΣΊΣΥΦΟΣ, σίσυφος",
        "ſ, S",
        "İ, i",
        "I, ı",
        "Ꭰ, ꭰ",
        "𐐀, 𐐨",
        "图片测试.PNG, 图片测试.png"
    })
    void namesThatDifferInCaseOnlyAreTheSame(String one, String other) {
        assertThat(fold(one)).isEqualTo(fold(other));
    }

    @Test
    void composedAndDecomposedAccentsAreTheSame() {
        assertThat(fold("CAFE\u0301")).isEqualTo(fold("caf\u00e9")).hasSize(4);
    }

    @Test
    void otherLettersStayOther() {
        assertThat(fold("e")).isNotEqualTo(fold("é"));
        assertThat(fold("straße")).isNotEqualTo(fold("strasse"));
    }

    @Test
    void foldingTwiceChangesNothingMore() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .filter(codePoint -> Character.getType(codePoint) != Character.SURROGATE)
                        .mapToObj(Character::toString)
                        .filter(text -> !fold(fold(text)).equals(fold(text))))
                .isEmpty();
    }

    @Test
    void neverMakesANormalizedNameLonger() {
        assertThat(IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                        .mapToObj(Character::toString)
                        .filter(text -> Normalizer.isNormalized(text, Normalizer.Form.NFC))
                        .filter(text -> fold(text).length() > text.length()))
                .isEmpty();
    }

    @Test
    void doesNotDependOnTheLanguageOfTheServer() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(new Locale.Builder().setLanguage("tr").build());

            assertThat(fold("TITLE.GIF")).isEqualTo("title.gif");
        } finally {
            Locale.setDefault(before);
        }
    }
}
