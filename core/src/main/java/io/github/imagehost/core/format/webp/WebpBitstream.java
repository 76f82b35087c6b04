package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;

/**
 * The header of the pixels of a WebP: VP8 (RFC 6386, 9.1) or VP8L (RFC 9649, 3.4).
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
record WebpBitstream(int width, int height, boolean isLossless) {

    static final int VP8 = FormatInput.fourCc("VP8 ");
    static final int VP8L = FormatInput.fourCc("VP8L");

    private static final int VP8_START_CODE = 0x9d012a;
    private static final int VP8L_SIGNATURE = 0x2f;
    private static final int SIZE_MASK = 0x3fff;
    private static final int VP8_HEADER_LENGTH = 10;
    private static final int VP8L_HEADER_LENGTH = 5;

    /** Whether a chunk is one. */
    static boolean is(int type) {
        return type == VP8 || type == VP8L;
    }

    /**
     * Reads the header, and skips the pixels.
     *
     * @param type of the chunk
     * @param length of the chunk's data, which come next
     */
    static WebpBitstream walk(FormatInput in, int type, long length) throws IOException, MalformedImageException {
        int headerLength = type == VP8 ? VP8_HEADER_LENGTH : VP8L_HEADER_LENGTH;
        if (length < headerLength) {
            throw MalformedImageException.truncated();
        }
        WebpBitstream header = type == VP8 ? readVp8(in, length) : readVp8l(in);
        in.skip(length - headerLength);
        return header;
    }

    private static WebpBitstream readVp8(FormatInput in, long length) throws IOException, MalformedImageException {
        long tag = in.littleEndian(3);
        boolean isKeyFrame = (tag & 1) == 0;
        long firstPartition = tag >> 5;
        if (!isKeyFrame || in.bigEndian(3) != VP8_START_CODE) {
            throw MalformedImageException.malformed("The picture in the WebP is not a whole one");
        }
        if (VP8_HEADER_LENGTH + firstPartition > length) {
            throw MalformedImageException.truncated();
        }
        int width = (int) in.littleEndian(2) & SIZE_MASK;
        int height = (int) in.littleEndian(2) & SIZE_MASK;
        if (width == 0 || height == 0) {
            throw MalformedImageException.malformed("The WebP has no pixels");
        }
        return new WebpBitstream(width, height, false);
    }

    private static WebpBitstream readVp8l(FormatInput in) throws IOException, MalformedImageException {
        if (in.read() != VP8L_SIGNATURE) {
            throw MalformedImageException.malformed("The WebP has a picture of an unknown kind");
        }
        int sizes = (int) in.littleEndian(4);
        return new WebpBitstream((sizes & SIZE_MASK) + 1, ((sizes >>> 14) & SIZE_MASK) + 1, true);
    }

    boolean hasSize(int wantedWidth, int wantedHeight) {
        return width == wantedWidth && height == wantedHeight;
    }
}
