package io.github.imagehost.core.model.access;

/** What a signed link is good for; each purpose has a key of its own, so that no link is good for another one. */
public enum LinkPurpose {
    /** Seeing a private image. */
    VIEW,
    /** Deleting an image. */
    DELETE
}
