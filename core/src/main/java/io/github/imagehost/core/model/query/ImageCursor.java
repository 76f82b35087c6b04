package io.github.imagehost.core.model.query;

import io.github.imagehost.core.model.Image;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;

/**
 * A place in a sorted list of images: right behind one image. A list continues from it at the same cost at any depth,
 * also when that image is gone by then. Only good for the sort order it was made for.
 *
 * @param field what the list is sorted by
 * @param direction in which direction
 * @param key what the image is {@linkplain SortField#keyOf ordered by}
 * @param id the image's id, at least 1
 * @param page the number of the page that continues from here, at least 1
 */
public record ImageCursor(SortField field, SortDirection direction, String key, long id, long page) {

    private static final int PARTS = 5;

    public ImageCursor {
        if (id < 1 || page < 1) {
            throw new IllegalArgumentException("A cursor has an id and a page from 1, not " + id + " and " + page);
        }
        Objects.requireNonNull(key);
        if (field.isNumber()) {
            Long.parseLong(key);
        }
    }

    /** The place right behind this image in a list with this order, where the given page begins. */
    public static ImageCursor after(Image image, SortField field, SortDirection direction, long page) {
        return new ImageCursor(field, direction, field.keyOf(image), image.id(), page);
    }

    /**
     * The cursor that {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the text is no such cursor; its message does not repeat the text
     */
    public static ImageCursor decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            String[] parts =
                    StandardCharsets.UTF_8.newDecoder().decode(bytes).toString().split("\n", PARTS);
            if (parts.length != PARTS) {
                throw new IllegalArgumentException("A cursor has " + PARTS + " parts");
            }
            return new ImageCursor(
                    SortField.valueOf(parts[0]),
                    SortDirection.valueOf(parts[1]),
                    parts[4],
                    Long.parseLong(parts[2]),
                    Long.parseLong(parts[3]));
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw new IllegalArgumentException("Not a cursor of a list of images", e);
        }
    }

    /** The cursor as text that can stand in a URL as it is. */
    public String encode() {
        String parts = field + "\n" + direction + "\n" + id + "\n" + page + "\n" + key;
        return Base64.getUrlEncoder().withoutPadding().encodeToString(parts.getBytes(StandardCharsets.UTF_8));
    }
}
