package io.github.imagehost.core.view;

import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.Upload;
import io.github.imagehost.core.model.Visibility;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is told of an upload.
 *
 * @param id of the image; of a duplicate, this and all the rest but {@code duplicate} is the first upload's; null if
 *     the uploader must not know
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
        @Nullable Long id,
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

    /**
     * This upload, as it is told to somebody who shares the owner with strangers: of a duplicate nothing is told but
     * what is told of a new image. Ids would tell, since new ones are larger than all before.
     *
     * @param originalName what this uploader called it
     * @param uploadedAt when it did so
     */
    public static UploadedImage ofShared(Upload upload, String originalName, Instant uploadedAt, ImageLinks links) {
        UploadedImage told = of(upload, links, null);
        return new UploadedImage(
                null,
                told.url,
                told.filename,
                originalName,
                told.fileSize,
                Timestamps.format(uploadedAt),
                false,
                told.mimeType,
                told.fileHash,
                told.width,
                told.height,
                told.thumbnailUrl,
                Visibility.PUBLIC.label(),
                null,
                null,
                null);
    }
}
