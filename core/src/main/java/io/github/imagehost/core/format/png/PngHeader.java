package io.github.imagehost.core.format.png;

import io.github.imagehost.core.format.Colours;
import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The first chunk of a PNG (W3C, PNG third edition, 11.2.1).
 *
 * @param width in pixels, at least 1
 * @param height in pixels, at least 1
 * @param bits of a channel
 * @param colourType 0, 2, 3, 4 or 6
 */
record PngHeader(int width, int height, int bits, int colourType, boolean isInterlaced) {

    private static final int LENGTH = 13;
    private static final int PALETTE = 3;

    /** @param in behind the signature */
    static PngHeader read(FormatInput in) throws IOException, MalformedImageException {
        if (in.bigEndian(4) != LENGTH || in.fourCc() != PngChunk.IHDR) {
            throw MalformedImageException.malformed("The PNG does not begin with its header");
        }
        byte[] data = in.bytes(LENGTH);
        PngChunk.requireCrc(PngChunk.IHDR, data, in.bigEndian(PngChunk.CHECKSUM_LENGTH));
        ByteBuffer header = ByteBuffer.wrap(data);
        int width = header.getInt();
        int height = header.getInt();
        int bits = header.get();
        int colourType = header.get();
        int compression = header.get();
        int filtering = header.get();
        int interlacing = header.get();
        if (width < 1
                || height < 1
                || !legalBits(colourType).contains(bits)
                || compression != 0
                || filtering != 0
                || (interlacing & ~1) != 0) {
            throw MalformedImageException.malformed("The header of the PNG is not legal");
        }
        return new PngHeader(width, height, bits, colourType, interlacing == 1);
    }

    private static Set<Integer> legalBits(int colourType) {
        return switch (colourType) {
            case 0 -> Set.of(1, 2, 4, 8, 16);
            case PALETTE -> Set.of(1, 2, 4, 8);
            case 2, 4, 6 -> Set.of(8, 16);
            default -> Set.of();
        };
    }

    boolean needsPalette() {
        return colourType == PALETTE;
    }

    /** How many colours a pixel has as it is shown. */
    int colours() {
        return colourType == 0 || colourType == 4 ? Colours.GREY : Colours.RGB;
    }

    int bitsPerPixel() {
        return bits
                * switch (colourType) {
                    case 2 -> 3;
                    case 4 -> 2;
                    case 6 -> 4;
                    default -> 1;
                };
    }
}
