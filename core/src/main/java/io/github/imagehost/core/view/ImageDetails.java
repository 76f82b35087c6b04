package io.github.imagehost.core.view;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;

/**
 * An image as it is listed and looked up.
 *
 * @param id of the image
 * @param filename the name in its link
 * @param originalName what the uploader called it
 * @param url where everybody who knows it can see the image
 * @param fileSize in bytes
 * @param mimeType of the content
 * @param uploadTime as {@link Timestamps} writes it
 * @param updatedAt as {@link Timestamps} writes it
 * @param fileHash the SHA-256 of the content, 64 lower-case hexadecimal digits
 * @param width in pixels
 * @param height in pixels
 * @param thumbnailUrl where everybody who knows it can see a small version of the image
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
        String thumbnailUrl) {

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
                links.thumbnailUrlOf(image));
    }

    /** Width and height for people, as in {@code 640x480}. */
    public String pixels() {
        return width + "x" + height;
    }
}
