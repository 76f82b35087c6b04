package io.github.imagehost.core.model.access;

import java.util.Optional;

/** What a token may be good for. Its name in lower case is how people write it, and never changes. */
public enum Scope {
    /** Uploading pictures. */
    UPLOAD,
    /** Listing and searching the owner's images, and asking which of them there are. */
    READ,
    /** Deleting the owner's images. */
    DELETE,
    /** Saying who may see the owner's images, and how long, and what they are called. */
    MANAGE,
    /** Seeing, making and revoking the owner's tokens. */
    ACCOUNT,
    /** Managing owners. */
    ADMIN;

    /** How people write it. */
    public String label() {
        return Labels.of(this);
    }

    /** The scope that people write so; empty for any other text. */
    public static Optional<Scope> parse(String label) {
        return Labels.parse(values(), label);
    }
}
