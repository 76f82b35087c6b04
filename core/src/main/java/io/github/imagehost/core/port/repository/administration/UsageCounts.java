package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.OwnerId;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * The part of the {@link AdministrableRepository} that makes sure that owners have what they are counted to have. All
 * operations keep the counts right; they are wrong only after a mistake, in a program or in a restored database.
 */
public interface UsageCounts {

    /**
     * Whoever is counted to have something else than its live images. What is added or deleted meanwhile makes nobody
     * miscounted. Takes time that grows with what there is.
     *
     * @param isToStop is asked now and then; once it says so, this ends soon, and returns what it has found
     * @return in the order of their ids
     */
    List<Miscount> miscounts(BooleanSupplier isToStop);

    /**
     * Counts anew what an owner has, if that is wrong. What is added or deleted meanwhile is counted exactly once, as
     * always. May be repeated.
     */
    void recount(OwnerId owner);
}
