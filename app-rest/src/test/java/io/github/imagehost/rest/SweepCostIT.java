package io.github.imagehost.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.github.imagehost.core.ImageHost;
import io.github.imagehost.core.dedup.Sweep;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.SweepReport;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Faults;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.s3.S3ImageStore;
import io.github.imagehost.s3.S3Settings;
import io.github.imagehost.s3.testing.S3TestServer;
import java.io.ByteArrayInputStream;
import java.lang.reflect.Method;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a sweep costs grows with the garbage, not with what is stored. The system property {@value #LIVE} says how many
 * images there are in the end; how long the sweeps take is printed, not tested.
 */
@Timeout(value = 1, unit = TimeUnit.HOURS)
class SweepCostIT {

    static final String LIVE = "imagehost.sweepCost.live";

    private static final int GARBAGE = Depth.of(20, 100);
    private static final int MOST_ROWS_READ_FOR_EACH = 10;
    private static final int UPLOADERS = 16;
    /** What is done long before the limit of {@link Concurrently}. */
    private static final int UPLOADS_AT_ONCE = 2_000;

    @TempDir
    private Path directory;

    @Test
    void aSweepReadsTheGarbageAlone() throws Exception {
        int many = Integer.getInteger(LIVE, Depth.of(500, 2_000));
        Settings storeSettings = Settings.of(S3TestServer.shared().freshBucket());
        try (TestDatabase database = TestDatabases.onServer()) {
            Faults<ImageStore> store =
                    Faults.before(ImageStore.class, S3ImageStore.create(S3Settings.from(storeSettings)));
            AdministrableRepository repository = MySqlMetadataRepository.open(database.databaseSettings());
            try (HikariDataSource sweeping = oneConnection(database);
                    ImageHost host = ImageHost.builder()
                            .store(store.port())
                            .metadata(repository)
                            .spoolDirectory(directory)
                            .build()) {
                upload(host, GARBAGE);
                sweepGarbage(GARBAGE, host, repository, store, sweeping);
                upload(host, many - GARBAGE);
                sweepGarbage(many, host, repository, store, sweeping);
            }
        }
    }

    private static HikariDataSource oneConnection(TestDatabase database) {
        HikariConfig pool = new HikariConfig();
        pool.setDataSource(database.databaseSettings().unpooledDataSource());
        pool.setMaximumPoolSize(1);
        return new HikariDataSource(pool);
    }

    private static void upload(ImageHost host, int count) throws Exception {
        for (int done = 0; done < count; done += UPLOADS_AT_ONCE) {
            uploadAtOnce(host, Math.min(UPLOADS_AT_ONCE, count - done));
        }
    }

    private static void uploadAtOnce(ImageHost host, int count) throws Exception {
        AtomicInteger left = new AtomicInteger(count);
        Concurrently.run(UPLOADERS, () -> {
            while (left.getAndDecrement() > 0) {
                host.upload(OwnerId.DEFAULT, "a.png", new ByteArrayInputStream(Pictures.uniquePng()));
            }
            return left;
        });
    }

    private static void sweepGarbage(
            int live, ImageHost host, AdministrableRepository repository, Faults<ImageStore> store, DataSource sweeping)
            throws Exception {
        List<Long> ids = Concurrently.run(
                GARBAGE,
                () -> host.upload(OwnerId.DEFAULT, "garbage.png", new ByteArrayInputStream(Pictures.uniquePng()))
                        .image()
                        .id());
        // what an earlier sweep has postponed may be due by now
        host.sweep();
        repository.remove(OwnerId.DEFAULT, ids);
        Sweep sweep = new Sweep(store.port(), MySqlMetadataRepository.create(sweeping));
        int callsBefore = calls(store);
        int deletesBefore = store.calls("delete");
        // looking reads rows, too
        long lookingOnce = rowsRead(sweeping);
        long readBefore = rowsRead(sweeping);
        long start = System.nanoTime();

        SweepReport report = sweep.run();

        long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        long read = rowsRead(sweeping) - readBefore - (readBefore - lookingOnce);
        System.out.printf(
                Locale.ROOT,
                "A sweep of %d objects beside %,d live ones: %d ms, %d rows read, %d calls of the store%n",
                report.deletedObjects(),
                live,
                millis,
                read,
                calls(store) - callsBefore);
        assertThat(report).isEqualTo(new SweepReport(0, 0, GARBAGE, 0));
        assertThat(store.calls("delete") - deletesBefore).isOne();
        assertThat(calls(store) - callsBefore).isOne();
        assertThat(read).isLessThan((long) GARBAGE * MOST_ROWS_READ_FOR_EACH);
    }

    private static int calls(Faults<ImageStore> store) {
        return Arrays.stream(ImageStore.class.getMethods())
                .map(Method::getName)
                .distinct()
                .mapToInt(store::calls)
                .sum();
    }

    /** By this connection alone: others may use the server at the same time. */
    private static long rowsRead(DataSource sweeping) throws SQLException {
        try (Connection connection = sweeping.getConnection();
                Statement statement = connection.createStatement()) {
            boolean isMariaDb =
                    connection.getMetaData().getDatabaseProductVersion().contains("MariaDB");
            String schema = isMariaDb ? "information_schema" : "performance_schema";
            try (ResultSet sum = statement.executeQuery("SELECT SUM(variable_value) FROM " + schema
                    + ".session_status WHERE variable_name IN ('Handler_read_key', 'Handler_read_next',"
                    + " 'Handler_read_prev', 'Handler_read_rnd', 'Handler_read_rnd_next')")) {
                sum.next();
                return (long) sum.getDouble(1);
            }
        }
    }
}
