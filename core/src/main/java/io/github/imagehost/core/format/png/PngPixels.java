package io.github.imagehost.core.format.png;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import java.io.IOException;

/**
 * Proves that a PNG or APNG has all the pixels of all its frames, and hardly anything behind them. Only counts them, so
 * that the memory is the same for all.
 */
public final class PngPixels {

    private static final int SIGNATURE_LENGTH = 8;
    private static final int SEQUENCE_NUMBER_LENGTH = 4;
    private static final int FRAME_SIZE_LENGTH = 8;
    private static final int BUFFER_SIZE = 8 * 1024;

    private final FormatInput in;
    private final byte[] buffer = new byte[BUFFER_SIZE];
    /** Of the next frame of an animation. */
    private int frameWidth;

    private int frameHeight;
    /** In which chunks the picture comes that was begun, 0 before the first one. */
    private int pictureIsIn;

    private boolean hasStill;

    private PngPixels(FormatInput in) {
        this.in = in;
    }

    /**
     * Looks at all frames.
     *
     * @param file whose structure was found sound by {@link PngWalk}
     * @throws MalformedImageException if pixels are missing in a frame, can't be inflated or do not have the checksum
     *     that they should have, or if much more than them is inflated
     * @throws IOException if the file can't be read
     */
    public static void requireAll(PositionalSource file) throws IOException, MalformedImageException {
        new PngPixels(new FormatInput(file)).requireAll();
    }

    private void requireAll() throws IOException, MalformedImageException {
        in.skip(SIGNATURE_LENGTH);
        PngHeader header = PngHeader.read(in);
        frameWidth = header.width();
        frameHeight = header.height();
        try (PngRows rows = new PngRows(header.bitsPerPixel(), header.isInterlaced())) {
            int type;
            do {
                long length = in.bigEndian(4);
                type = in.fourCc();
                if (type == PngChunk.IDAT) {
                    addStill(rows, header, length);
                } else if (type == PngChunk.FCTL) {
                    beginFrame(rows, length);
                } else if (type == PngChunk.FDAT) {
                    addFrame(rows, length);
                } else {
                    in.skip(length);
                }
                in.skip(PngChunk.CHECKSUM_LENGTH);
            } while (type != PngChunk.IEND);
            rows.end();
        }
    }

    private void addStill(PngRows rows, PngHeader header, long length) throws IOException, MalformedImageException {
        if (pictureIsIn != PngChunk.IDAT) {
            begin(rows, PngChunk.IDAT, header.width(), header.height());
            hasStill = true;
        }
        add(rows, length);
    }

    /** What describes the frame that the still picture is says nothing new. */
    private void beginFrame(PngRows rows, long length) throws IOException, MalformedImageException {
        in.skip(SEQUENCE_NUMBER_LENGTH);
        frameWidth = (int) in.bigEndian(4);
        frameHeight = (int) in.bigEndian(4);
        in.skip(length - SEQUENCE_NUMBER_LENGTH - FRAME_SIZE_LENGTH);
        if (hasStill) {
            begin(rows, PngChunk.FDAT, frameWidth, frameHeight);
        }
    }

    private void addFrame(PngRows rows, long length) throws IOException, MalformedImageException {
        if (length < SEQUENCE_NUMBER_LENGTH) {
            throw MalformedImageException.malformed("The PNG has a frame without a number");
        }
        if (pictureIsIn != PngChunk.FDAT) {
            begin(rows, PngChunk.FDAT, frameWidth, frameHeight);
        }
        in.skip(SEQUENCE_NUMBER_LENGTH);
        add(rows, length - SEQUENCE_NUMBER_LENGTH);
    }

    private void begin(PngRows rows, int newPictureIsIn, int newWidth, int newHeight) throws MalformedImageException {
        if (pictureIsIn != 0) {
            rows.end();
        }
        rows.begin(newWidth, newHeight);
        pictureIsIn = newPictureIsIn;
    }

    private void add(PngRows rows, long length) throws IOException, MalformedImageException {
        long left = length;
        while (left > 0) {
            int count = in.read(buffer, 0, (int) Math.min(left, buffer.length));
            rows.add(buffer, count);
            left -= count;
        }
    }
}
