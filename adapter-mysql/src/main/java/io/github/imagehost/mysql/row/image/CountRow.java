package io.github.imagehost.mysql.row.image;

/** So many, with so many bytes. */
public record CountRow(long count, long bytes, long storedBytes) {}
