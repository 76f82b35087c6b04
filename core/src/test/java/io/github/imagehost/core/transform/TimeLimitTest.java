package io.github.imagehost.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.decoding.StopSignal;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    @Test
    void isOverAsSoonAsItsSignalSaysSo() {
        StopSignal signal = new StopSignal();
        TimeLimit whole = TimeLimit.of(Duration.ofHours(1));
        TimeLimit limit = whole.unlessStopped(signal);
        assertThat(limit.isOver()).isFalse();
        assertThatCode(limit::check).doesNotThrowAnyException();

        signal.stop();

        assertThat(limit.isOver()).isTrue();
        assertThatExceptionOfType(EngineOverloadedException.class).isThrownBy(limit::check);
        assertThat(whole.isOver()).isFalse();
    }
}
