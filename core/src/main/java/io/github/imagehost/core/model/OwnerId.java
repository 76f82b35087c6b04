package io.github.imagehost.core.model;

/**
 * Whoever images belong to. Owners never see one another's images, even when they share a blob.
 *
 * @param value at least 1
 */
public record OwnerId(long value) {

    /** The one owner of a host without accounts. */
    public static final OwnerId DEFAULT = new OwnerId(1);

    public OwnerId {
        if (value < 1) {
            throw new IllegalArgumentException("An owner id is a whole number from 1, not " + value);
        }
    }
}
