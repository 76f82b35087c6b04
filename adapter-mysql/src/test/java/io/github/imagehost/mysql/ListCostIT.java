package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageCursor;
import io.github.imagehost.core.model.ImageFilter;
import io.github.imagehost.core.model.ImageQuery;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.SortDirection;
import io.github.imagehost.core.model.SortField;
import io.github.imagehost.mysql.row.PageSelection;
import io.github.imagehost.mysql.testing.TestDatabase;
import io.github.imagehost.mysql.testing.TestDatabases;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.ibatis.session.SqlSession;
import org.apache.ibatis.session.SqlSessionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many rows the server reads for a page: what its optimizer really makes of the statements and indexes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ListCostIT {

    private static final int IMAGES = 20_000;
    private static final int LIMIT = 20;

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
                        + " mime_type, uploaded_at, updated_at) SELECT 1, id, object_key, object_key, object_key, size, mime_type,"
                        + " reserved_at, reserved_at FROM imagehost_blob");
        database.query("ANALYZE TABLE imagehost_blob, imagehost_image");
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
            ImageCursor deep;
            try (var repository = MySqlMetadataRepository.using(sessions)) {
                deep = repository.list(query.page(IMAGES / LIMIT / 2)).next().orElseThrow();
            }

            assertThat(rowsRead(ImageRows.toPageSelection(query.from(deep)))).isLessThan(10L * LIMIT);
        }
    }

    @ParameterizedTest
    @EnumSource(SortField.class)
    void aPageThatIsCountedFromTheStartIsNotSorted(SortField field) throws Exception {
        for (SortDirection direction : SortDirection.values()) {
            long offset = IMAGES * 3L / 4;
            PageSelection page = ImageRows.toPageSelection(new ImageQuery(
                    OwnerId.DEFAULT, ImageFilter.ALL, field, direction, offset / LIMIT + 1, LIMIT, Optional.empty()));

            assertThat(rowsRead(page)).isBetween(offset, offset + 10L * LIMIT);
        }
    }

    private long rowsRead(PageSelection page) throws SQLException {
        try (SqlSession session = sessions.openSession(true)) {
            Connection connection = session.getConnection();
            long before = handlerReads(connection);
            assertThat(Transactions.Statements.on(session)
                            .images()
                            .selectPage(1, null, ImageRows.toFilterSelection(ImageFilter.ALL), page))
                    .hasSize(LIMIT + 1);
            return handlerReads(connection) - before;
        }
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
