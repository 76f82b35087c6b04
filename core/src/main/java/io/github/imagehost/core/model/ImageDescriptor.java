package io.github.imagehost.core.model;

/**
 * What is known of a picture's content, whoever uploaded it.
 *
 * @param digest the SHA-256 of the bytes as they were uploaded
 * @param size the number of bytes, at least 1
 * @param type the format, recognised by content
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
public record ImageDescriptor(Digest digest, long size, ImageType type, int width, int height) {

    public ImageDescriptor {
        if (size < 1) {
            throw new IllegalArgumentException("An image has at least 1 byte, not " + size);
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("An image has at least 1x1 pixels, not " + width + "x" + height);
        }
    }
}
