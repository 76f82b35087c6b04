package io.github.imagehost.core.intake.refusal;

/** There are more bytes than the {@code UploadPolicy} allows; reading stopped where that was clear. */
public final class UploadTooLargeException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    private final long maxFileSize;

    /** @param maxFileSize how many bytes there may be */
    public UploadTooLargeException(long maxFileSize) {
        super("file_too_large", "The file is larger than " + maxFileSize + " bytes");
        this.maxFileSize = maxFileSize;
    }

    /** The largest file that is allowed, in bytes. */
    public long maxFileSize() {
        return maxFileSize;
    }
}
