package io.github.imagehost.core.model.query;

import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.NameFolding;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a list of images can be ordered by; images with equal values are ordered by their id, in the same direction. */
public enum SortField {
    ID(Key.NUMBER),
    FILENAME(Key.TEXT),
    /** By {@link NameFolding folded} name, in the order of code points. */
    ORIGINAL_NAME(Key.TEXT),
    FILE_SIZE(Key.NUMBER),
    MIME_TYPE(Key.TEXT),
    UPLOAD_TIME(Key.NUMBER),
    UPDATED_AT(Key.NUMBER);

    private static final Pattern WORD_START = Pattern.compile("_(.)");

    private enum Key {
        NUMBER,
        TEXT
    }

    private final Key key;

    SortField(Key key) {
        this.key = key;
    }

    /**
     * The field that users call so.
     *
     * @param text its {@link #parameter} in snake_case or in camelCase
     * @return empty if there is none
     */
    public static Optional<SortField> parse(String text) {
        return Arrays.stream(values())
                .filter(field -> text.equals(field.parameter()) || text.equals(field.inCamelCase()))
                .findFirst();
    }

    /** What users call it, in snake_case. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    private String inCamelCase() {
        return WORD_START
                .matcher(parameter())
                .replaceAll(start -> start.group(1).toUpperCase(Locale.ROOT));
    }

    /** Whether its keys are whole numbers, and ordered as such. */
    public boolean isNumber() {
        return key == Key.NUMBER;
    }

    /** What an image is ordered by, as a decimal number or as text; times are milliseconds since the epoch. */
    public String keyOf(Image image) {
        return switch (this) {
            case ID -> Long.toString(image.id());
            case FILENAME -> image.filename();
            case ORIGINAL_NAME -> NameFolding.fold(image.originalName());
            case FILE_SIZE -> Long.toString(image.content().size());
            case MIME_TYPE -> image.content().type().mimeType();
            case UPLOAD_TIME -> Long.toString(image.uploadedAt().toEpochMilli());
            case UPDATED_AT -> Long.toString(image.updatedAt().toEpochMilli());
        };
    }
}
