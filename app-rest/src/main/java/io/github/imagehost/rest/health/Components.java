package io.github.imagehost.rest.health;

import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.rest.request.RequestRecord;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.stereotype.Component;

/** Asks all that the service consists of how it is. Safe for use by many threads. */
@Component
public final class Components {

    private final ApplicationAvailability availability;
    private final HealthProbe database;
    private final HealthProbe store;

    Components(
            MetadataRepository repository,
            ImageStore store,
            ApplicationAvailability availability,
            @Qualifier("healthExecutor") Executor executor) {
        this.availability = availability;
        this.database = new HealthProbe("database", repository::check, executor);
        this.store = new HealthProbe("store", store::check, executor);
    }

    /** How a component is. */
    public enum Condition {
        UP,
        /** It answers, but has no room for more. */
        FULL,
        DOWN
    }

    /**
     * How each of them is, by their names: {@code database}, {@code service} and {@code store}. Within some seconds,
     * whatever has happened to them.
     *
     * @param record of the request for which somebody wants to know; is told what is wrong
     */
    public SortedMap<String, Condition> ask(RequestRecord record) {
        HealthProbe.Running databaseRun = database.start();
        HealthProbe.Running storeRun = store.start();
        SortedMap<String, Condition> conditions = new TreeMap<>();
        conditions.put("database", databaseRun.await(record::failedBy));
        conditions.put("store", storeRun.await(record::failedBy));
        boolean isUp = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        conditions.put("service", isUp ? Condition.UP : Condition.DOWN);
        return conditions;
    }
}
