package io.github.imagehost.core.intake;

/** There was not a single byte. */
public final class EmptyUploadException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    EmptyUploadException() {
        super("file_empty", "The file is empty");
    }
}
