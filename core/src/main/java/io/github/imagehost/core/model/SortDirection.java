package io.github.imagehost.core.model;

/** The direction of a sorted list. */
public enum SortDirection {
    ASCENDING,
    DESCENDING
}
