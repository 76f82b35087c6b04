package io.github.imagehost.core.fsck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.port.repository.administration.RepairLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.InMemoryMetadataRepository;
import io.github.imagehost.core.testing.MutableClock;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RepairLeaseTest {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final Duration NEVER = Duration.ofDays(1);
    private static final Duration LONGER = RepairLease.DURATION.plusSeconds(1);

    private final MutableClock clock = new MutableClock();
    private final Faults<RepairLedger> ledger =
            Faults.before(RepairLedger.class, new InMemoryMetadataRepository(clock));

    @Test
    void isTakenByOneAtATime() {
        try (RepairLease lease = take(NEVER)) {
            assertThatThrownBy(() -> take(NEVER))
                    .as("while there is %s", lease)
                    .isInstanceOf(RepositoryUnavailableException.class)
                    .hasMessage("Another process repairs the store; wait until it has ended, or 2 minutes if it was"
                            + " killed");
        }

        assertThatCode(() -> take(NEVER).close()).doesNotThrowAnyException();
    }

    @Test
    void isKeptWhileItsHolderDoesSomethingElse() throws InterruptedException {
        CountDownLatch kept = new CountDownLatch(3);
        ledger.always("keepRepair", call -> {
            kept.countDown();
            return call.proceed();
        });
        try (RepairLease lease = take(OFTEN)) {
            assertThat(kept.await(60, TimeUnit.SECONDS))
                    .as("while there is %s", lease)
                    .isTrue();
        }
    }

    @Test
    void goesOnAskingWhenTheRepositoryWasAway() throws InterruptedException {
        CountDownLatch keptAgain = new CountDownLatch(2);
        ledger.next("keepRepair", call -> {
            throw new RepositoryUnavailableException("away");
        });
        ledger.always("keepRepair", call -> {
            keptAgain.countDown();
            return call.proceed();
        });
        try (RepairLease lease = take(OFTEN)) {
            assertThat(keptAgain.await(60, TimeUnit.SECONDS))
                    .as("while there is %s", lease)
                    .isTrue();
        }
    }

    @Test
    void isLostToWhoeverTookOver() {
        try (RepairLease slow = take(NEVER)) {
            slow.confirm();
            clock.advance(LONGER);
            RepairLease next = take(NEVER);

            assertThatThrownBy(slow::confirm)
                    .isInstanceOf(RepairLostException.class)
                    .hasMessageStartingWith("This repair has lost its turn")
                    .hasMessageEndingWith("give the command again when no other repair runs");
            next.confirm();
            next.close();

            assertThatThrownBy(slow::confirm).isInstanceOf(RepairLostException.class);
        }
    }

    @Test
    void theEndOfALostOneLeavesItToWhoeverTookOver() {
        RepairLease slow = take(NEVER);
        clock.advance(LONGER);
        try (RepairLease next = take(NEVER)) {
            slow.close();

            assertThatThrownBy(() -> take(NEVER))
                    .as("while there is %s", next)
                    .isInstanceOf(RepositoryUnavailableException.class);
        }
    }

    @Test
    void endsByItselfIfItCannotBeGivenBack() {
        RepairLease lease = take(NEVER);
        ledger.next("endRepair", call -> {
            throw new RepositoryUnavailableException("away");
        });

        lease.close();

        assertThatThrownBy(() -> take(NEVER)).isInstanceOf(RepositoryUnavailableException.class);
        clock.advance(LONGER);
        assertThatCode(() -> take(NEVER).close()).doesNotThrowAnyException();
    }

    private RepairLease take(Duration period) {
        return RepairLease.take(ledger.port(), period);
    }
}
