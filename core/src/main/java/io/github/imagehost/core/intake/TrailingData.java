package io.github.imagehost.core.intake;

/** What becomes of bytes that follow a picture in its file, where archives and scripts like to hide. */
public enum TrailingData {
    /** They are not stored. */
    CUT,
    /** The file is refused. */
    REFUSE
}
