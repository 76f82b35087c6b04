package io.github.imagehost.core.intake.refusal;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes are no image of a format that the {@code UploadPolicy} allows, whatever the file is called. */
public final class UnsupportedImageException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String mediaType;
    private final String allowedMimeTypes;

    /**
     * For a file of a type that is not allowed.
     *
     * @param mediaType what it is, if that is known
     * @param allowedMimeTypes what it may be
     */
    public UnsupportedImageException(Optional<String> mediaType, String allowedMimeTypes) {
        super(
                "unsupported_image",
                "The file is "
                        + mediaType.map(type -> type + ", and not of").orElse("no image of")
                        + " an allowed type (" + allowedMimeTypes + ")");
        this.mediaType = mediaType.orElse(null);
        this.allowedMimeTypes = allowedMimeTypes;
    }

    /** What the bytes look like, as in {@code image/avif}; empty if they look like no image. */
    public Optional<String> mediaType() {
        return Optional.ofNullable(mediaType);
    }

    /** The allowed media types, separated by commas. */
    public String allowedMimeTypes() {
        return allowedMimeTypes;
    }
}
