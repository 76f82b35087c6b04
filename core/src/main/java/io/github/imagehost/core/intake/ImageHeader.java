package io.github.imagehost.core.intake;

import io.github.imagehost.core.model.ImageType;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * What the header of an image says: recognised by content alone, without decoding a pixel.
 *
 * @param type the format
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 */
record ImageHeader(ImageType type, int width, int height) {

    private static final int JPEG_START_OF_IMAGE = 0xffd8;
    private static final int PNG_SIGNATURE = 0x89504e47;
    private static final int PNG_SIGNATURE_END = 0x0d0a1a0a;
    private static final int PNG_IHDR_LENGTH = 13;
    private static final int GIF_SIGNATURE = 0x47494638;
    private static final int RIFF_SIGNATURE = 0x52494646;
    private static final int VP8_START_CODE = 0x9d012a;
    private static final int VP8L_SIGNATURE = 0x2f;
    private static final int VP8_SIZE_MASK = 0x3fff;

    /**
     * Reads the header at the beginning of a stream.
     *
     * @param in buffered; stays open, somewhere behind the header
     * @return empty if the stream does not begin with the header of a known format, or if that claims no pixels
     * @throws IOException if the stream can't be read
     */
    static Optional<ImageHeader> read(InputStream in) throws IOException {
        DataInputStream data = new DataInputStream(in);
        try {
            int start = data.readUnsignedShort();
            if (start == JPEG_START_OF_IMAGE) {
                return readJpeg(data);
            }
            return switch (start << 16 | data.readUnsignedShort()) {
                case PNG_SIGNATURE -> readPng(data);
                case GIF_SIGNATURE -> readGif(data);
                case RIFF_SIGNATURE -> readWebp(data);
                default -> Optional.empty();
            };
        } catch (EOFException e) {
            return Optional.empty();
        }
    }

    private static Optional<ImageHeader> header(ImageType type, int width, int height) {
        return width > 0 && height > 0 ? Optional.of(new ImageHeader(type, width, height)) : Optional.empty();
    }

    /** PNG specification (W3C, third edition), 5.2 and 11.2.1. */
    private static Optional<ImageHeader> readPng(DataInputStream in) throws IOException {
        if (in.readInt() != PNG_SIGNATURE_END || in.readInt() != PNG_IHDR_LENGTH || in.readInt() != fourCc("IHDR")) {
            return Optional.empty();
        }
        return header(ImageType.PNG, in.readInt(), in.readInt());
    }

    /** GIF89a specification, 17 and 18. */
    private static Optional<ImageHeader> readGif(DataInputStream in) throws IOException {
        int version = in.readUnsignedShort();
        if (version != ('7' << 8 | 'a') && version != ('9' << 8 | 'a')) {
            return Optional.empty();
        }
        return header(ImageType.GIF, readLittleEndian(in, 2), readLittleEndian(in, 2));
    }

    /** ITU-T T.81, B.1.1 and B.2: walks the marker segments up to the frame header. */
    private static Optional<ImageHeader> readJpeg(DataInputStream in) throws IOException {
        while (true) {
            if (in.readUnsignedByte() != 0xff) {
                return Optional.empty();
            }
            int marker = in.readUnsignedByte();
            while (marker == 0xff) {
                marker = in.readUnsignedByte();
            }
            if (isStandalone(marker)) {
                continue;
            }
            int length = in.readUnsignedShort() - 2;
            if (length < 0 || !mayPrecedeFrame(marker)) {
                return Optional.empty();
            }
            if (isFrame(marker)) {
                in.readUnsignedByte();
                int height = in.readUnsignedShort();
                return header(ImageType.JPEG, in.readUnsignedShort(), height);
            }
            in.skipNBytes(length);
        }
    }

    private static boolean isStandalone(int marker) {
        return marker == 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    }

    private static boolean isFrame(int marker) {
        boolean table = marker == 0xc4 || marker == 0xc8 || marker == 0xcc;
        return marker >= 0xc0 && marker <= 0xcf && !table;
    }

    private static boolean mayPrecedeFrame(int marker) {
        boolean scanOrEnd = marker == 0xd8 || marker == 0xd9 || marker == 0xda;
        return marker >= 0xc0 && !scanOrEnd;
    }

    /** WebP container specification (RFC 9649, 2) and the headers of VP8 (RFC 6386, 9.1) and VP8L (RFC 9649, 3.4). */
    private static Optional<ImageHeader> readWebp(DataInputStream in) throws IOException {
        in.skipNBytes(4);
        if (in.readInt() != fourCc("WEBP")) {
            return Optional.empty();
        }
        int chunk = in.readInt();
        in.skipNBytes(4);
        if (chunk == fourCc("VP8X")) {
            in.skipNBytes(4);
            return header(ImageType.WEBP, readLittleEndian(in, 3) + 1, readLittleEndian(in, 3) + 1);
        }
        if (chunk == fourCc("VP8L")) {
            if (in.readUnsignedByte() != VP8L_SIGNATURE) {
                return Optional.empty();
            }
            int sizes = readLittleEndian(in, 4);
            return header(ImageType.WEBP, (sizes & VP8_SIZE_MASK) + 1, ((sizes >>> 14) & VP8_SIZE_MASK) + 1);
        }
        if (chunk == fourCc("VP8 ")) {
            boolean keyFrame = (in.readUnsignedByte() & 1) == 0;
            in.skipNBytes(2);
            int startCode = (in.readUnsignedShort() << 8) | in.readUnsignedByte();
            if (!keyFrame || startCode != VP8_START_CODE) {
                return Optional.empty();
            }
            return header(
                    ImageType.WEBP, readLittleEndian(in, 2) & VP8_SIZE_MASK, readLittleEndian(in, 2) & VP8_SIZE_MASK);
        }
        return Optional.empty();
    }

    private static int fourCc(String name) {
        return name.charAt(0) << 24 | name.charAt(1) << 16 | name.charAt(2) << 8 | name.charAt(3);
    }

    private static int readLittleEndian(DataInputStream in, int bytes) throws IOException {
        int value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= in.readUnsignedByte() << (8 * i);
        }
        return value;
    }
}
