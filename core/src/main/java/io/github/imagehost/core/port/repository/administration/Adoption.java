package io.github.imagehost.core.port.repository.administration;

import io.github.imagehost.core.model.Image;

/** The answer to {@link AdoptionLedger#adopt}. */
public sealed interface Adoption {

    /**
     * There is a new image.
     *
     * @param image as it was asked for
     */
    record Adopted(Image image) implements Adoption {}

    /**
     * The owner has an image of the same bytes already. It can be found by the filename and the id that were asked for,
     * too, and the object stays as long as that image.
     *
     * @param image the one that was there
     */
    record Folded(Image image) implements Adoption {}

    /**
     * There is such an image already: nothing has changed.
     *
     * @param image what the filename leads to
     */
    record Known(Image image) implements Adoption {}

    /**
     * Nothing has changed.
     *
     * @param obstacle why not
     */
    record Refused(Obstacle obstacle) implements Adoption {}

    /** Why something can't be taken over. */
    enum Obstacle {
        /** The filename leads to other bytes, or led to an image that was deleted. */
        FILENAME_USED,
        /** Another image has the id. */
        ID_USED,
        /** The object is known with other bytes, or is to be deleted. */
        OBJECT_USED,
        /** The owner has an image of the same bytes, which others may see, or not, or for another time. */
        SHARED_OTHERWISE,
        /** Somebody is storing the same bytes right now; trying again later makes sense. */
        BUSY
    }
}
