package io.github.imagehost.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageIdsTest {

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "0026, 26",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "00000000000000000000000000000000000000000007, 7",
        "99999999999999999999999999999999999999999999, 9223372036854775807"
    })
    void readsWholeNumbers(String text, long id) {
        assertThat(ImageIds.parse(text)).hasValue(id);
        assertThat(ImageIds.isNumber(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "-1", "+1", "26abc", " 26", "2.0", "0x1a", "\u0661"})
    void readsNothingElse(String text) {
        assertThat(ImageIds.parse(text)).isEmpty();
        assertThat(ImageIds.isNumber(text)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "000"})
    void noImageHasTheIdZero(String text) {
        assertThat(ImageIds.parse(text)).isEmpty();
        assertThat(ImageIds.isNumber(text)).isTrue();
    }
}
