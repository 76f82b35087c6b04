package io.github.imagehost.mysql.row.listing;

import io.github.imagehost.core.model.query.SortField;

/** The indexes by which images are listed: one for each order, and one for those that the same people may see. */
public enum ListIndex {
    ID,
    FILENAME,
    ORIGINAL_NAME,
    FILE_SIZE,
    MIME_TYPE,
    UPLOAD_TIME,
    UPDATED_AT,
    /** In it, they are in the order of their upload. */
    VISIBILITY;

    /** The one that has images in this order. */
    public static ListIndex of(SortField field) {
        return valueOf(field.name());
    }
}
