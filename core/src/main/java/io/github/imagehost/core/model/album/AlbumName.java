package io.github.imagehost.core.model.album;

import io.github.imagehost.core.model.NameFolding;
import io.github.imagehost.core.model.PlainText;

/**
 * How an owner calls an album. No two albums of an owner have names that differ in upper and lower case only.
 *
 * @param value 1 to {@value #LONGEST} characters, in Unicode normalization form C, without control characters and
 *     blanks at its ends
 */
public record AlbumName(String value) {

    /** How many characters (code points) a name may have. */
    public static final int LONGEST = 100;

    /** What is legal, for messages. */
    public static final String RULE = "1 to " + LONGEST + " characters, none of them a control character";

    public AlbumName {
        if (!value.equals(tidied(value))) {
            throw new IllegalArgumentException("'" + value + "' is not tidy");
        }
    }

    /**
     * The name as somebody wrote it.
     *
     * @throws IllegalArgumentException if it is not legal
     */
    public static AlbumName of(String text) {
        return new AlbumName(tidied(text));
    }

    private static String tidied(String text) {
        return PlainText.tidied(text, LONGEST)
                .orElseThrow(
                        () -> new IllegalArgumentException("'" + text + "' is no name of an album: legal are " + RULE));
    }

    /** What the name is known again by, whatever its case. */
    public String folded() {
        return NameFolding.fold(value);
    }

    @Override
    public String toString() {
        return value;
    }
}
