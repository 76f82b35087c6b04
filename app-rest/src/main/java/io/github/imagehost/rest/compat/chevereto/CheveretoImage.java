package io.github.imagehost.rest.compat.chevereto;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.github.imagehost.core.view.UploadedImage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An uploaded image.
 *
 * @param name the name in its link without the extension
 * @param extension that one without its dot; empty if the name there has none, as adopted ones may
 * @param date when it was uploaded, in UTC
 * @param filename the name in its link
 * @param originalFilename what the uploader called it
 * @param idEncoded of the image; absent if the uploader must not know
 * @param urlViewer where people see it, which is the picture itself
 * @param displayUrl likewise
 * @param deleteUrl where everybody who knows it can delete the image; absent if there is no such place
 */
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record CheveretoImage(
        String name,
        String extension,
        long size,
        int width,
        int height,
        String date,
        String dateGmt,
        String mime,
        String filename,
        String originalFilename,
        @Nullable String idEncoded,
        String url,
        String urlViewer,
        String displayUrl,
        Rendition image,
        Rendition thumb,
        Rendition medium,
        @Nullable String deleteUrl) {

    /** One of the sizes of an image. */
    record Rendition(String filename, String mime, String url) {}

    static CheveretoImage of(UploadedImage image) {
        int dot = image.filename().lastIndexOf('.');
        String date =
                image.uploadTime().substring(0, "2026-01-31T16:00:00".length()).replace('T', ' ');
        Rendition thumbnail = new Rendition(image.filename(), image.mimeType(), image.thumbnailUrl());
        Rendition original = new Rendition(image.filename(), image.mimeType(), image.url());
        return new CheveretoImage(
                dot < 0 ? image.filename() : image.filename().substring(0, dot),
                dot < 0 ? "" : image.filename().substring(dot + 1),
                image.fileSize(),
                image.width(),
                image.height(),
                date,
                date,
                image.mimeType(),
                image.filename(),
                image.originalName(),
                image.id() == null ? null : String.valueOf(image.id()),
                image.url(),
                image.url(),
                image.url(),
                original,
                thumbnail,
                original,
                image.deleteUrl());
    }
}
