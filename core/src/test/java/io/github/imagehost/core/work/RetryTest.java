package io.github.imagehost.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RetryTest {

    private final AtomicInteger tries = new AtomicInteger();

    private int failUntil(int last) throws IOException {
        if (tries.incrementAndGet() < last) {
            throw new IOException("try " + tries);
        }
        return tries.get();
    }

    @Test
    void triesUntilItIsDone() throws IOException {
        Retry retry = Retry.atIntervals(Duration.ofNanos(1), 3, IOException.class::isInstance);

        assertThat(retry.<Integer, IOException>run(() -> failUntil(3))).isEqualTo(3);
    }

    @Test
    void failsAsTheLastTryDoes() {
        Retry retry = Retry.atIntervals(Duration.ofNanos(1), 3, IOException.class::isInstance);

        assertThatThrownBy(() -> retry.run(() -> failUntil(4)))
                .isInstanceOf(IOException.class)
                .hasMessage("try 3");
    }

    @Test
    void doesNotTryAgainWhatDoesNotPass() {
        Retry retry = Retry.atIntervals(Duration.ofNanos(1), 3, IllegalStateException.class::isInstance);

        assertThatThrownBy(() -> retry.run(() -> failUntil(2))).hasMessage("try 1");
    }

    @Test
    void aRequestToStopEndsAPause() {
        Retry retry = new Retry(List.of(Duration.ofDays(1)), IOException.class::isInstance, () -> tries.get() > 0);

        assertThatThrownBy(() -> retry.run(() -> failUntil(2))).hasMessage("try 1");
    }

    @Test
    void nobodyWaitsAnyMoreWhenItIsStopped() {
        Retry retry = Retry.atIntervals(Duration.ofDays(1), 2, IOException.class::isInstance);
        retry.stop();

        assertThatThrownBy(() -> retry.run(() -> failUntil(2))).hasMessage("try 1");
    }

    @Test
    void anInterruptionEndsAPause() {
        Retry retry = Retry.atIntervals(Duration.ofDays(1), 2, IOException.class::isInstance);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> retry.run(() -> failUntil(2))).hasMessage("try 1");

        assertThat(Thread.interrupted()).isTrue();
    }
}
