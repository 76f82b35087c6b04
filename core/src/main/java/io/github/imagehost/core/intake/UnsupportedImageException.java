package io.github.imagehost.core.intake;

/** The bytes are no image of a format that the {@link UploadPolicy} allows, whatever the file is called. */
public final class UnsupportedImageException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    private final String allowedMimeTypes;

    UnsupportedImageException(String allowedMimeTypes) {
        super("unsupported_image", "The file is no image of an allowed type (" + allowedMimeTypes + ")");
        this.allowedMimeTypes = allowedMimeTypes;
    }

    /** The allowed media types, separated by commas. */
    public String allowedMimeTypes() {
        return allowedMimeTypes;
    }
}
