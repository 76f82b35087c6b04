package io.github.imagehost.rest.chaos;

import com.google.common.hash.Hashing;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** A picture that clients upload. */
final class Picture {

    private final byte[] bytes;
    private final String digest;

    private Picture(byte[] bytes) {
        this.bytes = bytes;
        this.digest = digestOf(bytes);
    }

    /** The picture with these bytes, which nobody changes any more. */
    static Picture of(byte[] bytes) {
        return new Picture(bytes);
    }

    /** The SHA-256 of these bytes in hexadecimal digits, as the service writes it. */
    static String digestOf(byte[] bytes) {
        return Hashing.sha256().hashBytes(bytes).toString();
    }

    /** Whether somebody can look at it. */
    static boolean isOne(byte[] bytes) {
        try {
            return ImageIO.read(new ByteArrayInputStream(bytes)) != null;
        } catch (IOException e) {
            return false;
        }
    }

    /** Not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The SHA-256 of the bytes. */
    String digest() {
        return digest;
    }
}
