package io.github.imagehost.core.model.access;

/** How a session began. */
public enum SessionStart {
    /** With the owner's password. */
    PASSWORD,
    /** With a token, as far as which it goes. */
    TOKEN,
    /** With a login link. */
    LINK
}
