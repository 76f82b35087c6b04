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
     * The content is new, and the caller is the only one who may store it.
     *
     * @param reservation what to complete or abandon
     */
    record Reserved(Reservation reservation) implements Claim {}

    /** Somebody else is storing the content right now. */
    record Busy() implements Claim {}
}
