package io.github.imagehost.mysql.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.InMemory;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What many images are like, by some of them; on H2, which has a statement of its own for that. */
class EmbeddedOwnerSharesTest {

    private static final int IMAGES = 20_000;
    private static final String DIGITS = "(VALUES (0), (1), (2), (3), (4), (5), (6), (7), (8), (9)) ";

    @TempDir(factory = InMemory.class)
    private Path directory;

    @Test
    void ofManyImagesSomeTellWhatAnOwnerHas() {
        try (TestDatabase database = TestDatabases.migrated(directory);
                MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            database.execute("INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name, folded_name,"
                    + " file_size, mime_type, uploaded_at, updated_at, visibility)"
                    + " SELECT 1, n, n, n, '', 100, CASE WHEN MOD(n, 5) = 0 THEN 'image/png' ELSE 'image/jpeg' END,"
                    + " TIMESTAMPADD(HOUR, n / 100, TIMESTAMP '2026-01-30 00:00:00'), TIMESTAMP '2026-01-01 00:00:00',"
                    + " CASE WHEN MOD(n, 4) = 0 THEN 'PRIVATE' ELSE 'PUBLIC' END"
                    + " FROM (SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM " + DIGITS
                    + "f(d), " + DIGITS + "e(d), " + DIGITS + "c(d), " + DIGITS + "b(d), " + DIGITS
                    + "a(d)) numbers WHERE n < " + IMAGES);
            repository.recount(OwnerId.DEFAULT);

            OwnerStatistics statistics = repository.statistics(OwnerId.DEFAULT);

            assertThat(statistics.usage()).isEqualTo(new Usage(IMAGES, IMAGES * 100));
            assertThat(statistics.isEstimate()).isTrue();
            assertThat(statistics.types()).extracting(Share::name).containsExactly("image/jpeg", "image/png");
            assertThat(statistics.types().get(1).images()).isCloseTo(IMAGES / 5, withinPercentage(20));
            assertThat(statistics.visibilities()).extracting(Share::name).containsExactly("public", "private");
            assertThat(statistics.visibilities().get(1).images()).isCloseTo(IMAGES / 4, withinPercentage(20));
            assertThat(statistics.months()).extracting(Share::name).containsExactly("2026-01", "2026-02");
            assertThat(statistics.months().get(0).images()).isCloseTo(4800, withinPercentage(40));
            assertThat(statistics.months().stream().mapToLong(Share::images).sum())
                    .isCloseTo(IMAGES, withinPercentage(0.1));
        }
    }
}
