package io.github.imagehost.core.model;

/** What a list of images can be ordered by; images with equal values are ordered by their id, in the same direction. */
public enum SortField {
    ID,
    FILENAME,
    /** By {@link NameFolding folded} name, in the order of code points. */
    ORIGINAL_NAME,
    FILE_SIZE,
    MIME_TYPE,
    UPLOAD_TIME,
    UPDATED_AT
}
