package io.github.imagehost.core.dedup;

import com.google.common.io.BaseEncoding;
import io.github.imagehost.core.model.ImageType;
import java.security.SecureRandom;

/**
 * Makes the unguessable names of images: 128 random bits in the lower-case base32 alphabet (RFC 4648), which survives
 * file systems that ignore case, and the extension of the type.
 */
public final class Filenames {

    private static final int RANDOM_BYTES = 16;
    private static final BaseEncoding ALPHABET =
            BaseEncoding.base32().lowerCase().omitPadding();

    private final SecureRandom random = new SecureRandom();

    /** A name that nobody else has. */
    public String next(ImageType type) {
        byte[] bytes = new byte[RANDOM_BYTES];
        random.nextBytes(bytes);
        return ALPHABET.encode(bytes) + "." + type.extension();
    }
}
