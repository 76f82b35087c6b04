package io.github.imagehost.core.intake;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bytes are no image of a format that the {@link UploadPolicy} allows, whatever the file is called. */
public final class UnsupportedImageException extends UploadRefusedException {

    private static final long serialVersionUID = 1L;

    private final @Nullable String mediaType;
    private final String allowedMimeTypes;

    UnsupportedImageException(Optional<String> mediaType, String allowedMimeTypes) {
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
