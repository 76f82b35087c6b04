package io.github.imagehost.rest.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectLister;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.rest.testing.Spool;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** What a service leaves in its database, in its store and among its files. Looks at them without any proxy. */
final class Remains implements AutoCloseable {

    private static final Duration LONGER_THAN_LEASE_AND_QUARANTINE = Duration.ofHours(1);
    private static final SweepReport NOTHING_TO_SWEEP = new SweepReport(0, 0, 0, 0);
    private static final int MOST_SWEEPS = 5;

    private final TestDatabase database;
    private final ImageStore objects;
    private final Spool spool;
    private final ImageHost host;

    private Remains(TestDatabase database, ImageStore objects, Spool spool, ImageHost host) {
        this.database = database;
        this.objects = objects;
        this.spool = spool;
        this.host = host;
    }

    /**
     * Of a service with this database and this store.
     *
     * @param store is closed with this
     */
    static Remains in(TestDatabase database, ImageStore store, Path dataDirectory) {
        ImageHost host = ImageHost.builder()
                .store(store)
                .metadata(MySqlMetadataRepository.open(database.databaseSettings()))
                .build();
        return new Remains(database, store, Spool.in(dataDirectory), host);
    }

    /** Sweeps once, as another process may at any time. */
    void sweep() {
        host.sweep();
    }

    /**
     * Asserts that there are only live images, their rows and their objects, once time has passed and sweeps were made.
     */
    void assertOnlyLiveImages() throws IOException {
        database.letTimePass(LONGER_THAN_LEASE_AND_QUARANTINE);
        sweepUntilQuiet();

        List<String> live = database.query("SELECT object_key FROM imagehost_blob WHERE state = 'STORED'"
                + " AND id IN (SELECT blob_id FROM imagehost_image)");
        assertThat(database.query("SELECT object_key FROM imagehost_blob")).containsExactlyInAnyOrderElementsOf(live);
        assertThat(objects.list(Optional.empty(), ObjectLister.MAX_LIMIT))
                .extracting(object -> object.key().value())
                .containsExactlyInAnyOrderElementsOf(live);
        assertThat(spool.files()).isEmpty();
    }

    private void sweepUntilQuiet() {
        for (int sweeps = 0; sweeps < MOST_SWEEPS; sweeps++) {
            if (host.sweep().equals(NOTHING_TO_SWEEP)) {
                return;
            }
        }
        throw new AssertionError("Sweeps still find something after " + MOST_SWEEPS + " of them");
    }

    @Override
    public void close() {
        host.close();
    }
}
