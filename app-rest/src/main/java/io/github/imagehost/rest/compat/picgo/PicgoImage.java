package io.github.imagehost.rest.compat.picgo;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.view.UploadedImage;
import org.jspecify.annotations.Nullable;

/**
 * An uploaded image, as clients keep it and send it back when it is to be deleted.
 *
 * @param fileName what the uploader called it
 * @param extname the extension in its link, with its dot; empty if the name there has none, as adopted ones may
 * @param type of what stores it
 * @param id of the image; absent if the uploader must not know
 * @param deleteUrl where everybody who knows it can delete the image; absent if there is no such place
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PicgoImage(
        String fileName,
        String extname,
        int width,
        int height,
        long size,
        String mimeType,
        String imgUrl,
        String thumbnailUrl,
        String type,
        @Nullable Long id,
        @Nullable String deleteUrl) {

    static PicgoImage of(UploadedImage image) {
        int dot = image.filename().lastIndexOf('.');
        return new PicgoImage(
                image.originalName(),
                dot < 0 ? "" : image.filename().substring(dot),
                image.width(),
                image.height(),
                image.fileSize(),
                image.mimeType(),
                image.url(),
                image.thumbnailUrl(),
                "imagehost",
                image.id(),
                image.deleteUrl());
    }
}
