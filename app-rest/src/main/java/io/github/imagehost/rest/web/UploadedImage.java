package io.github.imagehost.rest.web;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import io.github.imagehost.core.ImageLinks;
import io.github.imagehost.core.model.Image;
import io.github.imagehost.core.model.ImageDescriptor;
import io.github.imagehost.core.model.Upload;

/** What an upload is answered with; of a duplicate it describes the first upload. */
@JsonPropertyOrder({
    "id",
    "url",
    "filename",
    "originalName",
    "fileSize",
    "uploadTime",
    "duplicate",
    "mimeType",
    "fileHash",
    "width",
    "height"
})
record UploadedImage(
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
        int height) {

    static UploadedImage of(Upload upload, ImageLinks links) {
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
                content.height());
    }
}
