package io.github.imagehost.core.model.access;

/** How a session began. */
public enum SessionStart {
    /** With the owner's password. */
    PASSWORD,
    /** With a token; it is good for no more than that. */
    TOKEN,
    /** With a login link. */
    LINK,
    /** With what an identity provider said, by OpenID Connect. */
    OIDC
}
