package io.github.imagehost.core.model.album;

/** Where in an album images are put that have to be in it; their order there is that in which they are named. */
public enum AlbumPlace {
    /** Behind all others, but those that are in it already stay where they are. */
    KEEP,
    /** Before all others, also those that are in it already. */
    START,
    /** Behind all others, also those that are in it already. */
    END
}
