package io.github.imagehost.core.intake.refusal;

/** There was not a single byte. */
public final class EmptyUploadException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    /** For a file without a single byte. */
    public EmptyUploadException() {
        super("file_empty", "The file is empty");
    }
}
