package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.administration.Adoption;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.core.port.repository.administration.Miscount;
import io.github.imagehost.core.testing.AdministrableRepositoryContract;
import io.github.imagehost.mysql.listing.ImageRanges;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The contract on one database, which all tests of the class share; each begins with empty tables. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class DatabaseContract extends AdministrableRepositoryContract {

    private static final String NAME = "a图.png";

    /** One character and two, side by side. */
    private static final int GRAMS = 6 + 5;

    private TestDatabase database;
    private PooledDataSource pool;
    private SqlSessionFactory sessions;

    protected abstract TestDatabase createDatabase() throws Exception;

    @BeforeAll
    final void openDatabase() throws Exception {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        pool = database.databaseSettings().pooledDataSource();
        sessions = MyBatisSetup.sessionFactory(pool);
    }

    @AfterAll
    final void closeDatabase() {
        pool.forceCloseAll();
        database.close();
    }

    @Override
    protected MySqlMetadataRepository createRepository() {
        database.clear();
        return MySqlMetadataRepository.using(sessions);
    }

    @Override
    protected void tidyUp() {
        MySqlMetadataRepository.using(sessions).tidyUp();
    }

    @Override
    protected void letTimePass(Duration duration) {
        database.letTimePass(duration);
    }

    @Override
    protected void miscount(OwnerId owner, Usage more) {
        database.execute("INSERT INTO imagehost_image_range (owner_id, id_range, slot, images, bytes, added, indexed,"
                + " first_uploaded_at, last_uploaded_at) VALUES (" + owner.value() + ", 0, 0, " + more.images() + ", "
                + more.bytes() + ", 0, 0, '2026-01-01 00:00:00', '2026-01-01 00:00:00')"
                + " ON DUPLICATE KEY UPDATE images = images + " + more.images() + ", bytes = bytes + " + more.bytes());
    }

    /** As after a mistake that counts in the wrong place. */
    @Test
    void whatIsRightAllTogetherMayBeMiscountedAllTheSame() {
        MySqlMetadataRepository repository = createRepository();
        adopt(repository, 8);
        adopt(repository, ImageRanges.SIZE);
        Usage usage = repository.usage(OwnerId.DEFAULT);
        database.execute("UPDATE imagehost_image_range SET images = images - 1 WHERE id_range = 0");
        database.execute("UPDATE imagehost_image_range SET images = images + 1 WHERE id_range = 1");

        assertThat(repository.miscounts(() -> false)).containsExactly(new Miscount(OwnerId.DEFAULT, usage, usage));
        repository.recount(OwnerId.DEFAULT);
        assertThat(repository.miscounts(() -> false)).isEmpty();
    }

    @Test
    void differencesOfAllRangesAddUp() {
        MySqlMetadataRepository repository = createRepository();
        for (long range = 0; range < 4; range++) {
            adopt(repository, range * ImageRanges.SIZE + 8);
        }
        Usage usage = repository.usage(OwnerId.DEFAULT);
        database.execute("UPDATE imagehost_image_range SET images = images + 5, bytes = bytes - 1 WHERE id_range = 1");
        database.execute("DELETE FROM imagehost_image_range WHERE id_range = 3");
        Usage counted = repository.usage(OwnerId.DEFAULT);

        assertThat(counted.images()).isEqualTo(usage.images() + 4);
        assertThat(repository.miscounts(() -> false)).containsExactly(new Miscount(OwnerId.DEFAULT, counted, usage));
        repository.recount(OwnerId.DEFAULT);
        assertThat(repository.miscounts(() -> false)).isEmpty();
        assertThat(repository.usage(OwnerId.DEFAULT)).isEqualTo(usage);
    }

    @Test
    void tidyingUpCountsAnewWhatIsMiscounted() {
        MySqlMetadataRepository repository = createRepository();
        for (int i = 0; i < 10; i++) {
            Uploads.upload(repository);
        }
        String miscount = "UPDATE imagehost_image_range SET images = images + 3";
        for (String damage : List.of(miscount, "DELETE FROM imagehost_image_range")) {
            database.execute(damage);
            assertThat(total(repository)).isNotEqualTo(10);

            repository.tidyUp();

            assertThat(total(repository)).isEqualTo(10);
        }
        database.execute("DELETE FROM imagehost_image");
        repository.tidyUp();
        assertThat(total(repository)).isZero();
    }

    @Test
    void theIndexOfNamesGoesWithItsImages() {
        MySqlMetadataRepository repository = createRepository();
        List<Long> ids = new ArrayList<>();
        for (long id = 1; id <= 70; id++) {
            ids.add(adopt(repository, id));
        }
        repository.tidyUp();
        assertThat(grams()).as("of ids that may still be given").isZero();

        long next = adopt(repository, ImageRanges.SIZE);
        repository.tidyUp();
        assertThat(grams()).isEqualTo(GRAMS);

        repository.remove(OwnerId.DEFAULT, ids);
        repository.tidyUp();
        assertThat(grams()).isZero();
        assertThat(database.query("SELECT DISTINCT id_range FROM imagehost_image_range"))
                .containsExactly("1");
        assertThat(total(repository)).isOne();
        repository.remove(OwnerId.DEFAULT, List.of(next));
    }

    private static long adopt(MySqlMetadataRepository repository, long id) {
        UploadRequest names = Uploads.request();
        Adoption adoption = repository.adopt(new AdoptionRequest(
                OwnerId.DEFAULT,
                Optional.of(id),
                names.content(),
                names.objectKey(),
                names.filename(),
                NAME,
                Instant.EPOCH,
                Instant.EPOCH,
                Sharing.UNLIMITED));
        return ((Adoption.Adopted) adoption).image().id();
    }

    private long grams() {
        return Long.parseLong(
                database.query("SELECT COUNT(*) FROM imagehost_name_gram").get(0));
    }

    private static long total(MySqlMetadataRepository repository) {
        return repository.list(ImageQuery.of(OwnerId.DEFAULT)).totalItems();
    }

    final TestDatabase database() {
        return database;
    }
}
