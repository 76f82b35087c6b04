package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.NameFolding;
import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.mysql.MySqlMetadataRepository;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.List;

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
    private static final int BATCH = 1000;
    private static final int TIDY_UPS = 1000;
    private static final int KINDS_OF_NAMES = 4;
    private static final long LARGEST_SIZE = 9_999_991;
    private static final long SIZE_STEP = 7_919;
    private static final LocalDateTime FIRST_UPLOAD = LocalDateTime.of(2020, 1, 1, 0, 0);

    private static final String BLOB =
            "INSERT INTO imagehost_blob (id, state, digest, live_digest, size, stored_digest,"
                    + " stored_size, mime_type, width, height, object_key, reserved_at, quarantine_until)"
                    + " VALUES (?, 'STORED', ?, ?, ?, ?, ?, 'image/jpeg', 4000, 3000, ?, ?, ?)";
    private static final String IMAGE = "INSERT INTO imagehost_image (owner_id, blob_id, filename, original_name,"
            + " folded_name, file_size, mime_type, uploaded_at, updated_at) VALUES (?, ?, ?, ?, ?, ?, 'image/jpeg', ?, ?)";

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
        long missing = rows - count();
        try (Connection connection = database.connect();
                PreparedStatement blobs = connection.prepareStatement(BLOB);
                PreparedStatement images = connection.prepareStatement(IMAGE)) {
            connection.setAutoCommit(false);
            for (long blob = first; blob < first + missing; blob++) {
                addBlob(blobs, blob);
                addImage(images, blob);
                if (blob % BATCH == 0 || blob == first + missing - 1) {
                    blobs.executeBatch();
                    images.executeBatch();
                    connection.commit();
                }
            }
        }
        rebuildWhatIsDerived();
        new Filing(database, owner).renew();
    }

    /** All that the repository keeps beside the images themselves, and what the server knows of them. */
    private void rebuildWhatIsDerived() {
        try (MySqlMetadataRepository repository = MySqlMetadataRepository.open(database.databaseSettings())) {
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

    private static void addBlob(PreparedStatement blobs, long blob) throws SQLException {
        byte[] digest = Digest.sha256().digest(String.valueOf(blob).getBytes(StandardCharsets.US_ASCII));
        int column = 1;
        blobs.setLong(column++, blob);
        blobs.setBytes(column++, digest);
        blobs.setBytes(column++, digest);
        blobs.setLong(column++, size(blob));
        blobs.setBytes(column++, digest);
        blobs.setLong(column++, size(blob));
        blobs.setString(column++, filename(blob));
        blobs.setObject(column++, time(blob));
        blobs.setObject(column, time(blob));
        blobs.addBatch();
    }

    private void addImage(PreparedStatement images, long blob) throws SQLException {
        int column = 1;
        images.setLong(column++, owner.value());
        images.setLong(column++, blob);
        images.setString(column++, filename(blob));
        images.setString(column++, name(blob));
        images.setBytes(column++, NameFolding.fold(name(blob)).getBytes(StandardCharsets.UTF_8));
        images.setLong(column++, size(blob));
        images.setObject(column++, time(blob));
        images.setObject(column, time(blob));
        images.addBatch();
    }

    private static String name(long blob) {
        String bird = blob % RARE_EVERY == FIRST_RARE ? " 翠" + RARE_CHARACTER + " " + RARE : "";
        String name = switch ((int) (blob % KINDS_OF_NAMES)) {
            case 0 -> "IMG_" + blob;
            case 1 -> CHINESE + blob;
            case 2 -> "Screenshot from the beach " + blob;
            default -> "DSC" + blob + " (copy)";
        };
        return name + bird + " " + EVERYWHERE + ".jpg";
    }

    private static String filename(long blob) {
        // in no order, as unguessable names are
        return Long.toHexString(Long.reverse(blob)) + ".jpg";
    }

    private static long size(long blob) {
        return 1 + blob * SIZE_STEP % LARGEST_SIZE;
    }

    private static LocalDateTime time(long blob) {
        return FIRST_UPLOAD.plusMinutes(blob);
    }

    private long number(String sql) {
        return Long.parseLong(database.query(sql).get(0));
    }
}
