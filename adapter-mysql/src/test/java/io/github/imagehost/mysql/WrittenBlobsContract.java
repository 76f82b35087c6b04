package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageChange;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Sharing;
import io.github.imagehost.core.model.Variant;
import io.github.imagehost.core.port.repository.Claim;
import io.github.imagehost.core.port.repository.Reservation;
import io.github.imagehost.core.port.repository.UploadRequest;
import io.github.imagehost.core.port.repository.VariantRequest;
import io.github.imagehost.core.port.repository.administration.AdministrableRepository;
import io.github.imagehost.core.port.repository.administration.AdoptionRequest;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.ibatis.datasource.pooled.PooledDataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * Whoever relies on a blob writes its row. A cluster that takes writes at several servers lets one of two transactions
 * give way if they have written the same row, and knows of nothing else that they have in common.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class WrittenBlobsContract {

    private static final OwnerId ALICE = new OwnerId(1);
    private static final OwnerId BOB = new OwnerId(2);
    private static final OwnerId CAROL = new OwnerId(3);
    private static final ImageDescriptor CONTENT = Uploads.content();
    private static final UploadRequest ALICES = request(ALICE, "alice.png");
    private static final ObjectKey KEY = ALICES.objectKey();
    private static final ObjectKey VARIANT_KEY = new ObjectKey("variants/alice.webp");
    private static final Digest VARIANT = Uploads.content().digest();
    private static final ObjectKey COPY_KEY = new ObjectKey("old/alice.png");

    private TestDatabase database;
    private PooledDataSource pool;
    private Connection observer;
    private AdministrableRepository repository;

    /**
     * Something that relies on a blob.
     *
     * @param row where the object of the blob lies
     * @param preparation sets the scene in an empty database, and answers what is to be done in it
     */
    record Case(String name, ObjectKey row, Supplier<Runnable> preparation) {

        @Override
        public String toString() {
            return name;
        }
    }

    protected abstract TestDatabase createDatabase();

    /** What the repository works with. */
    protected DataSource dataSource(DataSource real) {
        return real;
    }

    @BeforeAll
    final void openDatabase() throws SQLException {
        database = createDatabase().keepConnection();
        SchemaMigration.migrate(database.databaseSettings());
        pool = database.databaseSettings().pooledDataSource();
        repository = MySqlMetadataRepository.using(MyBatisSetup.sessionFactory(dataSource(pool)));
        observer = database.connect();
    }

    @AfterAll
    final void closeDatabase() throws SQLException {
        observer.close();
        pool.forceCloseAll();
        database.close();
    }

    @TestFactory
    final Stream<DynamicTest> whoReliesOnABlobWritesItsRow() {
        return cases().stream()
                .map(one -> dynamicTest(
                        one.name(), () -> assertThat(rowChangesIn(one)).isTrue()));
    }

    /** Plays it, and tells whether it has changed anything in the row. */
    final boolean rowChangesIn(Case one) throws SQLException {
        database.clear();
        Runnable work = one.preparation().get();
        List<String> before = row(one.row());
        work.run();
        return !row(one.row()).equals(before);
    }

    /** All columns, whatever there are. */
    private List<String> row(ObjectKey key) throws SQLException {
        try (PreparedStatement select =
                observer.prepareStatement("SELECT * FROM imagehost_blob WHERE object_key = ?")) {
            select.setString(1, key.value());
            try (ResultSet rows = select.executeQuery()) {
                assertThat(rows.next()).as("there is a blob at %s", key).isTrue();
                List<String> columns = new ArrayList<>();
                for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                    columns.add(rows.getMetaData().getColumnName(i) + "=" + rows.getString(i));
                }
                return columns;
            }
        }
    }

    /** Those in which a blob stays as it is, but for the fact that somebody relies on it. */
    final List<Case> casesOfUnchangedBlobs() {
        return List.of(
                new Case("an upload of what another owner has", KEY, () -> {
                    upload(ALICES);
                    return () -> assertThat(repository.claim(request(BOB, "bob.png")))
                            .isInstanceOf(Claim.Attached.class);
                }),
                new Case("a claim of a variant", KEY, () -> {
                    upload(ALICES);
                    return () -> assertThat(repository.claimVariant(variant("variants/alice.webp")))
                            .isInstanceOf(Claim.Reserved.class);
                }),
                new Case("a claim of a variant whose reservation has run out", KEY, () -> {
                    upload(ALICES);
                    repository.claimVariant(variant("variants/slow.webp"));
                    database.letTimePass(Uploads.LEASE.duration().plusSeconds(1));
                    return () -> assertThat(repository.claimVariant(variant("variants/alice.webp")))
                            .isInstanceOf(Claim.Reserved.class);
                }),
                new Case("the completion of what was missing, after somebody else's", KEY, () -> {
                    repository.markMissing(
                            repository.blobAt(upload(ALICES).objectKey()).orElseThrow());
                    Reservation<UploadRequest> bobs = reserve(request(BOB, "bob.png"));
                    Reservation<UploadRequest> carols = reserve(request(CAROL, "carol.png"));
                    repository.complete(bobs);
                    return () -> assertThat(repository.complete(carols)).isPresent();
                }),
                new Case("an adoption of what another owner has", KEY, () -> {
                    upload(ALICES);
                    return () -> repository.adopt(adoption(BOB));
                }),
                new Case("an adoption of what its owner has", KEY, () -> {
                    upload(ALICES);
                    return () -> repository.adopt(adoption(ALICE));
                }),
                new Case("a restoration of what another owner has", KEY, () -> {
                    upload(ALICES);
                    return () -> repository.restore(adoption(BOB));
                }),
                new Case("a removal of what another owner has, too", KEY, () -> {
                    Image image = upload(ALICES);
                    repository.claim(request(BOB, "bob.png"));
                    return () -> assertThat(repository
                                    .remove(ALICE, List.of(image.id()))
                                    .condemned())
                            .isEmpty();
                }),
                new Case("a removal of what has ended, and another owner has, too", KEY, () -> {
                    endLater(upload(ALICES));
                    repository.claim(request(BOB, "bob.png"));
                    database.letTimePass(Duration.ofHours(2));
                    return () ->
                            assertThat(repository.removeEnded(10).removed()).hasSize(1);
                }),
                new Case("an upload of what has ended, and another owner has", KEY, () -> {
                    endLater(upload(ALICES));
                    repository.claim(request(BOB, "bob.png"));
                    database.letTimePass(Duration.ofHours(2));
                    return () -> assertThat(repository.claim(request(ALICE, "again.png")))
                            .isInstanceOf(Claim.Attached.class);
                }));
    }

    private List<Case> cases() {
        List<Case> cases = new ArrayList<>(casesOfUnchangedBlobs());
        cases.add(new Case("a removal of the last image", KEY, () -> {
            Image image = upload(ALICES);
            return () -> repository.remove(ALICE, List.of(image.id()));
        }));
        cases.add(new Case("a removal of the last image, seen at its variant", VARIANT_KEY, () -> {
            Image image = upload(ALICES);
            repository.claimVariant(variant(VARIANT_KEY.value()));
            return () -> repository.remove(ALICE, List.of(image.id()));
        }));
        cases.add(new Case("a removal of the last image, seen at a copy", COPY_KEY, () -> {
            Image image = upload(ALICES);
            repository.adopt(adoption(ALICE));
            return () -> repository.remove(ALICE, List.of(image.id()));
        }));
        cases.add(new Case("the completion of a variant", VARIANT_KEY, () -> {
            upload(ALICES);
            Reservation<VariantRequest> reservation = ((Claim.Reserved<VariantRequest, Variant>)
                            repository.claimVariant(variant(VARIANT_KEY.value())))
                    .reservation();
            return () -> repository.completeVariant(reservation, CONTENT.digest(), 1);
        }));
        cases.add(new Case("the completion of new content", KEY, () -> {
            Reservation<UploadRequest> reservation = reserve(ALICES);
            return () -> repository.complete(reservation);
        }));
        return cases;
    }

    // ---- scenes

    private static UploadRequest request(OwnerId owner, String filename) {
        return new UploadRequest(owner, CONTENT, "cat.png", filename, Uploads.LEASE);
    }

    private Reservation<UploadRequest> reserve(UploadRequest request) {
        return ((Claim.Reserved<UploadRequest, Image>) repository.claim(request)).reservation();
    }

    private Image upload(UploadRequest request) {
        return repository.complete(reserve(request)).orElseThrow();
    }

    private void endLater(Image image) {
        Instant end = image.uploadedAt().plus(Duration.ofHours(1));
        repository.change(image.owner(), image.id(), List.of(new ImageChange.ExpireAt(Optional.of(end))));
    }

    private static VariantRequest variant(String key) {
        return new VariantRequest(KEY, VARIANT, ImageType.WEBP, new ObjectKey(key), Uploads.LEASE);
    }

    private static AdoptionRequest adoption(OwnerId owner) {
        return new AdoptionRequest(
                owner,
                Optional.empty(),
                CONTENT,
                COPY_KEY,
                "old.png",
                "cat.png",
                Instant.EPOCH,
                Instant.EPOCH,
                Sharing.UNLIMITED);
    }
}
