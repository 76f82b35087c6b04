package io.github.imagehost.core.model.access;

/** What something signed is good for; each purpose has a key of its own, so that none is good for another one. */
public enum LinkPurpose {
    /** Seeing a private image. */
    VIEW,
    /** Deleting an image. */
    DELETE,
    /** Coming back from an identity provider to the login that was begun. */
    LOGIN
}
