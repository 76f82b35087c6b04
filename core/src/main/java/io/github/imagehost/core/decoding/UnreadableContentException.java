package io.github.imagehost.core.decoding;

/** The bytes of a picture can't be read while it is decoded, which is not the decoder's failure. */
public final class UnreadableContentException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnreadableContentException(Throwable cause) {
        super("Can't read a picture while it is decoded", cause);
    }
}
