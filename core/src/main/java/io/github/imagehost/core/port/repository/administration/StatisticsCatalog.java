package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics;

/** The part of the {@link AdministrableRepository} that counts. */
public interface StatisticsCatalog {

    /**
     * Counts everything. Takes time that grows with what there is; what changes meanwhile may be counted in one place
     * and not in another.
     */
    Statistics statistics();

    /**
     * Counts what one owner has. Costs about the same however much that is: if it is much, shares are estimated from
     * some images. What has ended counts until it is removed.
     */
    OwnerStatistics statistics(OwnerId owner);
}
