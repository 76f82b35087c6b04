package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import io.github.imagehost.mysql.settings.MySqlSettings;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.sql.Connection;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;

class ServerFailureIT extends FailureContract {

    @Override
    protected TestDatabase createDatabase() {
        return TestDatabases.onServer();
    }

    @Override
    protected void killOtherConnections() {
        for (String id : database()
                .query("SELECT id FROM information_schema.processlist"
                        + " WHERE db = DATABASE() AND id <> CONNECTION_ID()")) {
            database().execute("KILL " + id);
        }
    }

    @Test
    void aWrongPasswordIsNamed() {
        assertUnusable(Map.of("DB_PASSWORD", "wr0ng"))
                .hasMessageContaining("DB_USER and DB_PASSWORD")
                .hasMessageNotContaining("wr0ng");
    }

    @Test
    void aMissingDatabaseIsNamed() {
        assertUnusable(Map.of("DB_NAME", "no_such_database"))
                .hasMessageContaining("DB_NAME")
                .hasMessageContaining("no_such_database");
    }

    @Test
    void aServerThatDoesNotAnswerIsNamed() {
        assertUnusable(Map.of("DB_PORT", "1"))
                .hasMessageContaining("DB_HOST and DB_PORT")
                .hasMessageContaining(":1 does not answer");
    }

    @Test
    void aHostThatDoesNotExistIsNamed() {
        assertUnusable(Map.of("DB_HOST", "no-such-host.invalid"))
                .hasMessageContaining("DB_HOST")
                .hasMessageContaining("no-such-host.invalid");
    }

    @Test
    void missingPrivilegesAreNamed() {
        String name = database().query("SELECT DATABASE()").get(0);
        String user = "u" + name.substring(name.length() - 12);
        database().execute("CREATE USER " + user + " IDENTIFIED BY 'pass'");
        try {
            assertUnusable(Map.of("DB_USER", user, "DB_PASSWORD", "pass")).hasMessageContaining("DB_USER and DB_NAME");
            database().execute("GRANT SELECT ON " + name + ".* TO " + user);
            try (TestDatabase empty = TestDatabases.onServer()) {
                String emptyName = empty.query("SELECT DATABASE()").get(0);
                database().execute("GRANT SELECT ON " + emptyName + ".* TO " + user);
                assertUnusable(Map.of("DB_NAME", emptyName, "DB_USER", user, "DB_PASSWORD", "pass"))
                        .hasMessageContaining("DB_USER: this user may not create and change tables");
            }
        } finally {
            database().execute("DROP USER " + user);
        }
    }

    /** MariaDB lets only one INSERT … SELECT at a time make ids for a table. */
    @Test
    void anImageWhoseInsertionWaitsKeepsNoOtherOneWaiting() throws Exception {
        ImageDescriptor content = Uploads.upload(repository()).content();
        String stored = database().query("SELECT id FROM imagehost_blob").get(0);
        Reservation<UploadRequest> reservation = Uploads.reserve(repository());
        try (Connection other = database().connect();
                Statement statement = other.createStatement();
                AdministrableRepository impatient = impatientRepository()) {
            other.setAutoCommit(false);
            statement.execute("INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name, folded_name,"
                    + " file_size, mime_type, uploaded_at, updated_at) VALUES (2, " + stored
                    + ", 'a.png', 'a', 'a', 1, 'image/png', UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))");
            CompletableFuture<Claim<UploadRequest, Image>> waiting =
                    CompletableFuture.supplyAsync(() -> repository().claim(Uploads.request(new OwnerId(2), content)));
            awaitInsertion("imagehost_image");

            Optional<Image> image = impatient.complete(reservation);

            assertThat(image).isPresent();
            assertThat(waiting).isNotDone();
            other.rollback();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(Claim.Attached.class);
        }
    }

    @Test
    void aReservationThatWaitsKeepsNoOtherOneWaiting() throws Exception {
        UploadRequest request = Uploads.request();
        String digest = request.content().digest().hex();
        try (Connection other = database().connect();
                Statement statement = other.createStatement();
                AdministrableRepository impatient = impatientRepository()) {
            other.setAutoCommit(false);
            statement.execute(
                    "INSERT INTO imagehost_blob (state, digest, live_digest, size, stored_digest, stored_size,"
                            + " mime_type, width, height, object_key, reserved_at, quarantine_until) VALUES ('RESERVED', x'"
                            + digest + "', x'" + digest + "', 36, x'" + digest + "', 36, 'image/png', 3, 4, 'a.png',"
                            + " UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))");
            CompletableFuture<Claim<UploadRequest, Image>> waiting =
                    CompletableFuture.supplyAsync(() -> repository().claim(request));
            awaitInsertion("imagehost_blob");

            assertThat(impatient.claim(Uploads.request())).isInstanceOf(Claim.Reserved.class);

            assertThat(waiting).isNotDone();
            other.rollback();
            assertThat(waiting.get(30, TimeUnit.SECONDS)).isInstanceOf(Claim.Reserved.class);
        }
    }

    private void awaitInsertion(String table) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (database()
                .query("SELECT id FROM information_schema.processlist WHERE db = DATABASE()"
                        + " AND info LIKE 'INSERT INTO " + table + "%'")
                .isEmpty()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
        }
    }

    private AbstractThrowableAssert<?, ? extends Throwable> assertUnusable(Map<String, String> changes) {
        Map<String, String> settings = new HashMap<>(database().settings());
        settings.putAll(changes);
        return assertThatThrownBy(() -> MySqlMetadataRepository.open(MySqlSettings.from(Settings.of(settings))))
                .isInstanceOf(SettingsException.class)
                .hasMessageNotContaining("\n");
    }
}
