package io.github.imagehost.core.model.query;

/** The direction of a sorted list. */
public enum SortDirection {
    ASCENDING,
    DESCENDING
}
