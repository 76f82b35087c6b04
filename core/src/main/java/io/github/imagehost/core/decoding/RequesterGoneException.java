package io.github.imagehost.core.decoding;

/** Nobody waits for the answer any more, so the work was given up. Nothing was stored. */
public final class RequesterGoneException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RequesterGoneException() {
        super("Whoever sent the picture does not wait for an answer any more");
    }
}
