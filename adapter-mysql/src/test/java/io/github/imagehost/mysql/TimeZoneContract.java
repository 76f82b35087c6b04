package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.TimeZone;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** Times are UTC, and the same on every read, whatever the zones of the session and of the JVM are. */
@Isolated("sets the time zone of the JVM")
abstract class TimeZoneContract {

    /** Zones with a large difference, one of which was shifted by summer time in the hour that the test uses. */
    private static final TimeZone JVM_ZONE = TimeZone.getTimeZone("America/New_York");

    private final TimeZone original = TimeZone.getDefault();
    private TestDatabase database;

    protected abstract TestDatabase createDatabase();

    /** Connections whose session is nine hours east of UTC. */
    protected abstract DataSource inTokyo(TestDatabase ofDatabase);

    @BeforeEach
    final void openDatabase() {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
    }

    @AfterEach
    final void closeDatabase() {
        TimeZone.setDefault(original);
        database.close();
    }

    @Test
    void timesAreUtcInAnyZone() {
        Image image;
        try (AdministrableRepository repository = MySqlMetadataRepository.create(inTokyo(database))) {
            TimeZone.setDefault(JVM_ZONE);
            image = Uploads.upload(repository);
            assertThat(image.uploadedAt()).isCloseTo(Instant.now(), within(1, ChronoUnit.MINUTES));
            assertThat(repository.findById(OwnerId.DEFAULT, image.id())).contains(image);
        }
        TimeZone.setDefault(original);
        String stored = database.query("SELECT CAST(uploaded_at AS CHAR(23)) FROM imagehost_image")
                .get(0);
        assertThat(LocalDateTime.parse(stored.replace(' ', 'T'), DateTimeFormatter.ISO_LOCAL_DATE_TIME))
                .isEqualTo(LocalDateTime.ofInstant(image.uploadedAt(), ZoneOffset.UTC));
        try (AdministrableRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            assertThat(repository.findById(OwnerId.DEFAULT, image.id())).contains(image);
        }
    }

    @Test
    void anHourThatSummerTimeSkipsOrRepeatsIsKept() {
        try (AdministrableRepository repository = MySqlMetadataRepository.create(inTokyo(database))) {
            TimeZone.setDefault(JVM_ZONE);
            Image image = Uploads.upload(repository);
            for (String instant : new String[] {"2026-03-08T02:30:00.123Z", "2026-11-01T05:30:00.123Z"}) {
                database.execute("UPDATE imagehost_image SET uploaded_at = '"
                        + instant.replace('T', ' ').replace("Z", "") + "'");

                Image read = repository.findById(OwnerId.DEFAULT, image.id()).orElseThrow();

                assertThat(read.uploadedAt()).isEqualTo(Instant.parse(instant));
                ImageCursor cursor = ImageCursor.after(read, SortField.UPLOAD_TIME, SortDirection.ASCENDING, 2);
                assertThat(repository
                                .list(ImageQuery.of(OwnerId.DEFAULT).from(cursor))
                                .images())
                        .isEmpty();
            }
        }
    }

    @Test
    void processesInOtherZonesAgreeOnLeases() {
        UploadRequest request = Uploads.request();
        try (AdministrableRepository east = MySqlMetadataRepository.create(inTokyo(database));
                AdministrableRepository west = MySqlMetadataRepository.open(database.databaseSettings())) {
            east.claim(request);
            assertThat(west.claim(Uploads.request(OwnerId.DEFAULT, request.content())))
                    .isInstanceOf(Claim.Busy.class);
            assertThat(west.condemnExpired()).isZero();
            database.letTimePass(Uploads.LEASE.duration().plusSeconds(1));
            assertThat(west.condemnExpired()).isOne();
        }
    }
}
