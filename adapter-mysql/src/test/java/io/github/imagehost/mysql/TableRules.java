package io.github.imagehost.mysql;

import io.github.imagehost.mysql.testing.TestDatabase;
import java.util.List;

/** What must be true of the tables at every moment. */
final class TableRules {

    /** Each finds what contradicts it. */
    private static final List<String> RULES = List.of(
            "SELECT CONCAT('two live blobs of the content of blob ', MIN(id)) FROM imagehost_blob"
                    + " WHERE state <> 'CONDEMNED' AND (source_id IS NULL OR live_digest IS NOT NULL)"
                    + " GROUP BY digest HAVING COUNT(*) > 1",
            "SELECT CONCAT('an image without a stored blob: ', i.id) FROM imagehost_image i"
                    + " LEFT JOIN imagehost_blob b ON b.id = i.blob_id WHERE b.id IS NULL OR b.state <> 'STORED'",
            "SELECT CONCAT('a stored blob without an image: ', b.id) FROM imagehost_blob b"
                    + " LEFT JOIN imagehost_image i ON i.blob_id = b.id"
                    + " WHERE b.state = 'STORED' AND b.source_id IS NULL AND i.id IS NULL",
            "SELECT CONCAT('a variant or copy without a stored source: ', d.id) FROM imagehost_blob d"
                    + " LEFT JOIN imagehost_blob s ON s.id = d.source_id WHERE d.source_id IS NOT NULL"
                    + " AND d.state <> 'CONDEMNED' AND (s.id IS NULL OR s.state <> 'STORED')",
            "SELECT CONCAT('a further name of no image: ', a.filename) FROM imagehost_alias a"
                    + " LEFT JOIN imagehost_image i ON i.id = a.image_id WHERE i.id IS NULL",
            "SELECT CONCAT('miscounted images of owner ', owner_id, ' in slot ', slot, ': ', SUM(images)) FROM ("
                    + "SELECT owner_id, slot, images FROM imagehost_image_range UNION ALL"
                    + " SELECT owner_id, MOD(id, 8), -COUNT(*) FROM imagehost_image GROUP BY owner_id, MOD(id, 8)) counts"
                    + " GROUP BY owner_id, slot HAVING SUM(images) <> 0");

    private TableRules() {}

    /** What contradicts them, in words. */
    static List<String> broken(TestDatabase database) {
        return RULES.stream().flatMap(rule -> database.query(rule).stream()).toList();
    }
}
