package io.github.imagehost.rest.chaos;

import io.github.imagehost.core.model.OwnerId;
import io.github.imagehost.core.model.usage.Usage;
import io.github.imagehost.mysql.testing.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLTransientException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** What is in the tables, past everything that the processes do to hide it. */
final class MetadataView {

    private static final String IMAGES = "SELECT i.id, i.owner_id, i.filename, i.visibility, i.views_left,"
            + " CASE WHEN i.expires_at IS NULL THEN 0 ELSE 1 END AS ends,"
            + " CASE WHEN i.expires_at <= i.uploaded_at OR i.views_left = 0 THEN 1 ELSE 0 END AS ended,"
            + " b.digest, b.object_key FROM imagehost_image i"
            + " LEFT JOIN imagehost_blob b ON b.id = i.blob_id AND b.state = 'STORED'";

    private final TestDatabase database;

    MetadataView(TestDatabase database) {
        this.database = database;
    }

    /**
     * A row of a blob.
     *
     * @param digest of the bytes in the store
     * @param source what it is derived from, if it is a variant
     */
    record Blob(
            long id, String state, String identity, String digest, String objectKey, long size, Optional<Long> source) {

        boolean isLive() {
            return !state.equals("CONDEMNED");
        }
    }

    /**
     * A row of an image.
     *
     * @param ended whether it only waits to be removed
     * @param objectKey where its bytes are, if it has a blob
     */
    record ImageRow(SharedLink image, boolean ended, Optional<String> objectKey) {

        Link link() {
            return image.link();
        }
    }

    /** What an owner has. */
    record OwnerCount(OwnerId owner, Usage usage) {}

    List<Blob> blobs() {
        return query(
                "SELECT id, state, digest, stored_digest, object_key, stored_size, source_id FROM imagehost_blob",
                row -> new Blob(
                        row.getLong("id"),
                        row.getString("state"),
                        HexFormat.of().formatHex(row.getBytes("digest")),
                        HexFormat.of().formatHex(row.getBytes("stored_digest")),
                        row.getString("object_key"),
                        row.getLong("stored_size"),
                        Optional.ofNullable(row.getObject("source_id", Long.class))));
    }

    List<ImageRow> images() {
        return query(IMAGES, MetadataView::toImageRow);
    }

    private static ImageRow toImageRow(ResultSet row) throws SQLException {
        byte[] digest = row.getBytes("digest");
        Link link = new Link(
                row.getLong("id"),
                new OwnerId(row.getLong("owner_id")),
                row.getString("filename"),
                digest == null ? "" : HexFormat.of().formatHex(digest));
        Long views = row.getObject("views_left", Long.class);
        Terms terms = new Terms(
                row.getString("visibility").equals("PRIVATE"),
                row.getInt("ends") == 1,
                views == null ? OptionalLong.empty() : OptionalLong.of(views));
        return new ImageRow(
                new SharedLink(link, terms),
                row.getInt("ended") == 1,
                Optional.ofNullable(row.getString("object_key")));
    }

    /** What each owner has as it is counted with each upload and deletion, without those who have nothing. */
    List<OwnerCount> countedUsage() {
        return usage("SELECT owner_id, SUM(images) AS images, SUM(bytes) AS bytes"
                + " FROM imagehost_image_range GROUP BY owner_id HAVING SUM(images) <> 0 OR SUM(bytes) <> 0");
    }

    /** What each owner has, without those who have nothing. */
    List<OwnerCount> usage() {
        return usage("SELECT owner_id, COUNT(*) AS images, SUM(file_size) AS bytes"
                + " FROM imagehost_image GROUP BY owner_id");
    }

    private List<OwnerCount> usage(String sql) {
        return query(
                sql,
                row -> new OwnerCount(
                        new OwnerId(row.getLong("owner_id")), new Usage(row.getLong("images"), row.getLong("bytes"))));
    }

    /**
     * Lets the end come of every image that has one, as if its time were over. One after the other, so that the ledger
     * learns of exactly those whose end nobody has taken away meanwhile.
     *
     * @return how many ended
     */
    int endImages(Ledger ledger) {
        List<ImageRow> ending =
                images().stream().filter(row -> row.image().terms().ends()).toList();
        int ended = 0;
        ledger.endsBegin();
        try (Connection connection = database.connect();
                PreparedStatement end = connection.prepareStatement(
                        "UPDATE imagehost_image SET expires_at = uploaded_at WHERE id = ? AND expires_at > uploaded_at"
                                + " AND (views_left IS NULL OR views_left > 0)")) {
            for (ImageRow row : ending) {
                end.setLong(1, row.link().id());
                if (updateCount(end) == 1) {
                    ledger.ended(row.image());
                    ended++;
                }
            }
            return ended;
        } catch (SQLException e) {
            throw new IllegalStateException("Could not end images", e);
        } finally {
            ledger.endsAreOver();
        }
    }

    /** Others want the same rows. */
    private static int updateCount(PreparedStatement statement) throws SQLException {
        while (true) {
            try {
                return statement.executeUpdate();
            } catch (SQLTransientException e) {
                if (Thread.currentThread().isInterrupted()) {
                    throw e;
                }
            }
        }
    }

    private interface Mapping<T> {
        T map(ResultSet row) throws SQLException;
    }

    private <T> List<T> query(String sql, Mapping<T> mapping) {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
            List<T> rows = new ArrayList<>();
            while (result.next()) {
                rows.add(mapping.map(result));
            }
            return rows;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
