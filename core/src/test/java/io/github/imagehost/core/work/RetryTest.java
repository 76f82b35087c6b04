package io.github.imagehost.core.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Retryable;
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
    void waitsAsLongAsTheFailureAsksForIfThatIsLonger() {
        Retry retry = new Retry(List.of(Duration.ZERO), Retryable.class::isInstance, () -> tries.get() > 0);

        assertThatThrownBy(() -> retry.run(() -> failBusy(Duration.ofMinutes(1))))
                .isInstanceOf(Busy.class);

        assertThat(tries).as("the request to stop ended a pause that there was").hasValue(1);
    }

    @Test
    void doesNotTryAgainWhatAsksForMoreThanAMinute() {
        Retry retry = Retry.atIntervals(Duration.ofNanos(1), 2, Retryable.class::isInstance);

        assertThatThrownBy(() -> retry.run(() -> failBusy(Duration.ofMinutes(1).plusNanos(1))))
                .isInstanceOf(Busy.class);

        assertThat(tries).hasValue(1);
    }

    private int failBusy(Duration retryAfter) {
        tries.incrementAndGet();
        throw new Busy(retryAfter);
    }

    @Test
    void anInterruptionEndsAPause() {
        Retry retry = Retry.atIntervals(Duration.ofDays(1), 2, IOException.class::isInstance);
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> retry.run(() -> failUntil(2))).hasMessage("try 1");

        assertThat(Thread.interrupted()).isTrue();
    }

    private static final class Busy extends RuntimeException implements Retryable {

        private static final long serialVersionUID = 1L;

        private final Duration retryAfter;

        Busy(Duration retryAfter) {
            this.retryAfter = retryAfter;
        }

        @Override
        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
