package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ClosedLoopTest {

    private static final Duration PLENTY = Duration.ofMinutes(1);

    @Test
    void aPhaseEndsAfterItsRequests() throws Exception {
        AtomicInteger made = new AtomicInteger();
        try (ClosedLoop loop = ClosedLoop.open(() -> () -> made.incrementAndGet() > 0 ? 100 : 0, 3)) {
            Requests requests = loop.run(10, PLENTY);

            assertThat(made).hasValue(10);
            assertThat(requests.count()).isEqualTo(10);
            assertThat(requests.bytesSent()).isEqualTo(1000);
            assertThat(loop.run(5, PLENTY).count()).isEqualTo(5);
        }
    }

    @Test
    void aPhaseEndsAfterItsTime() throws Exception {
        try (ClosedLoop loop = ClosedLoop.open(() -> () -> 0, 2)) {
            assertThat(loop.run(100, Duration.ZERO).count()).isZero();
        }
    }

    @Test
    void aWrongAnswerEndsTheRunForAllClients() throws Exception {
        AtomicInteger made = new AtomicInteger();
        ClosedLoop.Client failing = () -> {
            if (made.incrementAndGet() == 7) {
                throw new IOException("Got 503 instead of 200");
            }
            TimeUnit.MILLISECONDS.sleep(1);
            return 0;
        };
        try (ClosedLoop loop = ClosedLoop.open(() -> failing, 2)) {
            assertThatThrownBy(() -> loop.run(1_000_000, PLENTY)).hasMessageContaining("503");
            assertThat(made.get()).isLessThan(10_000);
        }
    }
}
