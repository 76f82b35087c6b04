package io.github.imagehost.core.model;

/** Who may see an image. */
public enum Visibility {
    /** Whoever has its link. */
    PUBLIC,
    /** Its owner, and whoever has a link that the owner has signed. */
    PRIVATE
}
