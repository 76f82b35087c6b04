package io.github.imagehost.rest.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.port.repository.MetadataRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.health.HealthProbe.Condition;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Tells whether the service can do its work: whether database and store answer, and it is not about to end. A store
 * that is full does not take the service down, since all others that share it are no better off, and what is in it is
 * still served.
 */
@RestController
class HealthController {

    private final ApplicationAvailability availability;
    private final HealthProbe database;
    private final HealthProbe store;

    HealthController(
            MetadataRepository repository,
            ImageStore store,
            ApplicationAvailability availability,
            @Qualifier("healthExecutor") Executor executor) {
        this.availability = availability;
        this.database = new HealthProbe("database", repository::check, executor);
        this.store = new HealthProbe("store", store::check, executor);
    }

    @OpenToEverybody
    @GetMapping(RequestPath.HEALTH)
    ResponseEntity<Health> health(HttpServletRequest request) {
        RequestRecord record = RequestRecord.of(request);
        HealthProbe.Running databaseRun = database.start();
        HealthProbe.Running storeRun = store.start();
        Condition databaseCondition = databaseRun.await(record::failedBy);
        Condition storeCondition = storeRun.await(record::failedBy);
        boolean serviceUp = availability.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC;
        Map<String, Condition> components = new TreeMap<>();
        components.put("database", databaseCondition);
        components.put("service", serviceUp ? Condition.UP : Condition.DOWN);
        components.put("store", storeCondition);
        boolean up = !components.containsValue(Condition.DOWN);
        boolean isNotable = components.values().stream().anyMatch(condition -> condition != Condition.UP);
        Health health = new Health(up ? "OK" : "DOWN", Timestamps.format(Instant.now()), isNotable ? components : null);
        return ResponseEntity.status(up ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
                .cacheControl(CacheControl.noStore())
                .body(health);
    }

    record Health(
            String status,
            String timestamp,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            Map<String, Condition> components) {}
}
