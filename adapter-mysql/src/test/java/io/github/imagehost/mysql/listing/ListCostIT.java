package io.github.imagehost.mysql.listing;

import static io.github.imagehost.core.model.query.ImagePage.EXACT_TOTAL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.Tag;
import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.ImageFilter;
import io.github.imagehost.core.model.query.ImagePage;
import io.github.imagehost.core.model.query.ImageQuery;
import io.github.imagehost.core.model.query.SortDirection;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.core.model.usage.OwnerStatistics;
import io.github.imagehost.core.model.usage.Statistics.Share;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.schema.SchemaMigration;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import io.github.imagehost.mysql.transaction.MyBatisSetup;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.transaction.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many rows the server reads for a page: what its optimizer really makes of the statements and indexes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListCostIT {

    private static final int IMAGES = 20_000;
    private static final int FILED = IMAGES * 3 / 4;
    private static final int LIMIT = 20;
    private static final long FEW_ROWS = 10L * LIMIT;
    private static final long SAMPLED = 400;

    private final TestDatabase database = TestDatabases.onServer();
    private SqlSessionFactory sessions;

    @BeforeAll
    void uploadMany() {
        SchemaMigration.migrate(database.databaseSettings());
        sessions = MyBatisSetup.sessionFactory(database.databaseSettings().unpooledDataSource());
        String digits = "(SELECT 0 d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3 UNION ALL SELECT 4"
                + " UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8 UNION ALL SELECT 9)";
        database.execute(
                "INSERT INTO imagehost_blob (state, digest, live_digest, size, stored_digest, stored_size, mime_type, width,"
                        + " height, object_key, reserved_at, quarantine_until) SELECT 'STORED', UNHEX(SHA2(n, 256)),"
                        + " UNHEX(SHA2(n, 256)), 1 + n, UNHEX(SHA2(n, 256)), 1 + n, 'image/png', 1, 1, CONCAT('k', n, '.png'), UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) FROM (SELECT a.d + 10 * b.d"
                        + " + 100 * c.d + 1000 * e.d + 10000 * f.d AS n FROM " + digits + " a, " + digits + " b, "
                        + digits + " c, "
                        + digits + " e, " + digits + " f) numbers WHERE n < " + IMAGES);
        database.execute(
                "INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name, folded_name, file_size,"
                        + " mime_type, uploaded_at, updated_at, visibility) SELECT 1, id, object_key, object_key, object_key,"
                        + " size, mime_type, reserved_at, reserved_at, CASE WHEN MOD(id, 4) = 0 THEN 'PRIVATE' ELSE 'PUBLIC' END"
                        + " FROM imagehost_blob");
        database.execute(
                "INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name, folded_name, file_size,"
                        + " mime_type, uploaded_at, updated_at) SELECT 2, id, CONCAT('x', object_key), object_key, object_key, size,"
                        + " mime_type, reserved_at, reserved_at FROM imagehost_blob WHERE MOD(id, 1000) = 0");
        database.execute(
                "INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name, folded_name, file_size,"
                        + " mime_type, uploaded_at, updated_at) SELECT 3, id, CONCAT('y', object_key), object_key, object_key, size,"
                        + " mime_type, reserved_at, reserved_at FROM imagehost_blob ORDER BY id LIMIT "
                        + (EXACT_TOTAL + 50),
                "UPDATE imagehost_image SET filename = 'k' WHERE owner_id = 3 ORDER BY id DESC LIMIT 1");
        database.execute(
                "INSERT INTO imagehost_album (id, owner_id, link_key, name, folded_name, arrangement, visibility, drawn,"
                        + " images, created_at, updated_at) VALUES (1, 1, REPEAT('a', 26), 'a', 'a', 'NEWEST', 'PRIVATE', 0, "
                        + FILED + ", UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))",
                "INSERT INTO imagehost_album_image (album_id, image_id, position, image_uploaded_at, shown)"
                        + " SELECT 1, id, id, uploaded_at, 1 FROM imagehost_image WHERE owner_id = 1 AND MOD(id, 4) > 0",
                "INSERT INTO imagehost_tag (id, owner_id, folded_name, images) VALUES (1, 1, 'cat', " + FILED + ")",
                "INSERT INTO imagehost_image_tag (tag_id, image_id, image_uploaded_at)"
                        + " SELECT 1, id, uploaded_at FROM imagehost_image WHERE owner_id = 1 AND MOD(id, 4) < 3");
        try (var repository = MySqlMetadataRepository.using(sessions)) {
            repository.tidyUp();
        }
        database.query("ANALYZE TABLE imagehost_blob, imagehost_image, imagehost_image_range, imagehost_name_gram,"
                + " imagehost_album, imagehost_album_image, imagehost_tag, imagehost_image_tag");
    }

    @AfterAll
    void dropDatabase() {
        database.close();
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void aPageBehindACursorCostsTheSameAtAnyDepth(SortField field) throws Exception {
        for (SortDirection direction : SortDirection.values()) {
            ImageQuery query =
                    ImageQuery.of(OwnerId.DEFAULT).sortedBy(field, direction).limit(LIMIT);
            ImageCursor deep = list(query.page(IMAGES / LIMIT / 2)).next().orElseThrow();

            assertThat(rowsRead(query.from(deep))).isLessThan(FEW_ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void aPageIsCountedFromTheNearerEndAndNotSorted(SortField field) throws Exception {
        for (SortDirection direction : SortDirection.values()) {
            ImageQuery query =
                    ImageQuery.of(OwnerId.DEFAULT).sortedBy(field, direction).limit(LIMIT);
            long quarter = IMAGES / LIMIT / 4;

            assertThat(rowsRead(query)).isLessThan(FEW_ROWS);
            assertThat(rowsRead(query.page(quarter))).isLessThan(IMAGES / 4 + FEW_ROWS);
            assertThat(rowsRead(query.page(IMAGES / LIMIT - quarter))).isLessThan(IMAGES / 4 + FEW_ROWS);
            assertThat(rowsRead(query.page(IMAGES / LIMIT - 1))).isLessThan(FEW_ROWS);
        }
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void aPageOfALargeAlbumOrTagCostsTheSameAtAnyDepth(SortField field) throws Exception {
        ImageFilter album = ImageFilter.ALL.album(1);
        ImageFilter tag = ImageFilter.ALL.tag(Tag.of("cat"));
        for (ImageFilter filter : List.of(album, tag, album.tag(Tag.of("cat")))) {
            ImageQuery query = ImageQuery.of(OwnerId.DEFAULT)
                    .filter(filter)
                    .sortedBy(field, SortDirection.DESCENDING)
                    .limit(LIMIT);
            ImageCursor deep = list(query.page(IMAGES / LIMIT / 4)).next().orElseThrow();

            // the total of both at once is estimated
            long most = filter.equals(album) || filter.equals(tag) ? FEW_ROWS : 4 * SAMPLED + FEW_ROWS;
            assertThat(rowsRead(query)).isLessThan(most);
            assertThat(rowsRead(query.from(deep))).isLessThan(most);
        }
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void anOwnerWithFewImagesDoesNotPayForOthers(SortField field) throws Exception {
        ImageQuery query = ImageQuery.of(new OwnerId(2)).sortedBy(field, SortDirection.ASCENDING);

        assertThat(rowsRead(query)).isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.search("k1"))).isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.filter(ImageFilter.ALL.minSize(2)))).isLessThan(FEW_ROWS);
    }

    @Test
    void aSearchReadsWhatTheIndexOfNamesFinds() throws Exception {
        ImageQuery query = ImageQuery.of(OwnerId.DEFAULT);

        assertThat(rowsRead(query.search("k123.png"))).isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.search(".png"))).isLessThan(SAMPLED + FEW_ROWS);
        assertThat(rowsRead(query.search("g"))).isLessThan(SAMPLED + FEW_ROWS);
    }

    @Test
    void aSearchInALargeAlbumReadsNoMoreWhereTheTextIsRare() throws Exception {
        ImageQuery query = ImageQuery.of(OwnerId.DEFAULT);
        ImageFilter album = ImageFilter.ALL.album(1);

        String name = list(query.filter(album)).images().get(0).originalName();

        assertThat(rowsRead(query.filter(album.text(name)))).isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.filter(album.text(".png")))).isLessThan(4 * SAMPLED + FEW_ROWS);
        ImagePage frequent = list(query.filter(album.text(".png")));
        assertThat(frequent.totalIsEstimate()).isTrue();
        assertThat(frequent.totalItems()).isCloseTo(FILED, withinPercentage(2));
    }

    /** One of them is found by its filename, too, before the names are read, which are not indexed. */
    @Test
    void aTotalIsNotExactIfARangeWasReadInPart() {
        ImagePage page = list(ImageQuery.of(new OwnerId(3)).search("k"));

        assertThat(page.totalIsEstimate()).isTrue();
        assertThat(page.totalItems()).isGreaterThan(EXACT_TOTAL);
    }

    @Test
    void aFilterReadsWhatItsIndexFinds() throws Exception {
        ImageQuery query = ImageQuery.of(OwnerId.DEFAULT);
        Image image = list(query).images().get(0);

        assertThat(rowsRead(query.filter(ImageFilter.ALL.minSize(100).maxSize(110))))
                .isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.filter(ImageFilter.ALL.digest(image.content().digest()))))
                .isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.filter(ImageFilter.ALL.filename(image.filename()))))
                .isLessThan(FEW_ROWS);
        assertThat(rowsRead(query.filter(ImageFilter.ALL.type(ImageType.PNG))))
                .isLessThan(EXACT_TOTAL + SAMPLED + FEW_ROWS);
    }

    @Test
    void aTotalAboveTenThousandMayBeAnEstimate() {
        ImageQuery query = ImageQuery.of(OwnerId.DEFAULT);
        for (ImageFilter filter : List.of(
                ImageFilter.ALL.text(".png"),
                ImageFilter.ALL.text("k"),
                ImageFilter.ALL.text("K").type(ImageType.PNG),
                ImageFilter.ALL.type(ImageType.PNG),
                ImageFilter.ALL.minSize(1).uploadedFrom(Instant.EPOCH))) {
            ImagePage page = list(query.filter(filter));

            assertThat(page.totalIsEstimate()).isTrue();
            assertThat(page.totalItems()).isCloseTo(IMAGES, withinPercentage(2));
            assertThat(page.images()).isEqualTo(list(query).images());
            assertThat(list(query.filter(filter).page(IMAGES + 1L)).images()).isEmpty();
        }
        ImagePage half = list(query.filter(ImageFilter.ALL.maxSize(EXACT_TOTAL)));
        assertThat(half.totalItems()).isEqualTo(EXACT_TOTAL);
        assertThat(half.totalIsEstimate()).isFalse();
        ImagePage more = list(query.filter(ImageFilter.ALL.maxSize(EXACT_TOTAL + 1)));
        assertThat(more.totalItems()).isGreaterThan(EXACT_TOTAL);
        assertThat(more.totalIsEstimate()).isTrue();
    }

    @Test
    void ofManyImagesSomeTellWhatAnOwnerHas() throws Exception {
        OwnerStatistics statistics = read(on -> OwnerShares.of(on, OwnerId.DEFAULT.value()));

        long bytes = IMAGES * (IMAGES + 1L) / 2;
        assertThat(statistics.usage()).isEqualTo(new Usage(IMAGES, bytes));
        assertThat(statistics.isEstimate()).isTrue();
        assertThat(statistics.types()).containsExactly(new Share("image/png", IMAGES, bytes));
        assertThat(statistics.months())
                .singleElement()
                .satisfies(month -> assertThat(month.images()).isEqualTo(IMAGES));
        assertThat(statistics.visibilities()).extracting(Share::name).containsExactly("public", "private");
        Share hidden = statistics.visibilities().get(1);
        assertThat(hidden.images()).isCloseTo(IMAGES / 4, withinPercentage(5));
        assertThat(hidden.bytes()).isCloseTo(bytes / 4, withinPercentage(10));
        assertThat(rowsRead(on -> OwnerShares.of(on, OwnerId.DEFAULT.value()))).isLessThan(SAMPLED + FEW_ROWS);
    }

    @Test
    void whatAnOwnerWithFewImagesHasIsCounted() throws Exception {
        OwnerStatistics statistics = read(on -> OwnerShares.of(on, 2));

        assertThat(statistics.usage().images()).isEqualTo(IMAGES / 1000);
        assertThat(statistics.isEstimate()).isFalse();
        assertThat(statistics.types())
                .containsExactly(
                        new Share("image/png", IMAGES / 1000, statistics.usage().bytes()));
        assertThat(rowsRead(on -> OwnerShares.of(on, 2))).isLessThan(FEW_ROWS);
    }

    private <T> T read(Function<Statements, T> question) {
        return new Transactions(sessions).read("ask", question);
    }

    private ImagePage list(ImageQuery query) {
        try (var repository = MySqlMetadataRepository.using(sessions)) {
            return repository.list(query);
        }
    }

    private long rowsRead(ImageQuery query) throws SQLException {
        return rowsRead(on -> Listing.of(on, query).images().get(0));
    }

    private long rowsRead(Function<Statements, ?> question) {
        return read(on -> {
            long before = handlerReads(on);
            assertThat(question.apply(on)).isNotNull();
            return handlerReads(on) - before;
        });
    }

    private static long handlerReads(Statements on) {
        return on.askServer(connection -> Optional.of(handlerReads(connection))).orElseThrow();
    }

    private static long handlerReads(Connection connection) throws SQLException {
        long sum = 0;
        try (Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery("SHOW SESSION STATUS WHERE variable_name IN"
                        + " ('Handler_read_key', 'Handler_read_next', 'Handler_read_prev', 'Handler_read_rnd')")) {
            while (result.next()) {
                sum += result.getLong(2);
            }
        }
        return sum;
    }
}
