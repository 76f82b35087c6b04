package io.github.imagehost.mysql.testing;

import io.github.imagehost.core.testing.Pictures;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the Node.js service leaves behind: its table, with the double rows that its races made, and the objects in its
 * store. Row 10 is a picture, 11 and 20 have the same bytes in objects of their own, 21 shares the object of 20, and 30
 * is deleted. 40 has neither hash nor dates, and 50 a file name that is a path. Of 60 the object is missing, 61 is no
 * picture, 62 has other bytes than its hash says, and 63 another size.
 */
public final class NodeService {

    private static final String DEEP = "2022/05/50.gif";

    private final Map<String, byte[]> objects = new LinkedHashMap<>();
    private final byte[] same = Pictures.uniqueJpeg();

    /** The objects by their keys. */
    public Map<String, byte[]> objects() {
        return objects;
    }

    /** The bytes that rows 10, 11, 20 and 21 have. */
    public byte[] same() {
        return same;
    }

    /** What each id that is worth to be kept has to lead to. */
    public Map<Long, byte[]> contentById() {
        return Map.of(
                10L, same, 11L, same, 20L, same, 21L, same, 40L, object("1650000000000-40.png"), 50L, object(DEEP));
    }

    /** What each file name that is worth to be kept has to lead to, as the last part of a link. */
    public Map<String, byte[]> contentByFilename() {
        return Map.of(
                "1650000000000-10.jpg",
                same,
                "1650000000000-11.jpg",
                same,
                "1650000000000-20.jpg",
                same,
                "1650000000000-40.png",
                object("1650000000000-40.png"),
                "50.gif",
                object(DEEP));
    }

    private byte[] object(String key) {
        return Objects.requireNonNull(objects.get(key));
    }

    /** Fills the table, and knows the objects from then on. */
    public void fill(String jdbcUrl) throws Exception {
        byte[] other = Pictures.uniquePng();
        byte[] deep = Pictures.uniqueGif();
        byte[] changed = Pictures.uniquePng();
        byte[] grown = Pictures.uniquePng();
        objects.put("1650000000000-10.jpg", same);
        objects.put("1650000000000-11.jpg", same);
        objects.put("1650000000000-20.jpg", same);
        objects.put("1650000000000-40.png", other);
        objects.put(DEEP, deep);
        objects.put("1650000000000-61.png", Pictures.html());
        objects.put("1650000000000-62.png", changed);
        objects.put("1650000000000-63.png", grown);
        try (Connection connection = DriverManager.getConnection(jdbcUrl);
                Statement statement = connection.createStatement()) {
            statement.execute(
                    "CREATE TABLE images (id INT NOT NULL AUTO_INCREMENT PRIMARY KEY,"
                            + " filename VARCHAR(255) NOT NULL, original_name VARCHAR(255) NOT NULL, url VARCHAR(500) NOT NULL,"
                            + " file_hash VARCHAR(64), file_size BIGINT NOT NULL, mime_type VARCHAR(100),"
                            + " upload_time DATETIME, updated_at DATETIME, is_deleted TINYINT DEFAULT 0) DEFAULT CHARACTER SET utf8mb4");
            String hash = sha256(same);
            insert(connection, 10, "1650000000000-10.jpg", "猫.jpg", hash, same.length, "2022-04-15 12:00:00", 0);
            insert(connection, 11, "1650000000000-11.jpg", "cat.jpg", hash, same.length, "2022-04-15 12:00:00", 0);
            insert(
                    connection,
                    20,
                    "1650000000000-20.jpg",
                    "late.jpg",
                    hash.substring(0, 32),
                    same.length,
                    "2022-05-01 00:00:00",
                    0);
            insert(connection, 21, "1650000000000-20.jpg", "later.jpg", hash, same.length, "2022-05-01 00:00:01", 0);
            insert(connection, 30, "1650000000000-30.jpg", "gone.jpg", hash, same.length, "2022-05-01 00:00:00", 1);
            insert(connection, 40, "1650000000000-40.png", "", null, other.length, null, 0);
            insert(connection, 50, "50.gif", "deep.gif", sha256(deep), deep.length, "2022-05-02 00:00:00", 0);
            insert(connection, 60, "1650000000000-60.png", "lost.png", hash, same.length, "2022-05-03 00:00:00", 0);
            insert(
                    connection,
                    61,
                    "1650000000000-61.png",
                    "page.png",
                    null,
                    Pictures.html().length,
                    "2022-05-03 00:00:00",
                    0);
            insert(
                    connection,
                    62,
                    "1650000000000-62.png",
                    "changed.png",
                    hash,
                    changed.length,
                    "2022-05-03 00:00:00",
                    0);
            insert(
                    connection,
                    63,
                    "1650000000000-63.png",
                    "grown.png",
                    null,
                    grown.length + 1,
                    "2022-05-03 00:00:00",
                    0);
            statement.execute(
                    "UPDATE images SET url = 'https://cdn.example.com/pictures/2022/05/50.gif?v=1' WHERE id = 50");
            statement.execute("UPDATE images SET updated_at = '2022-06-01 00:00:00' WHERE id = 10");
        }
    }

    private static void insert(
            Connection connection,
            long id,
            String filename,
            String originalName,
            @Nullable String hash,
            long size,
            @Nullable String time,
            int deleted)
            throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO images (id, filename, original_name, url,"
                        + " file_hash, file_size, mime_type, upload_time, updated_at, is_deleted)"
                        + " VALUES (?, ?, ?, ?, ?, ?, 'image/jpeg', ?, ?, ?)")) {
            insert.setLong(1, id);
            insert.setString(2, filename);
            insert.setString(3, originalName);
            insert.setString(4, "https://cdn.example.com/pictures/" + filename);
            insert.setString(5, hash);
            insert.setLong(6, size);
            insert.setString(7, time);
            insert.setString(8, time);
            insert.setInt(9, deleted);
            insert.executeUpdate();
        }
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
