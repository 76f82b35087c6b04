package io.github.imagehost.core;

/** There is no such image, or it is deleted, or it is somebody else's: nobody is told which. */
public final class ImageNotFoundException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ImageNotFoundException(String message) {
        super(message);
    }
}
