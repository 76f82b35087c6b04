package io.github.imagehost.core.view;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.Upload;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an upload.
 *
 * @param id of the image; of a duplicate, this and all the rest but {@code duplicate} is the first upload's
 * @param url where everybody who knows it can see the image, unless it is private
 * @param filename the name in its link
 * @param originalName what the uploader called it
 * @param fileSize in bytes
 * @param uploadTime as {@link Timestamps} writes it
 * @param duplicate whether the owner had the image already
 * @param mimeType of the content
 * @param fileHash the SHA-256 of the content, 64 lower-case hexadecimal digits
 * @param width in pixels
 * @param height in pixels
 * @param thumbnailUrl where everybody who may see the image sees a small version of it
 * @param visibility who may see it: {@code public} or {@code private}
 * @param expiresAt when it ends, as {@link Timestamps} writes it; null if it never does
 * @param viewsLeft how often it may still be seen; null for any number
 * @param deleteUrl where everybody who knows it can delete the image; null if there is no such place
 */
public record UploadedImage(
        long id,
        String url,
        String filename,
        String originalName,
        long fileSize,
        String uploadTime,
        boolean duplicate,
        String mimeType,
        String fileHash,
        int width,
        int height,
        String thumbnailUrl,
        String visibility,
        @Nullable String expiresAt,
        @Nullable Long viewsLeft,
        @Nullable String deleteUrl) {

    /**
     * This upload, with its image under these links.
     *
     * @param deleteUrl where everybody who knows it can delete the image; null if there is no such place
     */
    public static UploadedImage of(Upload upload, ImageLinks links, @Nullable String deleteUrl) {
        Image image = upload.image();
        ImageDescriptor content = image.content();
        return new UploadedImage(
                image.id(),
                links.urlOf(image),
                image.filename(),
                image.originalName(),
                content.size(),
                Timestamps.format(image.uploadedAt()),
                upload.duplicate(),
                content.type().mimeType(),
                content.digest().hex(),
                content.width(),
                content.height(),
                links.thumbnailUrlOf(image),
                image.sharing().visibility().label(),
                image.sharing().expiresAt().map(Timestamps::format).orElse(null),
                image.sharing().viewsLeft().isPresent()
                        ? image.sharing().viewsLeft().getAsLong()
                        : null,
                deleteUrl);
    }
}
