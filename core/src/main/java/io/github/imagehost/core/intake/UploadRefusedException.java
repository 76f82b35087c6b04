package io.github.imagehost.core.intake;

/** An upload was refused because of what it is; the same bytes will be refused again. Nothing was stored. */
public abstract sealed class UploadRefusedException extends RuntimeException
        permits EmptyUploadException, UploadTooLargeException, UnsupportedImageException {

    private static final long serialVersionUID = 1L;

    UploadRefusedException(String message) {
        super(message);
    }
}
