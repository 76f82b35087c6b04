package io.github.imagehost.mysql.row;

/** What the column {@code state} of a blob says. */
public enum BlobState {
    RESERVED,
    STORED,
    CONDEMNED
}
