package io.github.imagehost.mysql.row.access;

import org.jspecify.annotations.Nullable;

/**
 * What of an owner is to change.
 *
 * @param name null if it stays
 * @param role likewise
 * @param state likewise
 */
public record OwnerChangeRow(
        @Nullable String name,
        @Nullable String role,
        @Nullable String state) {}
