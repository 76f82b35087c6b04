package io.github.imagehost.core.access.settings;

/** Who may use a service. */
public enum AccessMode {
    /** Whoever is on the machine itself, without a credential. */
    LOCAL,
    /** Whoever has a credential, as far as it goes; everybody may see a picture whose link he knows. */
    TOKEN,
    /** Everybody who reaches it, without a credential. */
    OPEN
}
