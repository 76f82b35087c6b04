package io.github.imagehost.rest.metrics;

import io.github.imagehost.core.port.repository.BacklogCatalog;
import io.github.imagehost.core.port.repository.BacklogCatalog.Backlog;
import io.github.imagehost.core.port.repository.RepositoryException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;

/**
 * Measures now and then how far sweeps are behind: not when somebody asks, who would have to wait for a database that
 * is away. What waits grows older meanwhile.
 */
public final class BacklogMeter implements SchedulingConfigurer, MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(BacklogMeter.class);

    private final BacklogCatalog catalog;
    private final Duration interval;
    private volatile Measured last = new Measured(new Backlog(0, Duration.ZERO), System.nanoTime());

    private record Measured(Backlog backlog, long at) {}

    /** @param interval between two measurements */
    public BacklogMeter(BacklogCatalog catalog, Duration interval) {
        this.catalog = catalog;
        this.interval = interval;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(new FixedDelayTask(this::measure, interval, Duration.ZERO));
    }

    private void measure() {
        try {
            last = new Measured(catalog.backlog(), System.nanoTime());
        } catch (RepositoryException e) {
            log.warn("The backlog of the sweep can't be measured: {}", e.getMessage());
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(MeterNames.BACKLOG, () -> last.backlog().blobs()).register(registry);
        TimeGauge.builder(MeterNames.BACKLOG_AGE, this::ageMillis, TimeUnit.MILLISECONDS)
                .register(registry);
    }

    private long ageMillis() {
        Measured measured = last;
        if (measured.backlog().blobs() == 0) {
            return 0;
        }
        return measured.backlog().age().toMillis() + TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - measured.at());
    }
}
