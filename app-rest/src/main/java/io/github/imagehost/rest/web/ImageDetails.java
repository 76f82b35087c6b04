package io.github.imagehost.rest.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;

/** An image as it is listed and looked up. */
@JsonPropertyOrder({
    "id",
    "filename",
    "originalName",
    "url",
    "fileSize",
    "mimeType",
    "uploadTime",
    "updatedAt",
    "fileHash",
    "width",
    "height"
})
record ImageDetails(
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
        int height) {

    static ImageDetails of(Image image, ImageLinks links) {
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
                content.height());
    }
}
