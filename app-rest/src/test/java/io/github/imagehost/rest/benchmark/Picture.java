package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/**
 * A picture with a number in its comment, by which it differs from all others with the same pixels. Writing another
 * number costs next to nothing, so that whoever makes the load takes little from those that are measured.
 */
final class Picture {

    private static final int DIGITS = 32;
    private static final int BITS_OF_A_DIGIT = 4;
    private static final byte[] NO_DIGITS = "0".repeat(DIGITS).getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DIGIT = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private static final int JPEG_START = 2;
    private static final int JPEG_SEGMENT_HEADER = 4;
    private static final int JPEG_COMMENT = 0xfe;
    private static final int PNG_START = 33;
    private static final int PNG_CHUNK_HEADER = 8;
    private static final String PNG_TYPE = "tEXt";
    private static final byte[] PNG_KEYWORD = "Comment\0".getBytes(StandardCharsets.US_ASCII);

    private final ImageType type;
    private final byte[] bytes;
    private final int commentAt;

    private Picture(ImageType type, byte[] bytes, int commentAt) {
        this.type = type;
        this.bytes = bytes;
        this.commentAt = commentAt;
    }

    /** A JPEG or PNG, with a comment put into it. */
    static Picture of(ImageType type, byte[] bytes) {
        if (type == ImageType.JPEG) {
            return new Picture(
                    type,
                    Pictures.withSegments(bytes, Pictures.segment(JPEG_COMMENT, NO_DIGITS)),
                    JPEG_START + JPEG_SEGMENT_HEADER);
        }
        byte[] comment = TaggedPictures.pngChunk(PNG_TYPE, Pictures.concat(PNG_KEYWORD, NO_DIGITS));
        return new Picture(
                type, Pictures.insert(bytes, PNG_START, comment), PNG_START + PNG_CHUNK_HEADER + PNG_KEYWORD.length);
    }

    ImageType type() {
        return type;
    }

    /** The picture with the number 0; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /**
     * Writes a number into a copy of the picture.
     *
     * @param start where in these bytes the copy begins; they may end behind {@link #numberedLength}
     */
    void number(byte[] target, int start, long number) {
        int at = start + commentAt;
        for (int i = DIGITS - 1; i >= DIGITS - Long.SIZE / BITS_OF_A_DIGIT; i--) {
            int shift = (DIGITS - 1 - i) * BITS_OF_A_DIGIT;
            target[at + i] = DIGIT[(int) (number >>> shift & 0xf)];
        }
        if (type == ImageType.PNG) {
            int from = at - PNG_KEYWORD.length - PNG_TYPE.length();
            CRC32 crc = new CRC32();
            crc.update(target, from, at + DIGITS - from);
            ByteBuffer.wrap(target).putInt(at + DIGITS, (int) crc.getValue());
        }
    }

    /** How many bytes of the picture depend on its number, counted from its beginning. */
    int numberedLength() {
        return commentAt + DIGITS + (type == ImageType.PNG ? Integer.BYTES : 0);
    }
}
