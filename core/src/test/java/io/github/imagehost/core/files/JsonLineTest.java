package io.github.imagehost.core.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonLineTest {

    @Test
    void writesTextsAndWholeNumbersInTheirOrder() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("b", "text");
        values.put("a", -12L);

        assertThat(JsonLine.write(values)).isEqualTo("{\"b\":\"text\",\"a\":-12}");
        assertThat(JsonLine.write(Map.of())).isEqualTo("{}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "\"quoted\"",
                "back\\slash",
                "line\nfeed\ttab\u0000\u001f",
                "图片 😀",
                "\ud83d",
                "\u2028/"
            })
    void readsWhatItWrites(String value) {
        byte[] line = JsonLine.write(Map.of("name", value)).getBytes(StandardCharsets.UTF_8);

        assertThat(line).doesNotContain('\n');
        assertThat(JsonLine.read(new String(line, StandardCharsets.UTF_8))).containsExactly(entry("name", value));
    }

    @Test
    void escapesSurrogatesAndLeavesOtherCharactersAsTheyAre() {
        assertThat(JsonLine.write(Map.of("name", "é图/\u2028 😀"))).isEqualTo("{\"name\":\"é图/\u2028 \\ud83d\\ude00\"}");
    }

    @Test
    void readsWhatOthersWrite() {
        assertThat(JsonLine.read("{ \"a\" : \"\\u0041\\n\\/\", \"b\":9223372036854775807}"))
                .containsExactly(entry("a", "A\n/"), entry("b", Long.MAX_VALUE));
        assertThat(JsonLine.read("{}")).isEmpty();
    }

    @Test
    void refusesNumbersOfAnyLength() {
        assertThatThrownBy(() -> JsonLine.read("{\"a\":" + "9".repeat(5000) + "}"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageMatching("its character \\d+ does not belong there");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}x",
                "[]",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1",
                "{\"a\":\"x}",
                "{\"a\":1.5}",
                "{\"a\":9223372036854775808}",
                "{\"a\":--1}",
                "{\"a\":null}",
                "{\"a\":true}",
                "{\"a\":{}}",
                "{\"a\":\"\\x\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\u12G4\"}",
                "{\"a\":\"\t\"}",
                "{\"a\":1,\"a\":2}"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> JsonLine.read(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
