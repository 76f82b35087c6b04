package io.github.imagehost.core.format;

/** What becomes of what a picture tells beside its pixels. No pixel is ever changed. */
public enum MetadataPolicy {
    /** Everything stays but what points behind the picture, where nothing is. */
    KEEP,
    /**
     * Where the picture was taken is removed, and whatever can't be shown to be free of that: makers' notes, extended XMP,
     * thumbnails, blocks of unknown applications.
     */
    STRIP_LOCATION,
    /** Nothing stays but the orientation, the colour profile and what else decides how pixels look. */
    STRIP
}
