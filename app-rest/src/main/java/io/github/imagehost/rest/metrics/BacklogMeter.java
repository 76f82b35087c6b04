package io.github.imagehost.rest.metrics;

import io.github.imagehost.core.port.repository.administration.BacklogCatalog;
import io.github.imagehost.core.port.repository.administration.BacklogCatalog.Backlog;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures now and then how far sweeps are behind: not when somebody asks, who would have to wait for a database that
 * is away. What waits grows older meanwhile.
 */
public final class BacklogMeter implements MeterBinder, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(BacklogMeter.class);

    private final BacklogCatalog catalog;
    private final Duration interval;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread backlog = new Thread(work, "backlog");
        backlog.setDaemon(true);
        return backlog;
    });
    private volatile Measured last = new Measured(new Backlog(0, Duration.ZERO), System.nanoTime());

    private record Measured(Backlog backlog, long at) {}

    /** @param interval between two measurements */
    public BacklogMeter(BacklogCatalog catalog, Duration interval) {
        this.catalog = catalog;
        this.interval = interval;
    }

    /** Begins; a sweep may take long, and is waited for by nobody. */
    public void start() {
        Future<?> unused = thread.scheduleWithFixedDelay(this::measure, 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }

    private void measure() {
        try {
            last = new Measured(catalog.backlog(), System.nanoTime());
        } catch (RuntimeException e) {
            // or else it would never be measured again
            log.warn("The backlog of the sweep can't be measured: {}", e.toString());
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
