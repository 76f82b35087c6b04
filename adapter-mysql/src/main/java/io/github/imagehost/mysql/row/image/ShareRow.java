package io.github.imagehost.mysql.row.image;

/** Images that have something in common. */
public record ShareRow(String name, long images, long bytes) {}
