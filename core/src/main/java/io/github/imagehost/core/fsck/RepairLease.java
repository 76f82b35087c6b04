package io.github.imagehost.core.fsck;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.github.imagehost.core.port.repository.administration.RepairLedger;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link RepairRight} of a process that shares a repository with others. A thread of its own keeps it until it is
 * closed; if the process dies, the right ends {@link #DURATION} later at the most.
 *
 * <p>A store can't be told who may repair. So each deletion is preceded by {@link #confirm}, after which nobody else
 * begins for {@link #DURATION}: longer than a request to the store can live.
 */
public final class RepairLease implements RepairRight, AutoCloseable {

    /** For how long a process that died keeps others from repairing. */
    public static final Duration DURATION = Duration.ofMinutes(2);

    private static final Logger log = LoggerFactory.getLogger(RepairLease.class);

    /** Some attempts may fail. */
    private static final Duration PERIOD = DURATION.dividedBy(8);

    private final RepairLedger ledger;
    private final UUID holder;
    private final ScheduledExecutorService keeper;

    private RepairLease(RepairLedger ledger, UUID holder, Duration period) {
        this.ledger = ledger;
        this.holder = holder;
        this.keeper = Executors.newSingleThreadScheduledExecutor(new ThreadFactoryBuilder()
                .setNameFormat("imagehost-repair-lease")
                .setDaemon(true)
                .build());
        Future<?> unused =
                keeper.scheduleWithFixedDelay(this::keep, period.toNanos(), period.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Takes the right until it is closed.
     *
     * @throws RepositoryUnavailableException if somebody else has it, or the repository does not answer
     */
    public static RepairLease take(RepairLedger ledger) {
        return take(ledger, PERIOD);
    }

    /** @param period how often to ask for more time */
    static RepairLease take(RepairLedger ledger, Duration period) {
        UUID holder = UUID.randomUUID();
        if (!ledger.takeRepair(holder, DURATION)) {
            throw new RepositoryUnavailableException("Another process repairs the store; wait until it has ended, or "
                    + DURATION.toMinutes() + " minutes if it was killed");
        }
        return new RepairLease(ledger, holder, period);
    }

    @Override
    public void confirm() {
        if (!ledger.keepRepair(holder, DURATION)) {
            throw new RepairLostException(
                    "This repair has lost its turn, since it was held up or did not reach the database for "
                            + DURATION.toMinutes()
                            + " minutes, and another process may be repairing now. What was done stays"
                            + " done; give the command again when no other repair runs");
        }
    }

    /** Whether it is lost is found out by whoever is about to change something. */
    private void keep() {
        try {
            ledger.keepRepair(holder, DURATION);
        } catch (RepositoryException e) {
            log.debug("The right to repair could not be kept, which is tried again", e);
        }
    }

    /** Lets the next one have it. Does not fail: it would end by itself. */
    @Override
    public void close() {
        keeper.shutdownNow();
        try {
            ledger.endRepair(holder);
        } catch (RepositoryException e) {
            log.warn("The next repair can begin in {} minutes only", DURATION.toMinutes(), e);
        }
    }
}
