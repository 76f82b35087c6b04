package io.github.imagehost.mysql.row;

import io.github.imagehost.core.model.SortField;
import org.jspecify.annotations.Nullable;

/**
 * Which part of a sorted list to read.
 *
 * @param afterKey the cursor's value of the field, in the type of its column; null to begin at the start
 * @param afterId the cursor's id
 */
public record PageSelection(
        SortField field, boolean descending, @Nullable Object afterKey, long afterId, int limit, long offset) {}
