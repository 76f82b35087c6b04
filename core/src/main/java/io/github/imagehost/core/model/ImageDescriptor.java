package io.github.imagehost.core.model;

/**
 * What is known of a picture's content, whoever uploaded it.
 *
 * @param digest the SHA-256 of the bytes as they were uploaded
 * @param size the number of bytes, at least 1
 * @param type the format, recognised by content
 * @param width as people see it, in pixels, at least 1
 * @param height as people see it, in pixels, at least 1
 * @param storedDigest the SHA-256 of the bytes in the store: other ones if the intake has removed metadata
 * @param storedSize the number of bytes in the store, at least 1
 */
public record ImageDescriptor(
        Digest digest, long size, ImageType type, int width, int height, Digest storedDigest, long storedSize) {

    public ImageDescriptor {
        if (size < 1 || storedSize < 1) {
            throw new IllegalArgumentException("An image has at least 1 byte, not " + Math.min(size, storedSize));
        }
        if (width < 1 || height < 1) {
            throw new IllegalArgumentException("An image has at least 1x1 pixels, not " + width + "x" + height);
        }
    }

    /** Content that is stored as it was uploaded. */
    public ImageDescriptor(Digest digest, long size, ImageType type, int width, int height) {
        this(digest, size, type, width, height, digest, size);
    }
}
