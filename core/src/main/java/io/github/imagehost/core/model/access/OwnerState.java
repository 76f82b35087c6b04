package io.github.imagehost.core.model.access;

import java.util.Optional;

/** Whether an owner may do anything. */
public enum OwnerState {
    /** What its role allows. */
    ACTIVE,
    /** Nothing; its images stay, and its links go on working. */
    SUSPENDED;

    /** How people write it. */
    public String label() {
        return Labels.of(this);
    }

    /** The state that people write so; empty for any other text. */
    public static Optional<OwnerState> parse(String label) {
        return Labels.parse(values(), label);
    }
}
