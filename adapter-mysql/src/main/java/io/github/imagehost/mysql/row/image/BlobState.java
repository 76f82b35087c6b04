package io.github.imagehost.mysql.row.image;

/** What the column {@code state} of a blob says. */
public enum BlobState {
    RESERVED,
    STORED,
    CONDEMNED
}
