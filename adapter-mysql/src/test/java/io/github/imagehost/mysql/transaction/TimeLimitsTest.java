package io.github.imagehost.mysql.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimeLimitsTest {

    @Test
    void areThoseThatTheDocumentationTellsUsers() {
        assertThat(TimeLimits.DEFAULT)
                .isEqualTo(new TimeLimits(
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(8),
                        Duration.ofMillis(50)));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 30})
    void innerOnesAreNotLongerThanOuterOnes(int seconds) {
        TimeLimits limits = TimeLimits.around(Duration.ofSeconds(seconds));

        assertThat(limits.lock()).isPositive().isLessThanOrEqualTo(limits.statement());
        assertThat(limits.statement()).hasSeconds(seconds).isLessThan(limits.silence());
    }
}
