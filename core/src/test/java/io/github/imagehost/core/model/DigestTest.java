package io.github.imagehost.core.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.hash.Hashing;
import io.github.imagehost.core.testing.TestContent;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigestTest {

    private static final String HEX = "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae";

    @Test
    void isTheSha256OfTheContent() {
        byte[] bytes =
                Hashing.sha256().hashString("foo", StandardCharsets.UTF_8).asBytes();

        Digest digest = Digest.of(bytes);

        assertThat(digest.hex()).isEqualTo(HEX);
        assertThat(digest).hasToString("sha256:" + HEX);
        assertThat(digest).isEqualTo(Digest.parse(HEX)).hasSameHashCodeAs(Digest.parse(HEX));
        assertThat(digest.bytes()).isEqualTo(bytes);
    }

    @Test
    void isTheSha256OfWhatAStreamHolds() throws IOException {
        byte[] bytes = new byte[100_000];

        assertThat(Digest.ofAll(new ByteArrayInputStream(bytes))).isEqualTo(TestContent.digestOf(bytes));
        assertThat(Digest.ofAll(InputStream.nullInputStream())).isEqualTo(TestContent.digestOf(new byte[0]));
    }

    @Test
    void cannotBeChangedThroughItsArrays() {
        byte[] bytes = new byte[Digest.LENGTH];
        Digest digest = Digest.of(bytes);

        bytes[0] = 1;
        digest.bytes()[1] = 1;

        assertThat(digest).isEqualTo(Digest.of(new byte[Digest.LENGTH]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 31, 33, 64})
    void refusesAnyOtherNumberOfBytes(int length) {
        assertThatThrownBy(() -> Digest.of(new byte[length]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A SHA-256 digest has 32 bytes, but these are " + length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2c26",
                "2C26B46B68FFC68FF99B453C1D30413413422D706483BFA0F98A5E886266E7AE",
                " 2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7a",
                "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7aef",
                "2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae\n",
                "sha256:2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266"
            })
    void refusesAnyOtherText(String text) {
        assertThatThrownBy(() -> Digest.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("A SHA-256 digest is written as 64 lower-case hexadecimal digits, not as '" + text + "'");
    }

    @Test
    void isOrderedAsItsHexadecimalForm() {
        Digest low = Digest.parse("0".repeat(64));
        Digest middle = Digest.parse("7f" + "0".repeat(62));
        Digest high = Digest.parse("80" + "0".repeat(62));

        assertThat(List.of(high, low, middle).stream().sorted()).containsExactly(low, middle, high);
        assertThat(low).isNotEqualTo(high).isNotEqualTo(low.hex());
    }
}
