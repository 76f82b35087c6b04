package io.github.imagehost.rest.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.audit.AuditTrail;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditEntry;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.rest.testing.Client;
import io.github.imagehost.rest.testing.Multipart;
import io.github.imagehost.rest.testing.RunningService;
import io.github.imagehost.rest.testing.Waiting;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is named in the audit log, and what becomes of it. */
class RequestAuditTest {

    private static final String ADMIN_TOKEN = "the-token-of-the-settings-0123456789";

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"open, OPEN", "local, LOCAL", "token, TOKEN"})
    void namesWhoNeedsNoTokenOfTheDatabaseByTheModeOfTheService(String mode, Actor.Kind kind) throws Exception {
        Map<String, String> settings = new HashMap<>(Map.of("ACCESS", mode, "ADMIN_TOKEN", ADMIN_TOKEN));
        // whatever else is public is not local
        settings.put("PUBLIC_URL", "http://localhost:3000");
        try (RunningService service = RunningService.with(directory, settings)) {
            Client client = service.client().with("X-API-Key", ADMIN_TOKEN);

            long id = upload(client);
            client.delete("/api/images/" + id).isSuccess("删除成功");

            assertThat(events(service))
                    .extracting(AuditEvent::actor)
                    .containsExactly(
                            new Actor(kind, Optional.of(OwnerId.DEFAULT), Optional.empty(), Optional.of("127.0.0.1")));
        }
    }

    @Test
    void noActFailsBecauseItCantBeNoted() throws Exception {
        try (RunningService service = RunningService.embedded(directory)) {
            long id = upload(service.client());
            try (Connection connection = service.part(DataSource.class).getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE imagehost_audit");
            }

            service.client().delete("/api/images/" + id).isSuccess("删除成功");

            service.client().get("/api/images/" + id).isError(404, "image_not_found");
        }
    }

    @Test
    void theServiceForgetsWhatIsOldEnough() throws Exception {
        try (RunningService service =
                RunningService.with(directory, Map.of("AUDIT_KEEP", "2d", "SWEEP_INTERVAL", "1s"))) {
            AuditLog log = service.part(MySqlMetadataRepository.class).auditLog();
            Act act = Act.of(AuditAction.LOGIN);
            AuditEvent young = new AuditEvent(
                    Instant.now().minus(Duration.ofHours(47)).truncatedTo(ChronoUnit.MILLIS), Actor.COMMAND_LINE, act);
            log.add(young);
            log.add(new AuditEvent(Instant.now().minus(Duration.ofHours(49)), Actor.COMMAND_LINE, act));

            Waiting.until(
                    "the older one is gone",
                    Duration.ofSeconds(30),
                    () -> events(service).equals(List.of(young)));
        }
    }

    private static long upload(Client client) throws Exception {
        return client.post("/api/upload", new Multipart().file("image", "a.png", Pictures.uniquePng()))
                .isSuccess("上传成功")
                .data()
                .get("id")
                .asLong();
    }

    private static List<AuditEvent> events(RunningService service) {
        return service
                .part(AuditTrail.class)
                .find(new AuditQuery(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .entries()
                .stream()
                .map(AuditEntry::event)
                .toList();
    }
}
