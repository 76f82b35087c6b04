package io.github.imagehost.core.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Throwables;
import java.net.URI;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {

    private static final Settings NONE = Settings.of(Map.of());

    @Test
    void keepsItsOwnCopyOfTheValues() {
        Map<String, String> values = new HashMap<>(Map.of("PORT", "3000"));
        Settings settings = Settings.of(values);

        values.put("PORT", "80");

        assertThat(settings.text("PORT")).contains("3000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "\t\n", "\u00a0", "\u3000"})
    void theBlankIsAbsent(String blank) {
        Settings settings = with(blank);

        assertThat(settings.has("X")).isFalse();
        assertThat(settings.text("X")).isEmpty();
        assertThat(settings.list("X")).isEmpty();
        assertThat(settings.webAddress("X")).isEmpty();
        assertThat(settings.wholeNumber("X", 7, 1, 9)).isEqualTo(7);
        assertThat(settings.flag("X", true)).isTrue();
        assertThat(settings.duration("X", Duration.ofSeconds(7), Duration.ZERO, Duration.ofDays(1)))
                .isEqualTo(Duration.ofSeconds(7));
        assertThatThrownBy(() -> settings.required("X", "because Y is set"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("X is not set, but it has to be, because Y is set");
    }

    @Test
    void theAbsentHasItsDefault() {
        assertThat(NONE.has("X")).isFalse();
        assertThat(NONE.text("X")).isEmpty();
        assertThat(NONE.secret("X")).isEmpty();
        assertThat(NONE.wholeNumber("X", 7, 8, 9)).isEqualTo(7);
        assertThat(NONE.flag("X", false)).isFalse();
    }

    @Test
    void textLosesTheWhiteSpaceAroundIt() {
        assertThat(with(" a b\r\n").text("X")).contains("a b");
        assertThat(with(" a b\r\n").required("X", "because Y is set")).isEqualTo("a b");
        assertThat(with(" a b ").has("X")).isTrue();
    }

    @Test
    void aSecretKeepsTheWhiteSpaceAroundIt() {
        assertThat(with(" p w ").secret("X")).contains(" p w ");
        assertThat(with(" p w ").requiredSecret("X", "because Y is set")).isEqualTo(" p w ");
        assertThat(with(" ").secret("X")).contains(" ");
        assertThat(with("").secret("X")).isEmpty();
        assertThatThrownBy(() -> with("").requiredSecret("X", "because Y is set"))
                .isInstanceOf(SettingsException.class)
                .hasMessage("X is not set, but it has to be, because Y is set");
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "9, 9", "' 5 ', 5", "005, 5"})
    void readsWholeNumbersWithinTheirBounds(String text, long number) {
        assertThat(with(text).wholeNumber("X", 7, 1, 9)).isEqualTo(number);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0", "10", "-1", "abc", "1.0", "1e3", "0x5", "5 MB", "10485760 # bytes", "99999999999999999999"})
    void refusesWholeNumbersThatAreNoneOrOutsideTheirBounds(String text) {
        assertRefused(
                () -> with(text).wholeNumber("X", 7, 1, 9),
                "X is '" + text + "', but legal is a whole number from 1 to 9");
    }

    @ParameterizedTest
    @CsvSource({"true, true", "TRUE, true", "' True ', true", "false, false", "False, false"})
    void readsFlags(String text, boolean flag) {
        assertThat(with(text).flag("X", !flag)).isEqualTo(flag);
    }

    @ParameterizedTest
    @ValueSource(strings = {"yes", "no", "1", "0", "on", "truee"})
    void refusesOtherWordsForFlags(String text) {
        assertRefused(() -> with(text).flag("X", true), "X is '" + text + "', but legal is true or false");
    }

    @ParameterizedTest
    @CsvSource({"500ms, PT0.5S", "30s, PT30S", "15m, PT15M", "12h, PT12H", "7d, PT168H", "' 1s ', PT1S", "0s, PT0S"})
    void readsTimeSpans(String text, Duration span) {
        assertThat(with(text).duration("X", Duration.ofHours(1), Duration.ZERO, Duration.ofDays(7)))
                .isEqualTo(span);
    }

    @ParameterizedTest
    @ValueSource(strings = {"15", "15 m", "1.5h", "-1s", "8d", "999999999d", "9999999999s", "m", "PT15M", "1w"})
    void refusesTimeSpansThatAreNoneOrOutsideTheirBounds(String text) {
        assertRefused(
                () -> with(text).duration("X", Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofDays(7)),
                "X is '" + text + "', but legal is a time span from 1s to 7d, such as 500ms, 30s, 15m, 12h or 7d");
    }

    @ParameterizedTest
    @CsvSource({
        "PT0S, 0s",
        "PT0.25S, 250ms",
        "PT1.5S, 1500ms",
        "PT90S, 90s",
        "PT1M, 1m",
        "PT90M, 90m",
        "PT36H, 36h",
        "PT48H, 2d"
    })
    void namesTheBoundsOfATimeSpanExactly(Duration bound, String text) {
        assertThatThrownBy(() -> with("x").duration("X", bound, bound, bound))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("legal is a time span from " + text + " to " + text + ", such as");
    }

    @Test
    void readsListsWithoutWhiteSpaceAndEmptyParts() {
        assertThat(with(" image/png , image/gif,, ").list("X")).containsExactly("image/png", "image/gif");
        assertThat(with("one").list("X")).containsExactly("one");
    }

    @ParameterizedTest
    @CsvSource({
        "https://images.example.com, https://images.example.com",
        "https://images.example.com/, https://images.example.com",
        "http://127.0.0.1:3000/a/b///, http://127.0.0.1:3000/a/b",
        "http://[::1]:3000, http://[::1]:3000"
    })
    void readsWebAddressesWithoutTheSlashAtTheEnd(String text, URI address) {
        assertThat(with(text).webAddress("X")).contains(address);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "images.example.com",
                "ftp://images.example.com",
                "javascript:alert(1)",
                "https://",
                "https:///path",
                "https://images.example.com?x=y",
                "https://images.example.com#top",
                "https://images example.com",
                "/relative"
            })
    void refusesWebAddressesThatAreNone(String text) {
        assertRefused(
                () -> with(text).webAddress("X"),
                "X is '" + text + "', but legal is an address such as https://images.example.com/path");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"https://jane:pass-word@example.com", "https://jane:pass-word@exa mple.com", "//pass-word@x"})
    void neverRepeatsThePasswordInAnAddress(String text) {
        assertThatThrownBy(() -> with(text).webAddress("X"))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("X is '")
                .hasMessageContaining("//***@")
                .satisfies(e -> assertThat(Throwables.getStackTraceAsString(e)).doesNotContain("pass-word"));
    }

    @Test
    void readsSettingsOfAnyOtherKind() {
        assertThat(with("ab").parse("X", "two letters", text -> Optional.of(text.length())))
                .contains(2);
        assertThat(NONE.parse("X", "two letters", text -> Optional.of(text.length())))
                .isEmpty();
        assertRefused(
                () -> with("abc").parse("X", "two letters", text -> Optional.empty()),
                "X is 'abc', but legal is two letters");
    }

    @Test
    void keepsTheReasonOfAParser() {
        IllegalArgumentException reason = new IllegalArgumentException("too long");

        assertThatThrownBy(() -> with("abc").parse("X", "two letters", text -> {
                    throw reason;
                }))
                .isInstanceOf(SettingsException.class)
                .hasMessage("X is 'abc', but legal is two letters")
                .hasCause(reason);
    }

    private static Settings with(String value) {
        return Settings.of(Map.of("X", value));
    }

    private static void assertRefused(ThrowingCallable reading, String message) {
        assertThatThrownBy(reading).isInstanceOf(SettingsException.class).hasMessage(message);
    }
}
