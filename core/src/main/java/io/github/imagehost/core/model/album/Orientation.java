package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.access.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether an image is wide or high. Its name in lower case is how people write it, and never changes. */
public enum Orientation {
    /** Wider than high. */
    LANDSCAPE,
    /** Higher than wide. */
    PORTRAIT,
    /** As wide as high. */
    SQUARE;

    /** The orientation of an image. */
    public static Orientation of(ImageDescriptor content) {
        if (content.width() == content.height()) {
            return SQUARE;
        }
        return content.width() > content.height() ? LANDSCAPE : PORTRAIT;
    }

    /** How people write all of them. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Labels::of).toList();
    }

    /** The one that people write so; empty for any other text. */
    public static Optional<Orientation> parse(String label) {
        return Labels.parse(values(), label);
    }
}
