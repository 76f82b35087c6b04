package io.github.imagehost.core.model;

import java.util.Arrays;
import java.util.Optional;

/** The image formats that the host knows. */
public enum ImageType {
    JPEG("image/jpeg", "jpg"),
    PNG("image/png", "png"),
    GIF("image/gif", "gif"),
    WEBP("image/webp", "webp");

    private final String mimeType;
    private final String extension;

    ImageType(String mimeType, String extension) {
        this.mimeType = mimeType;
        this.extension = extension;
    }

    /** The registered media type, in lower case, as in {@code image/jpeg}. */
    public String mimeType() {
        return mimeType;
    }

    /** The usual file extension, in lower case and without a dot, as in {@code jpg}. */
    public String extension() {
        return extension;
    }

    /**
     * The type with this media type.
     *
     * @param mimeType as {@link #mimeType()} writes it
     * @return empty if the host knows no such type
     */
    public static Optional<ImageType> ofMimeType(String mimeType) {
        return Arrays.stream(values())
                .filter(type -> type.mimeType.equals(mimeType))
                .findFirst();
    }
}
