package io.github.imagehost.core.model.album;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place in an album: right behind one image. The album continues from it at the same cost at any depth, also when
 * that image is gone by then. Only good for the order it was made for.
 *
 * @param order of the album
 * @param key what the image is ordered by: its place, or the milliseconds of its upload
 * @param image the image's id, at least 1
 */
public record AlbumCursor(AlbumOrder order, long key, long image) {

    private static final Pattern ENCODED = Pattern.compile("([a-z]{1,10})\\.(-?[0-9]{1,18})\\.([0-9]{1,18})");

    public AlbumCursor {
        if (image < 1) {
            throw new IllegalArgumentException("A cursor has an id from 1, not " + image);
        }
    }

    /**
     * The cursor that {@link #encode} wrote.
     *
     * @throws IllegalArgumentException if the text is no such cursor; its message does not repeat the text
     */
    public static AlbumCursor decode(String text) {
        Matcher parts = ENCODED.matcher(text);
        if (!parts.matches()) {
            throw new IllegalArgumentException("Not a cursor of an album");
        }
        AlbumOrder order = AlbumOrder.parse(parts.group(1))
                .orElseThrow(() -> new IllegalArgumentException("Not a cursor of an album"));
        return new AlbumCursor(order, Long.parseLong(parts.group(2)), Long.parseLong(parts.group(3)));
    }

    /** The cursor as text that can stand in a URL as it is. */
    public String encode() {
        return order.label() + "." + key + "." + image;
    }
}
