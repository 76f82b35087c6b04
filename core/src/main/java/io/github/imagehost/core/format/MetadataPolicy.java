package io.github.imagehost.core.format;

import java.util.function.BooleanSupplier;

/** What becomes of what a picture tells beside its pixels. No pixel is ever changed. */
public enum MetadataPolicy {
    /** Everything stays but what points behind the picture, where nothing is. */
    KEEP,
    /**
     * Where the picture was taken is removed, and whatever can't be shown to be free of that: makers' notes, extended
     * XMP, thumbnails, blocks of unknown applications.
     */
    STRIP_LOCATION,
    /** Nothing stays but the orientation, the colour profile and what else decides how pixels look. */
    STRIP;

    /**
     * Whether a block stays as it is.
     *
     * @param decidesHowPixelsLook whether pixels look otherwise without it
     * @param isFreeOfLocation asked if that matters
     */
    public boolean keeps(boolean decidesHowPixelsLook, BooleanSupplier isFreeOfLocation) {
        return switch (this) {
            case KEEP -> true;
            case STRIP_LOCATION -> decidesHowPixelsLook || isFreeOfLocation.getAsBoolean();
            case STRIP -> decidesHowPixelsLook;
        };
    }
}
