package io.github.imagehost.core.format.webp;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;

/**
 * Whether decoding a WebP takes no more memory than its pixels warrant. What is coded without loss may announce up to
 * 65536 groups of five prefix codes, of 20 bits each, and a decoder makes tables of more than 5 KB for each group.
 * Encoders write some tens, whatever the size of the picture.
 */
public final class WebpCodes {

    /** How many bytes the tables for the codes of a picture may take, beside one for each pixel. */
    public static final int FREE_BYTES = 1 << 20;

    private static final int VP8X = FormatInput.fourCc("VP8X");
    private static final int ALPH = FormatInput.fourCc("ALPH");
    private static final int ANMF = FormatInput.fourCc("ANMF");

    private static final int RIFF_HEADER_LENGTH = 12;
    private static final int CHUNK_HEADER_LENGTH = 8;
    private static final int FRAME_HEADER_LENGTH = 16;
    private static final int BITS_OF_SIDE = 14;
    /** A bit for alpha, and three for a version. */
    private static final int BITS_BEHIND_SIDES = 4;

    private static final int COMPRESSION_MASK = 3;

    private final FormatInput in;
    private int width;
    private int height;

    private WebpCodes(FormatInput in) {
        this.in = in;
    }

    /**
     * Looks at everything in a WebP that is coded without loss, up to its first pixel: stills, frames and alpha. Takes
     * a few KB of memory, and time that grows with the size of the file.
     *
     * @param file a WebP as {@link WebpWalk} takes it
     * @throws ImageLimitException if the tables for a frame's codes would take more than {@link #FREE_BYTES} and a byte
     *     for each of its pixels
     * @throws MalformedImageException if what describes the codes makes no sense
     * @throws IOException if the file can't be read
     */
    public static void requireFew(PositionalSource file)
            throws IOException, MalformedImageException, ImageLimitException {
        new WebpCodes(new FormatInput(file)).requireFew();
    }

    private void requireFew() throws IOException, MalformedImageException, ImageLimitException {
        in.skip(RIFF_HEADER_LENGTH);
        long endOfFrame = 0;
        while (in.size() - in.position() >= CHUNK_HEADER_LENGTH) {
            long start = in.position();
            int type = in.fourCc();
            long length = in.littleEndian(4);
            long end = in.position() + length + length % 2;
            if (type == VP8X && start == RIFF_HEADER_LENGTH) {
                in.skip(4);
                readSides();
            } else if (type == ANMF && start >= endOfFrame) {
                endOfFrame = end;
                // what the frame consists of follows its header
                end = in.position() + FRAME_HEADER_LENGTH;
                in.skip(6);
                readSides();
            } else if (type == WebpBitstream.VP8L) {
                in.read();
                LosslessBits bits = new LosslessBits(in, length - 1);
                width = 1 + bits.read(BITS_OF_SIDE);
                height = 1 + bits.read(BITS_OF_SIDE);
                bits.read(BITS_BEHIND_SIDES);
                requireFew(bits);
            } else if (type == ALPH && length > 0 && (in.read() & COMPRESSION_MASK) == 1) {
                requireFew(new LosslessBits(in, length - 1));
            }
            in.skip(Math.min(end, in.size()) - in.position());
        }
    }

    private void readSides() throws IOException, MalformedImageException {
        width = 1 + (int) in.littleEndian(3);
        height = 1 + (int) in.littleEndian(3);
    }

    private void requireFew(LosslessBits bits) throws IOException, MalformedImageException, ImageLimitException {
        new LosslessCodes(bits, FREE_BYTES + (long) width * height).requireFew(width, height);
    }
}
