package io.github.imagehost.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectKeyTest {

    @ParameterizedTest
    @ValueSource(strings = {"ab", "a.", "mzxw6ytboi.png", "derived/mzxw6ytboi.png/320.webp", "A-_9/b/c", "-_", "a/b"})
    void acceptsSegmentsOfPlainCharacters(String text) {
        assertThat(new ObjectKey(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/ab",
                "ab/",
                "ab//cd",
                "..",
                "../ab",
                "ab/..",
                "ab/../cd",
                "ab/./cd",
                ".htaccess",
                "ab/.hidden",
                "ab\\cd",
                "C:\\ab",
                "ab cd",
                "ab\n",
                "ab\u0000.png",
                "ab%2e%2e",
                "图片.png",
                "ab?x=y",
                "ab.<script>"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> new ObjectKey(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("Not an object key: '" + text + "' (legal are ");
    }

    @Test
    void isNotLongerThanStoresAllow() {
        String longest = "a".repeat(ObjectKey.MAX_LENGTH);

        assertThat(new ObjectKey(longest).value()).hasSize(200);
        assertThatThrownBy(() -> new ObjectKey(longest + "a"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 to 200 characters");
    }

    @ParameterizedTest
    @CsvSource({"images,images/", "images/,images/", "a/images,a/images/", "a,a/", "2026/pictures/,2026/pictures/"})
    void aPrefixEndsWithASlash(String text, String prefix) {
        assertThat(ObjectKey.prefix(text)).isEqualTo(prefix);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/images", "a//b", "a//", "../a", ".a", "a b"})
    void refusesWhatIsNoPrefix(String text) {
        assertThatThrownBy(() -> ObjectKey.prefix(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segments such as images/");
    }

    @Test
    void isOrderedByItsCharacters() {
        List<ObjectKey> sorted = List.of(new ObjectKey("AB"), new ObjectKey("a-"), new ObjectKey("ab"));

        assertThat(sorted).isSorted();
    }
}
