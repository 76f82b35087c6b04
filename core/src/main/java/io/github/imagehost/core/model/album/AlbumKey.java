package io.github.imagehost.core.model.album;

import com.google.common.io.BaseEncoding;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The unguessable name in the link of an album.
 *
 * @param value {@value #LENGTH} characters of the lower-case base32 alphabet (RFC 4648)
 */
public record AlbumKey(String value) {

    /** How many random bytes a key is made of. */
    public static final int RANDOM_BYTES = 16;

    private static final int LENGTH = 26;
    private static final Pattern LEGAL = Pattern.compile("[a-z2-7]{" + LENGTH + "}");

    public AlbumKey {
        if (!LEGAL.matcher(value).matches()) {
            throw new IllegalArgumentException("No key of an album has the form of this one");
        }
    }

    /**
     * The key that these bytes make.
     *
     * @param random {@value #RANDOM_BYTES} of them
     */
    public static AlbumKey of(byte[] random) {
        return new AlbumKey(BaseEncoding.base32().lowerCase().omitPadding().encode(random));
    }

    /** The key that somebody wrote; empty for a text that is none. */
    public static Optional<AlbumKey> parse(String text) {
        return LEGAL.matcher(text).matches() ? Optional.of(new AlbumKey(text)) : Optional.empty();
    }

    @Override
    public String toString() {
        return value;
    }
}
