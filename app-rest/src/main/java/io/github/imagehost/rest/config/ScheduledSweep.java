package io.github.imagehost.rest.config;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.access.login.Sessions;
import io.github.imagehost.core.album.Albums;
import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.intake.spool.SpoolException;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.repository.failure.RepositoryException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.rest.request.RequestRecord;
import io.github.imagehost.rest.settings.ServiceSettings;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.SchedulingConfigurer;
import org.springframework.scheduling.config.FixedDelayTask;
import org.springframework.scheduling.config.ScheduledTaskRegistrar;
import org.springframework.stereotype.Component;

/** Sweeps when the service starts and now and then, on every node; that several do so at once does no harm. */
@Component
class ScheduledSweep implements SchedulingConfigurer {

    private static final Logger log = LoggerFactory.getLogger(ScheduledSweep.class);

    /** For so long, images that have ended are in lists, where their owner may wonder. */
    private static final Duration ENDED_IMAGES_INTERVAL = Duration.ofSeconds(10);

    private final ImageHost host;
    private final Albums albums;
    private final MySqlMetadataRepository repository;
    private final Sessions sessions;
    private final AuditTrail audit;
    private final ServiceSettings settings;

    ScheduledSweep(
            ImageHost host,
            Albums albums,
            MySqlMetadataRepository repository,
            Sessions sessions,
            AuditTrail audit,
            ServiceSettings settings) {
        this.host = host;
        this.albums = albums;
        this.repository = repository;
        this.sessions = sessions;
        this.audit = audit;
        this.settings = settings;
    }

    @Override
    public void configureTasks(ScheduledTaskRegistrar registrar) {
        registrar.addFixedDelayTask(new FixedDelayTask(this::sweep, settings.sweepInterval(), Duration.ZERO));
        registrar.addFixedDelayTask(
                new FixedDelayTask(this::removeEnded, ENDED_IMAGES_INTERVAL, ENDED_IMAGES_INTERVAL));
    }

    private void removeEnded() {
        try {
            host.removeEnded();
            albums.removeEnded();
        } catch (RepositoryException e) {
            // the sweep does the same, and tells of an outage less often
            log.debug("Images and albums that have ended are left to the next sweep", e);
        }
    }

    private void sweep() {
        try {
            SweepReport report = host.sweep();
            if (report.endedImages() + report.expiredReservations() + report.deletedObjects() + report.failedObjects()
                    > 0) {
                log.info("Swept: {}", report);
            }
            albums.removeEnded();
            repository.tidyUp();
            sessions.sweep();
            audit.sweep();
        } catch (StoreException | RepositoryException | SpoolException e) {
            log.warn("The sweep is left to the next one: {}", RequestRecord.describe(e));
        }
    }
}
