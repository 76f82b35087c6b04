package io.github.imagehost.mysql.protocol;

import io.github.imagehost.core.model.Digest;
import io.github.imagehost.mysql.row.Columns;
import io.github.imagehost.mysql.row.image.ImageRow;
import io.github.imagehost.mysql.row.image.InsertedRow;
import io.github.imagehost.mysql.row.image.NewBlob;
import io.github.imagehost.mysql.row.image.NewImage;
import io.github.imagehost.mysql.row.image.ReservedRow;
import io.github.imagehost.mysql.transaction.Statements;
import io.github.imagehost.mysql.type.UtcInstantTypeHandler;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The statements of uploads, each for any number of them; lists are never empty. */
final class UploadStatements {

    private static final UtcInstantTypeHandler INSTANTS = new UtcInstantTypeHandler();

    private static final String IMAGE_COLUMNS = "i.id, i.owner_id, i.filename, i.original_name, b.digest, b.size,"
            + " b.stored_digest, b.stored_size, b.mime_type, b.width, b.height, b.object_key, i.uploaded_at,"
            + " i.updated_at, i.visibility, i.expires_at, i.views_left, i.link_epoch";

    private static final int QUOTA_OWNER_COLUMN = 19;

    private UploadStatements() {}

    /**
     * Reserves those blobs of which neither content nor key is known. Not {@code INSERT … SELECT}: MariaDB locks the
     * table for the generated ids as long as one of those waits for something. Not {@code INSERT IGNORE}, which also
     * ignores what does not fit. A row that is there keeps what it has.
     *
     * @param blobs in the order of their digests, so that no two transactions wait for each other
     */
    static void insertReserved(Statements on, List<NewBlob> blobs) {
        String row = "('RESERVED', ?, ?, ?, ?, ?, ?, ?, ?, ?, " + on.now() + ", TIMESTAMPADD(MICROSECOND, ?, "
                + on.now() + "), TIMESTAMPADD(MICROSECOND, ?, " + on.now() + "))";
        List<@Nullable Object> parameters = new ArrayList<>();
        for (NewBlob blob : blobs) {
            Collections.addAll(
                    parameters,
                    blob.digest().bytes(),
                    blob.digest().bytes(),
                    blob.size(),
                    blob.storedDigest().bytes(),
                    blob.storedSize(),
                    blob.mimeType(),
                    blob.width(),
                    blob.height(),
                    blob.objectKey(),
                    blob.leaseMicros(),
                    blob.quarantineMicros());
        }
        on.update(
                "INSERT INTO imagehost_blob (state, digest, live_digest, size, stored_digest, stored_size, mime_type,"
                        + " width, height, object_key, reserved_at, lease_until, quarantine_until) VALUES "
                        + listOf(row, blobs.size()) + " ON DUPLICATE KEY UPDATE width = width",
                parameters);
    }

    /** The reserved blobs with these keys, in any order. */
    static List<ReservedRow> selectReserved(Statements on, Collection<String> objectKeys) {
        return on.query(
                "SELECT b.id, b.object_key, b.digest,"
                        + " (SELECT COUNT(*) FROM imagehost_image WHERE filename = b.object_key)"
                        + " + (SELECT COUNT(*) FROM imagehost_alias WHERE filename = b.object_key)"
                        + " + (SELECT COUNT(*) FROM imagehost_retired_filename WHERE filename = b.object_key)"
                        + " FROM imagehost_blob b WHERE b.state = 'RESERVED' AND b.object_key IN "
                        + in(objectKeys.size()),
                List.copyOf(objectKeys),
                row -> new ReservedRow(
                        row.getLong(1), row.getString(2), Digest.of(row.getBytes(3)), row.getLong(4) > 0));
    }

    /** Answers how many were reserved. */
    static int markStored(Statements on, List<Long> blobIds) {
        return on.update(
                "UPDATE imagehost_blob SET state = 'STORED', lease_until = NULL WHERE state = 'RESERVED' AND id IN "
                        + in(blobIds.size()),
                List.copyOf(blobIds));
    }

    /** Without an id or a time, an image gets the next one and the present. */
    static void insertImages(Statements on, List<NewImage> images) {
        String row =
                "(?, ?, ?, ?, ?, ?, ?, ?, COALESCE(?, " + on.now() + "), COALESCE(?, " + on.now() + "), ?, ?, ?, ?)";
        List<@Nullable Object> parameters = new ArrayList<>();
        for (NewImage image : images) {
            Collections.addAll(
                    parameters,
                    image.id(),
                    image.ownerId(),
                    image.blobId(),
                    image.filename(),
                    image.originalName(),
                    Columns.toFoldedName(image.originalName()),
                    image.fileSize(),
                    image.mimeType(),
                    UtcInstantTypeHandler.toColumnValue(image.uploadedAt()),
                    UtcInstantTypeHandler.toColumnValue(image.updatedAt()),
                    image.sharing().visibility().name(),
                    UtcInstantTypeHandler.toColumnValue(
                            image.sharing().expiresAt().orElse(null)),
                    Columns.toValue(image.sharing().viewsLeft()),
                    image.sharing().linkEpoch());
        }
        on.update(
                "INSERT INTO imagehost_image (id, owner_id, blob_id, filename, original_name, folded_name, file_size,"
                        + " mime_type, uploaded_at, updated_at, visibility, expires_at, views_left, link_epoch) VALUES "
                        + listOf(row, images.size()),
                parameters);
    }

    /** Also tells, without another statement, whether their owners have quotas. */
    static List<InsertedRow> selectInserted(Statements on, List<String> filenames) {
        return on.query(
                "SELECT " + IMAGE_COLUMNS + ", q.owner_id FROM imagehost_image i JOIN imagehost_blob b"
                        + " ON b.id = i.blob_id LEFT JOIN imagehost_quota q ON q.owner_id = i.owner_id"
                        + " WHERE i.filename IN " + in(filenames.size()),
                List.copyOf(filenames),
                row -> new InsertedRow(toImageRow(row), row.getLong(QUOTA_OWNER_COLUMN) != 0));
    }

    /**
     * The images without an end or a limit of views that these owners have of these contents, unless the object is
     * missing. The blobs are found by the unique key on their digests, their images by that on blob and owner.
     */
    static List<ImageRow> selectExisting(Statements on, Collection<Long> ownerIds, Collection<Digest> digests) {
        List<@Nullable Object> parameters = new ArrayList<>();
        digests.forEach(digest -> parameters.add(digest.bytes()));
        parameters.addAll(ownerIds);
        return on.query(
                "SELECT " + IMAGE_COLUMNS + " FROM imagehost_image i JOIN imagehost_blob b ON b.id = i.blob_id"
                        + " WHERE b.missing_since IS NULL AND i.expires_at IS NULL AND i.views_left IS NULL AND b.live_digest IN "
                        + in(digests.size())
                        + " AND i.owner_id IN " + in(ownerIds.size()),
                parameters,
                UploadStatements::toImageRow);
    }

    private static ImageRow toImageRow(ResultSet row) throws SQLException {
        return new ImageRow(
                row.getLong(1),
                row.getLong(2),
                row.getString(3),
                row.getString(4),
                Digest.of(row.getBytes(5)),
                row.getLong(6),
                Digest.of(row.getBytes(7)),
                row.getLong(8),
                row.getString(9),
                row.getInt(10),
                row.getInt(11),
                row.getString(12),
                Objects.requireNonNull(INSTANTS.getNullableResult(row, 13)),
                Objects.requireNonNull(INSTANTS.getNullableResult(row, 14)),
                row.getString(15),
                INSTANTS.getNullableResult(row, 16),
                row.getObject(17, Long.class),
                row.getLong(18));
    }

    private static String in(int size) {
        return "(" + listOf("?", size) + ")";
    }

    private static String listOf(String item, int size) {
        return String.join(", ", Collections.nCopies(size, item));
    }
}
