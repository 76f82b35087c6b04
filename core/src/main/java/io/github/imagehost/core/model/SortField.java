package io.github.imagehost.core.model;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/** What a list of images can be ordered by; images with equal values are ordered by their id, in the same direction. */
public enum SortField {
    ID(Key.NUMBER, image -> Long.toString(image.id())),
    FILENAME(Key.TEXT, Image::filename),
    /** By {@link NameFolding folded} name, in the order of code points. */
    ORIGINAL_NAME(Key.TEXT, image -> NameFolding.fold(image.originalName())),
    FILE_SIZE(Key.NUMBER, image -> Long.toString(image.content().size())),
    MIME_TYPE(Key.TEXT, image -> image.content().type().mimeType()),
    UPLOAD_TIME(Key.NUMBER, image -> Long.toString(image.uploadedAt().toEpochMilli())),
    UPDATED_AT(Key.NUMBER, image -> Long.toString(image.updatedAt().toEpochMilli()));

    private static final Pattern WORD_START = Pattern.compile("_(.)");

    private enum Key {
        NUMBER,
        TEXT
    }

    private final Key kind;
    private final Function<Image, String> key;

    SortField(Key kind, Function<Image, String> key) {
        this.kind = kind;
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
        return kind == Key.NUMBER;
    }

    /** What an image is ordered by, as a decimal number or as text; times are milliseconds since the epoch. */
    public String keyOf(Image image) {
        return key.apply(image);
    }
}
