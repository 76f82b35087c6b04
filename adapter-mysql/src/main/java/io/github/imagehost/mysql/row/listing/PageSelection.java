package io.github.imagehost.mysql.row.listing;

import io.github.imagehost.core.model.query.SortField;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a sorted list to read.
 *
 * @param descending in which direction to read it
 * @param fromKey the value of the field to begin at, in the type of its column; null to begin at the start
 * @param afterKey the cursor's value of the field, in the type of its column; null to begin at the start
 * @param afterId the cursor's id
 * @param offset how many to pass over then
 */
public record PageSelection(
        SortField field,
        boolean descending,
        @Nullable Object fromKey,
        @Nullable Object afterKey,
        long afterId,
        int limit,
        long offset) {}
