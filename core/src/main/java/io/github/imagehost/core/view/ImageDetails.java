package io.github.imagehost.core.view;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import org.jspecify.annotations.Nullable;

/**
 * An image as it is listed and looked up.
 *
 * @param id of the image
 * @param filename the name in its link
 * @param originalName what the uploader called it
 * @param url where everybody who knows it can see the image, unless it is private
 * @param fileSize in bytes
 * @param mimeType of the content
 * @param uploadTime as {@link Timestamps} writes it
 * @param updatedAt as {@link Timestamps} writes it
 * @param fileHash the SHA-256 of the content, 64 lower-case hexadecimal digits
 * @param width in pixels
 * @param height in pixels
 * @param thumbnailUrl where everybody who may see the image sees a small version of it
 * @param visibility who may see it: {@code public} or {@code private}
 * @param expiresAt when it ends, as {@link Timestamps} writes it; null if it never does
 * @param viewsLeft how often it may still be seen; null for any number
 */
public record ImageDetails(
        long id,
        String filename,
        String originalName,
        String url,
        long fileSize,
        String mimeType,
        String uploadTime,
        String updatedAt,
        String fileHash,
        int width,
        int height,
        String thumbnailUrl,
        String visibility,
        @Nullable String expiresAt,
        @Nullable Long viewsLeft) {

    /** This image, under these links. */
    public static ImageDetails of(Image image, ImageLinks links) {
        ImageDescriptor content = image.content();
        return new ImageDetails(
                image.id(),
                image.filename(),
                image.originalName(),
                links.urlOf(image),
                content.size(),
                content.type().mimeType(),
                Timestamps.format(image.uploadedAt()),
                Timestamps.format(image.updatedAt()),
                content.digest().hex(),
                content.width(),
                content.height(),
                links.thumbnailUrlOf(image),
                image.sharing().visibility().label(),
                image.sharing().expiresAt().map(Timestamps::format).orElse(null),
                image.sharing().viewsLeft().isPresent()
                        ? image.sharing().viewsLeft().getAsLong()
                        : null);
    }

    /** Width and height for people, as in {@code 640x480}. */
    public String pixels() {
        return width + "x" + height;
    }
}
