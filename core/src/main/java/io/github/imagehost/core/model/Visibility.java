package io.github.imagehost.core.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who may see an image. */
public enum Visibility {
    /** Whoever has its link. */
    PUBLIC,
    /** Its owner, and whoever has a link that the owner has signed. */
    PRIVATE;

    /** How people write it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one that people write so; empty for any other text. */
    public static Optional<Visibility> parse(String label) {
        return Arrays.stream(values())
                .filter(visibility -> visibility.label().equals(label))
                .findFirst();
    }
}
