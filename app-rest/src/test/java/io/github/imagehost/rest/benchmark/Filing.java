package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.sql.SQLException;

/** Albums and a tag of {@link Rows}, and a few images that are private. */
final class Filing {

    /** Every other image is in this album. */
    static final String HALF = "half";

    /** The oldest images are in this album, so that a list begins with others. */
    static final String OLDEST = "oldest";

    /** Every hundredth image is in this album. */
    static final String HUNDREDTH = "hundredth";

    /** Every tenth image has this tag. */
    static final String TENTH = "tenth";

    static final int HALF_ID = 1;
    private static final int OLDEST_ID = 2;
    private static final int HUNDREDTH_ID = 3;
    private static final int LENGTH_OF_KEY = 26;
    private static final int PART_OF_OLDEST = 50;
    private static final int PRIVATE_EVERY = 100_000;

    private final TestDatabase database;
    private final OwnerId owner;

    Filing(TestDatabase database, OwnerId owner) {
        this.database = database;
        this.owner = owner;
    }

    /** Puts all images there, in place of what is there. */
    void renew() throws SQLException {
        BulkLoad.execute(
                database,
                "TRUNCATE TABLE imagehost_album_image",
                "TRUNCATE TABLE imagehost_album",
                "TRUNCATE TABLE imagehost_image_tag",
                "TRUNCATE TABLE imagehost_tag",
                album(HALF_ID, HALF),
                album(OLDEST_ID, OLDEST),
                album(HUNDREDTH_ID, HUNDREDTH),
                "INSERT INTO imagehost_album_image (album_id, image_id, position, image_uploaded_at, shown)"
                        + " SELECT album_id, id, id, uploaded_at, 1 FROM ("
                        + "SELECT " + HALF_ID + " AS album_id, id, uploaded_at FROM imagehost_image WHERE id % 2 = 0"
                        + " UNION ALL SELECT " + OLDEST_ID + ", id, uploaded_at FROM imagehost_image"
                        + " WHERE id <= (SELECT MAX(j.id) FROM imagehost_image j) / " + PART_OF_OLDEST
                        + " UNION ALL SELECT " + HUNDREDTH_ID + ", id, uploaded_at FROM imagehost_image"
                        + " WHERE id % 100 = 0) places ORDER BY album_id, id",
                "UPDATE imagehost_album SET images = (SELECT COUNT(*) FROM imagehost_album_image"
                        + " WHERE album_id = imagehost_album.id)",
                "INSERT INTO imagehost_tag (id, owner_id, folded_name, images) VALUES (1, " + owner.value() + ", '"
                        + TENTH + "', 0)",
                "INSERT INTO imagehost_image_tag (tag_id, image_id, image_uploaded_at)"
                        + " SELECT 1, id, uploaded_at FROM imagehost_image WHERE id % 10 = 0 ORDER BY id",
                "UPDATE imagehost_tag SET images = (SELECT COUNT(*) FROM imagehost_image_tag)",
                "UPDATE imagehost_image SET visibility = 'PRIVATE' WHERE id % " + PRIVATE_EVERY + " = 0",
                "ANALYZE TABLE imagehost_image, imagehost_album, imagehost_album_image, imagehost_tag,"
                        + " imagehost_image_tag");
    }

    private String album(int id, String name) {
        return "INSERT INTO imagehost_album (id, owner_id, link_key, name, folded_name, arrangement, visibility, drawn,"
                + " images, created_at, updated_at) VALUES (" + id + ", " + owner.value() + ", '"
                + String.valueOf((char) ('a' + id)).repeat(LENGTH_OF_KEY) + "', '" + name + "', '" + name
                + "', 'NEWEST', 'PUBLIC', 1, 0, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3))";
    }
}
