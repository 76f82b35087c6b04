package io.github.imagehost.mysql.row.listing;

import io.github.imagehost.core.model.query.ImageCursor;
import io.github.imagehost.core.model.query.SortField;
import io.github.imagehost.mysql.row.Columns;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.regex.Pattern;

/**
 * Where an image stands in a sorted list.
 *
 * @param key its value of the sorted column, which compares as it does in the database
 */
public record KeyRow(long id, Comparable<?> key) {

    /** The order of an ascending list. */
    public static final Comparator<KeyRow> ORDER = KeyRow::compare;

    private static final Pattern NOT_ASCII = Pattern.compile("[^\\x00-\\x7f]");

    /** The same with a value as the columns have it: a number, a text, an instant, or bytes. */
    public static KeyRow of(long id, Object value) {
        // every byte becomes the character with its number
        return new KeyRow(
                id,
                value instanceof byte[] bytes ? new String(bytes, StandardCharsets.ISO_8859_1) : (Comparable<?>) value);
    }

    /** The value of the sorted column behind which a list goes on, as {@link #of} takes it. */
    public static Object valueOf(ImageCursor cursor) {
        String key = cursor.key();
        return switch (cursor.field()) {
            case ID, FILE_SIZE -> Long.parseLong(key);
            // a cursor may hold any number
            case UPLOAD_TIME, UPDATED_AT -> Columns.withinColumn(Instant.ofEpochMilli(Long.parseLong(key)));
            case ORIGINAL_NAME -> key.getBytes(StandardCharsets.UTF_8);
            case FILENAME, MIME_TYPE -> toAscii(key);
        };
    }

    /**
     * The columns hold ASCII only; the last character of ASCII comes behind all of theirs, as any other character
     * would.
     */
    private static String toAscii(String key) {
        return NOT_ASCII.matcher(key).replaceAll("\u007f");
    }

    /** The value of the sorted column as {@link #of} takes it. */
    public Object value(SortField field) {
        return field == SortField.ORIGINAL_NAME ? ((String) key).getBytes(StandardCharsets.ISO_8859_1) : key;
    }

    private static int compare(KeyRow one, KeyRow other) {
        int byKey;
        if (one.key instanceof Long number) {
            byKey = number.compareTo((Long) other.key);
        } else if (one.key instanceof Instant time) {
            byKey = time.compareTo((Instant) other.key);
        } else {
            byKey = ((String) one.key).compareTo((String) other.key);
        }
        return byKey != 0 ? byKey : Long.compare(one.id, other.id);
    }
}
