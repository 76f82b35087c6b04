package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.access.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** In which order the images of an album are. Its name in lower case is how people write it, and never changes. */
public enum AlbumOrder {
    /** By the time of their upload, the latest first. */
    NEWEST,
    /** By the time of their upload, the earliest first. */
    OLDEST,
    /** As their owner has put them. */
    MANUAL;

    /** Whether larger keys come first. */
    public boolean isDescending() {
        return this == NEWEST;
    }

    /** How people write it. */
    public String label() {
        return Labels.of(this);
    }

    /** How people write all of them. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(AlbumOrder::label).toList();
    }

    /** The one that people write so; empty for any other text. */
    public static Optional<AlbumOrder> parse(String label) {
        return Labels.parse(values(), label);
    }
}
