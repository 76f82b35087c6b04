package io.github.imagehost.core.decoding;

/** The work on a picture was told to stop. A decoder must not take it for a failure to read, so it is unchecked. */
public final class DecodingStoppedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    DecodingStoppedException() {
        super("Nobody needs the picture any more, or its time is over");
    }
}
