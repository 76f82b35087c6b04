package io.github.imagehost.core.port;

import io.github.imagehost.core.model.Image;

/** The answer to {@link UploadLedger#claim}. */
public sealed interface Claim {

    /**
     * This owner already has a live image of the content.
     *
     * @param image as it was first uploaded
     */
    record Existing(Image image) implements Claim {}

    /**
     * The content was stored already, for another owner; a new image of this owner points to it now.
     *
     * @param image the new image
     */
    record Attached(Image image) implements Claim {}

    /**
     * The content is new, and the caller is the only one who may store it; or its object is missing, and the caller may store
     * the same bytes again, as others may who have them.
     *
     * @param reservation what to complete or abandon
     */
    record Reserved(Reservation reservation) implements Claim {}

    /** Somebody else is storing the content right now. */
    record Busy() implements Claim {}

    /**
     * The request's filename was used before, and names are used once. An earlier try of the same request may have had its
     * effect, which is undone by now: the caller may claim again, with a fresh name.
     */
    record FilenameUsed() implements Claim {}
}
