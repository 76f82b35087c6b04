package io.github.imagehost.mysql.row.album;

import java.time.Instant;

/** Where in an album an image is to be, and what the album knows of it. */
public record ImagePlace(long imageId, long position, Instant uploadedAt, boolean shown) {

    /** The place of this image. */
    public static ImagePlace of(FiledImageRow image, long position) {
        return new ImagePlace(image.id(), position, image.uploadedAt(), image.shown());
    }
}
