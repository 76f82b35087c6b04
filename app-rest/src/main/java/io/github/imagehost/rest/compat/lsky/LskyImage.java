package io.github.imagehost.rest.compat.lsky;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.github.imagehost.core.view.ImageDetails;
import io.github.imagehost.core.view.UploadedImage;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * An image as it is uploaded.
 *
 * @param key what stands for it in addresses
 * @param name the name in its link
 * @param pathname where the service serves it
 * @param originName what the uploader called it
 * @param size in KiB
 * @param extension in its link, without a dot; empty if the name there has none, as adopted ones may
 * @param md5 of nothing: nobody looks at it
 * @param sha1 likewise
 */
@JsonNaming(SnakeCaseStrategy.class)
record LskyImage(
        String key,
        String name,
        String pathname,
        String originName,
        double size,
        String mimetype,
        String extension,
        String md5,
        String sha1,
        LskyLinks links) {

    /**
     * An image as it is listed.
     *
     * @param humanDate how long ago it was uploaded, for people
     * @param date when that was, in UTC
     */
    @JsonNaming(SnakeCaseStrategy.class)
    record Listed(@JsonUnwrapped LskyImage image, int width, int height, String humanDate, String date) {}

    /** An image that was just uploaded. */
    static LskyImage of(UploadedImage image) {
        return of(image.filename(), image.originalName(), image.fileSize(), image.mimeType(), LskyLinks.of(image));
    }

    /** An image that is listed. */
    static LskyImage of(ImageDetails image, @Nullable String deleteUrl) {
        return of(
                image.filename(),
                image.originalName(),
                image.fileSize(),
                image.mimeType(),
                LskyLinks.of(image, deleteUrl));
    }

    private static LskyImage of(String filename, String originalName, long fileSize, String mimetype, LskyLinks links) {
        int dot = filename.lastIndexOf('.');
        return new LskyImage(
                LskyKey.of(filename),
                filename,
                "i/" + filename,
                originalName,
                kibibytes(fileSize),
                mimetype,
                dot < 0 ? "" : filename.substring(dot + 1),
                "",
                "",
                links);
    }

    /** As this protocol counts bytes. */
    static double kibibytes(long bytes) {
        return bytes / 1024.0;
    }
}
