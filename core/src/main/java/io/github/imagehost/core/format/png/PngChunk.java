package io.github.imagehost.core.format.png;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/** What a PNG consists of (W3C, PNG third edition, 5.3): a length, a type, data and their checksum. */
final class PngChunk {

    static final int IHDR = FormatInput.fourCc("IHDR");
    static final int PLTE = FormatInput.fourCc("PLTE");
    static final int IDAT = FormatInput.fourCc("IDAT");
    static final int IEND = FormatInput.fourCc("IEND");
    static final int ACTL = FormatInput.fourCc("acTL");
    static final int FCTL = FormatInput.fourCc("fcTL");
    static final int FDAT = FormatInput.fourCc("fdAT");
    static final int EXIF = FormatInput.fourCc("eXIf");

    static final int CHECKSUM_LENGTH = 4;
    /** Of the length and the type. */
    static final int HEADER_LENGTH = 8;

    private static final int ANCILLARY = 0x20000000;

    private PngChunk() {}

    static boolean isPixels(int type) {
        return type == IDAT || type == FDAT;
    }

    /** Whether a picture may be shown by those who don't know what it means. */
    static boolean isAncillary(int type) {
        return (type & ANCILLARY) != 0;
    }

    /** Four letters. */
    static boolean isType(int type) {
        return new String(bytes(type), StandardCharsets.ISO_8859_1)
                .chars()
                .allMatch(letter -> (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'));
    }

    static void requireCrc(int type, byte[] data, long crc) throws MalformedImageException {
        if (crc != crc(type, data)) {
            throw MalformedImageException.malformed("A chunk of the PNG is damaged");
        }
    }

    private static long crc(int type, byte[] data) {
        CRC32 crc = beginCrc(type);
        crc.update(data);
        return crc.getValue();
    }

    /** A checksum that goes on with the data. */
    static CRC32 beginCrc(int type) {
        CRC32 crc = new CRC32();
        crc.update(bytes(type));
        return crc;
    }

    /** A number of four bytes, the most significant one first. */
    static byte[] bytes(int number) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(0, number).array();
    }

    /** A whole chunk. */
    static byte[] of(int type, byte[] data) {
        return ByteBuffer.allocate(HEADER_LENGTH + data.length + CHECKSUM_LENGTH)
                .putInt(data.length)
                .putInt(type)
                .put(data)
                .putInt((int) crc(type, data))
                .array();
    }
}
