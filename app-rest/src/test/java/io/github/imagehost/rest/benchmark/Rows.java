package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.NameFolding;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.sql.SQLException;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Images that nobody uploaded, in the tables of a repository whose schema is there. Their names are like those that
 * people upload; their objects are not in the store.
 */
final class Rows {

    /** Stands in every name. */
    static final String EVERYWHERE = "holiday";

    /** Stands in very few names. */
    static final String RARE = "kingfisher";

    /** Stands in no name. */
    static final String NOWHERE = "zeppelin";

    /** Stands in a quarter of the names. */
    static final String CHINESE = "图片测试";

    /** The same. */
    static final String ONE_CHARACTER = "图";

    /** Stands in very few names. */
    static final String RARE_CHARACTER = "鸟";

    private static final int RARE_EVERY = 50_000;
    private static final int FIRST_RARE = 500;
    private static final int SOME = 1000;
    private static final int TIDY_UPS = 1000;

    /** How many rows one statement writes at the most. */
    private static final long AT_ONCE = 1_000_000;

    private static final String DIGITS = "(SELECT 0 AS d UNION ALL SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"
            + " UNION ALL SELECT 4 UNION ALL SELECT 5 UNION ALL SELECT 6 UNION ALL SELECT 7 UNION ALL SELECT 8"
            + " UNION ALL SELECT 9)";

    private static final String NUMBERS = "(SELECT a.d + 10 * b.d + 100 * c.d + 1000 * e.d + 10000 * f.d"
            + " + 100000 * g.d AS n FROM " + DIGITS + " a, " + DIGITS + " b, " + DIGITS + " c, " + DIGITS + " e, "
            + DIGITS + " f, " + DIGITS + " g)";

    private static final String SIZE = "1 + n * 7919 % 9999991";
    private static final String DIGEST = "UNHEX(SHA2(n, 256))";
    private static final String TIME = "TIMESTAMPADD(MINUTE, n, '2020-01-01 00:00:00')";

    /** In no order, as unguessable names are. */
    private static final String FILENAME = "CONCAT(LEFT(SHA2(CONCAT('name of ', n), 256), 16), '.jpg')";

    private final TestDatabase database;
    private final OwnerId owner;

    /** Of images of this owner. */
    Rows(TestDatabase database, OwnerId owner) {
        this.database = database;
        this.owner = owner;
    }

    /** How many images there are. */
    long count() {
        return number("SELECT COUNT(*) FROM imagehost_image");
    }

    /** Ids of images, spread over all of them. */
    List<String> someIds() {
        long step = Math.max(1, count() / SOME);
        return database.query("SELECT id FROM imagehost_image WHERE id % " + step + " = 0 LIMIT " + SOME);
    }

    /** Adds images until there are this many. Nobody else may write meanwhile. */
    void fill(long rows) throws SQLException {
        long first = 1 + number("SELECT COALESCE(MAX(id), 0) FROM imagehost_blob");
        long end = first + rows - count();
        for (long from = first; from < end; from += AT_ONCE) {
            insert(from, Math.min(AT_ONCE, end - from));
        }
        rebuildWhatIsDerived();
        new Filing(database, owner).renew();
    }

    private void insert(long first, long count) throws SQLException {
        String numbers = " FROM (SELECT " + first + " + n AS n FROM " + NUMBERS + " counted WHERE n < " + count
                + " ORDER BY n) numbers ORDER BY n";
        BulkLoad.execute(
                database,
                "INSERT INTO imagehost_blob (id, state, digest, live_digest, size, stored_digest, stored_size, mime_type,"
                        + " width, height, object_key, reserved_at, quarantine_until) SELECT n, 'STORED', " + DIGEST
                        + ", " + DIGEST + ", " + SIZE + ", " + DIGEST + ", " + SIZE + ", 'image/jpeg', 4000, 3000, "
                        + FILENAME + ", " + TIME + ", " + TIME + numbers,
                "INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name, folded_name, file_size,"
                        + " mime_type, uploaded_at, updated_at) SELECT " + owner.value() + ", n, " + FILENAME + ", "
                        + name(part -> part) + ", " + name(NameFolding::fold) + ", " + SIZE + ", 'image/jpeg', " + TIME
                        + ", " + TIME + numbers);
    }

    /** @param form in which each part of the name is */
    private static String name(UnaryOperator<String> form) {
        return "CONCAT(CASE n % 4"
                + " WHEN 0 THEN CONCAT('" + form.apply("IMG_") + "', n)"
                + " WHEN 1 THEN CONCAT('" + form.apply(CHINESE) + "', n)"
                + " WHEN 2 THEN CONCAT('" + form.apply("Screenshot from the beach ") + "', n)"
                + " ELSE CONCAT('" + form.apply("DSC") + "', n, '" + form.apply(" (copy)") + "') END,"
                + " CASE n % " + RARE_EVERY + " WHEN " + FIRST_RARE + " THEN '"
                + form.apply(" 翠" + RARE_CHARACTER + " " + RARE) + "' ELSE '' END, '"
                + form.apply(" " + EVERYWHERE + ".jpg") + "')";
    }

    /** All that the repository keeps beside the images themselves, and what the server knows of them. */
    private void rebuildWhatIsDerived() {
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
            repository.recount(owner);
            for (int time = 0; !isTidy(); time++) {
                if (time == TIDY_UPS) {
                    throw new IllegalStateException(
                            "The images are not counted after " + time + " times of tidying up");
                }
                repository.tidyUp();
            }
        }
        database.query("ANALYZE TABLE imagehost_blob, imagehost_image, imagehost_image_range, imagehost_name_gram");
    }

    /** All are counted, and all names indexed but those of the newest range. */
    private boolean isTidy() {
        return number("SELECT COALESCE(SUM(images), 0) FROM imagehost_image_range") == count()
                && number("SELECT COUNT(*) FROM (SELECT id_range FROM imagehost_image_range GROUP BY id_range"
                                + " HAVING SUM(added) <> SUM(indexed)) unindexed")
                        <= 1;
    }

    private long number(String sql) {
        return Long.parseLong(database.query(sql).get(0));
    }
}
