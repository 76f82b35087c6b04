package io.github.imagehost.rest.statistics;

import com.google.common.base.Suppliers;
import io.github.imagehost.core.access.owner.Owners;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.port.repository.administration.BacklogCatalog;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.administration.StatisticsCatalog;
import io.github.imagehost.core.view.OwnerDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import org.springframework.stereotype.Component;

/**
 * Counts all there is. That takes time that grows with it, so it is done once in a while, however many administrators
 * look, and those who come meanwhile wait for it. Safe for use by many threads.
 */
@Component
final class HostCounts {

    private static final Duration AGE = Duration.ofMinutes(1);

    private final StatisticsCatalog catalog;
    private final BacklogCatalog backlogs;
    private final Owners owners;
    private final QuotaLedger quotas;
    private final InstantSource clock;
    private final Supplier<Counted> counted = Suppliers.memoizeWithExpiration(this::count, AGE);

    HostCounts(
            StatisticsCatalog catalog,
            BacklogCatalog backlogs,
            Owners owners,
            QuotaLedger quotas,
            InstantSource clock) {
        this.catalog = catalog;
        this.backlogs = backlogs;
        this.owners = owners;
        this.quotas = quotas;
        this.clock = clock;
    }

    /**
     * What was counted.
     *
     * @param at when that began
     */
    record Counted(Instant at, Statistics statistics, List<OwnerDetails> owners, BacklogCatalog.Backlog backlog) {

        Counted {
            owners = List.copyOf(owners);
        }
    }

    /** What there was a minute ago, or later. */
    Counted latest() {
        return counted.get();
    }

    private Counted count() {
        Instant at = clock.instant();
        List<OwnerDetails> details = owners.list().stream()
                .map(owner -> OwnerDetails.of(owner, quotas.usage(owner.id()), quotas.quota(owner.id())))
                .toList();
        return new Counted(at, catalog.statistics(), details, backlogs.backlog());
    }
}
