package io.github.imagehost.rest.statistics;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.access.Scope;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.administration.QuotaLedger;
import io.github.imagehost.core.port.repository.administration.StatisticsCatalog;
import io.github.imagehost.core.view.OwnerDetails;
import io.github.imagehost.core.view.QuotaDetails;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.access.Requires;
import io.github.imagehost.rest.error.Envelope;
import io.github.imagehost.rest.error.Messages;
import io.github.imagehost.rest.health.Components;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells owners what they have, and administrators what there is in all. What storing each picture once saves is told to
 * administrators alone: an owner would learn from it whether others have what he has.
 */
@RestController
class StatisticsController {

    private final StatisticsCatalog catalog;
    private final QuotaLedger quotas;
    private final HostCounts counts;
    private final Components components;
    private final Messages messages;

    StatisticsController(
            StatisticsCatalog catalog,
            QuotaLedger quotas,
            HostCounts counts,
            Components components,
            Messages messages) {
        this.catalog = catalog;
        this.quotas = quotas;
        this.counts = counts;
        this.components = components;
        this.messages = messages;
    }

    @Requires(Scope.READ)
    @GetMapping("/api/statistics")
    Envelope ofOwner(OwnerId owner, HttpServletRequest request) {
        OwnerStatistics statistics = catalog.statistics(owner);
        return Envelope.success(
                messages.text(request, "ok"),
                new OwnersOwn(
                        statistics.usage(),
                        QuotaDetails.of(quotas.quota(owner)),
                        statistics.types(),
                        statistics.visibilities(),
                        statistics.months(),
                        statistics.isEstimate()));
    }

    @Requires(Scope.ADMIN)
    @GetMapping("/api/admin/statistics")
    Envelope ofHost(HttpServletRequest request) {
        HostCounts.Counted counted = counts.latest();
        Statistics statistics = counted.statistics();
        return Envelope.success(
                messages.text(request, "ok"),
                new WholeHost(
                        Timestamps.format(counted.at()),
                        statistics,
                        statistics.imageBytes() - statistics.blobBytes(),
                        counted.owners(),
                        new Backlog(
                                counted.backlog().blobs(),
                                counted.backlog().age().toSeconds()),
                        components.ask(RequestRecord.of(request))));
    }

    /** Nothing of it depends on what others have. */
    private record OwnersOwn(
            Usage usage,
            QuotaDetails quota,
            List<Share> types,
            List<Share> visibilities,
            List<Share> months,
            boolean isEstimate) {}

    /**
     * All there is.
     *
     * @param countedAt when all but the health was looked at
     * @param savedBytes what the pictures would take more if each of them were stored for itself
     */
    private record WholeHost(
            String countedAt,
            Statistics statistics,
            long savedBytes,
            List<OwnerDetails> owners,
            Backlog backlog,
            Map<String, Components.Condition> health) {}

    /**
     * How far sweeps are behind.
     *
     * @param objects how many wait to be deleted now
     * @param seconds for how long the first of them does
     */
    private record Backlog(long objects, long seconds) {}
}
