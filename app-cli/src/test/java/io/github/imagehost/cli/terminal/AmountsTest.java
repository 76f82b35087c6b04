package io.github.imagehost.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AmountsTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "999, 999 B",
        "1000, 1.0 kB",
        "1999, 1.9 kB",
        "9999, 9.9 kB",
        "10000, 10 kB",
        "999999, 999 kB",
        "1000000, 1.0 MB",
        "9223372036854775807, 9.2 EB"
    })
    void writesBytes(long bytes, String text) {
        assertThat(Amounts.bytes(bytes)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0:00", "7, 0:07", "754, 12:34", "3600, 1:00:00", "360001, 100:00:01"})
    void writesTimes(long seconds, String text) {
        assertThat(Amounts.time(Duration.ofSeconds(seconds))).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0", "0.26, 0.3", "9.5, 9.5", "10.4, 10", "1234.5, 1235"})
    void writesRates(double perSecond, String text) {
        assertThat(Amounts.rate(perSecond)).isEqualTo(text);
    }
}
