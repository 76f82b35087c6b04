package io.github.imagehost.core.source;

/** One of the many things that are dealt with. Safe for use by many threads at once. */
public interface BulkItem {

    /** Its name, which no other item of its source has, and which never changes. */
    String name();

    /** A text that changes when the content changes, as far as that can be told without reading the content. */
    String version();

    /** How many bytes there are to read, to estimate how long it takes; 0 if that is not known. */
    long size();
}
