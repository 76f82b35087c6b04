package io.github.imagehost.core.transform;

import org.jspecify.annotations.Nullable;

/**
 * The engine can't decode a picture: it is damaged, of a kind that the decoder does not know, or larger than the
 * engine's memory allows. Trying again will not help.
 */
public final class UndecodableImageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param message what is wrong with the picture */
    public UndecodableImageException(String message) {
        this(message, null);
    }

    /**
     * @param message names the picture
     * @param cause what went wrong, if it is known
     */
    public UndecodableImageException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }

    /** A decoder failed for this reason. */
    public static UndecodableImageException because(Exception cause) {
        return new UndecodableImageException("The picture can't be decoded: " + cause.getMessage(), cause);
    }
}
