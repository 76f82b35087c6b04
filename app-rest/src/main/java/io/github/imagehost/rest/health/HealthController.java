package io.github.imagehost.rest.health;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.view.Timestamps;
import io.github.imagehost.rest.access.OpenToEverybody;
import io.github.imagehost.rest.health.Components.Condition;
import io.github.imagehost.rest.request.RequestPath;
import io.github.imagehost.rest.request.RequestRecord;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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

    private final Components components;

    HealthController(Components components) {
        this.components = components;
    }

    @OpenToEverybody
    @GetMapping(RequestPath.HEALTH)
    ResponseEntity<Health> health(HttpServletRequest request) {
        Map<String, Condition> conditions = components.ask(RequestRecord.of(request));
        boolean up = !conditions.containsValue(Condition.DOWN);
        boolean isNotable = conditions.values().stream().anyMatch(condition -> condition != Condition.UP);
        Health health = new Health(up ? "OK" : "DOWN", Timestamps.format(Instant.now()), isNotable ? conditions : null);
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
