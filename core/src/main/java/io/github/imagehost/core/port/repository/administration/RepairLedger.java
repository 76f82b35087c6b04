package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.port.repository.failure.RepositoryUnavailableException;
import java.time.Duration;
import java.util.UUID;

/**
 * The part of the {@link AdministrableRepository} that knows who may repair: one holder at a time, across any number of
 * processes and of servers that the repository consists of. Time is measured by the repository's clock.
 */
public interface RepairLedger {

    /**
     * Gives the right to repair to this holder, if nobody has it, or if the time of whoever had it is over. May be
     * repeated.
     *
     * @param holder drawn by whoever begins to repair
     * @param duration for how long from now; positive
     * @return whether this holder has it now; if not, somebody else has
     * @throws RepositoryUnavailableException also if the repository takes no writes: what it does not know yet would be
     *     taken for nobody's
     */
    boolean takeRepair(UUID holder, Duration duration);

    /**
     * Lets a holder have it for longer, also if its time is over but nobody has taken it since. May be repeated.
     *
     * @param duration for how long from now; positive
     * @return whether it has; if not, somebody else has taken it meanwhile, or it was ended
     */
    boolean keepRepair(UUID holder, Duration duration);

    /** Lets the next one have it. Does nothing if this holder does not have it. */
    void endRepair(UUID holder);
}
