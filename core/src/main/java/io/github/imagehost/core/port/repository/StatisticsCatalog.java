package io.github.imagehost.core.port.repository;

import io.github.imagehost.core.model.Statistics;

/** The part of the {@link AdministrableRepository} that counts. */
public interface StatisticsCatalog {

    /**
     * Counts everything. Takes time that grows with what there is; what changes meanwhile may be counted in one place
     * and not in another.
     */
    Statistics statistics();
}
