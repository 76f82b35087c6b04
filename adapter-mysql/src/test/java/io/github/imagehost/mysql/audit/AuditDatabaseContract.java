package io.github.imagehost.mysql.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.audit.Act;
import io.github.imagehost.core.model.audit.Actor;
import io.github.imagehost.core.model.audit.AuditAction;
import io.github.imagehost.core.model.audit.AuditEntry;
import io.github.imagehost.core.model.audit.AuditEvent;
import io.github.imagehost.core.model.audit.AuditQuery;
import io.github.imagehost.core.port.audit.AuditLog;
import io.github.imagehost.core.testing.AuditLogContract;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database, which all tests of the class share; each begins with an empty log. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AuditDatabaseContract extends AuditLogContract {

    private TestDatabase database;
    private MySqlMetadataRepository repository;

    protected abstract TestDatabase createDatabase();

    @BeforeAll
    final void openDatabase() {
        database = createDatabase().keepConnection();
        repository = MySqlMetadataRepository.open(database.databaseSettings());
    }

    @AfterAll
    final void closeDatabase() {
        repository.close();
        database.close();
    }

    @Override
    protected AuditLog createLog() {
        database.clear();
        return repository.auditLog();
    }

    @Test
    void whatALaterVersionDidIsShownWithoutItsName() {
        repository
                .auditLog()
                .add(new AuditEvent(
                        Instant.parse("2026-01-31T16:00:00Z"),
                        Actor.COMMAND_LINE,
                        Act.of(AuditAction.LOGIN).with("soon")));
        database.execute("UPDATE imagehost_audit SET action = 'teleport', actor = 'wizard'");

        AuditEntry entry = repository
                .auditLog()
                .find(new AuditQuery(
                        Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), 10))
                .entries()
                .get(0);

        assertThat(entry.event().act().action()).isEqualTo(AuditAction.UNKNOWN);
        assertThat(entry.event().actor().kind()).isEqualTo(Actor.Kind.UNKNOWN);
        assertThat(entry.event().act().detail()).isEqualTo("soon");
    }
}
