package io.github.imagehost.core.bulk;

/** One of the many things that are dealt with. Safe for use by many threads at once. */
public interface BulkItem {

    /** What tells it from all others of its source, and stays the same as long as it is there. */
    String name();

    /** What changes when its content does, as far as can be told without reading it. */
    String version();

    /** How many bytes there are to read, for those who want to know how long it takes; 0 if nobody knows. */
    long size();
}
