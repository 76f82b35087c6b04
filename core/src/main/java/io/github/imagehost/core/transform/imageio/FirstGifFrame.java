package io.github.imagehost.core.transform.imageio;

import io.github.imagehost.core.decoding.DecodingStoppedException;
import io.github.imagehost.core.decoding.StopSignal;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.gif.GifFrame;
import io.github.imagehost.core.format.gif.GifFrames;
import io.github.imagehost.core.format.gif.LzwStrings;
import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.UndecodableImageException;
import io.github.imagehost.core.transform.scaling.BlockAverage;
import io.github.imagehost.core.transform.scaling.Pixels;
import java.awt.Rectangle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

/**
 * The first frame of a GIF on its canvas, which is transparent around it, as browsers show it: the background colour
 * counts for nothing, and pixels that the file does not have are transparent. Takes a byte for each pixel that is to be
 * seen. For one thread.
 */
final class FirstGifFrame {

    private static final int RGBA = 4;

    /** Where each pass begins, and how far its rows are from each other (GIF89a specification, appendix E). */
    private static final int[][] INTERLACED = {{0, 8}, {4, 8}, {2, 4}, {1, 2}};

    private static final int[][] NOT_INTERLACED = {{0, 1}};

    private final GifFrame frame;
    private final Rectangle canvas;
    /** Where it lies on the canvas. */
    private final Rectangle visible;

    private final byte[] indices;
    /** How many pixels of each visible row are there, from the left. */
    private final int[] decoded;

    private FirstGifFrame(GifFrame frame, WalkedImage image) {
        this.frame = frame;
        canvas = new Rectangle(image.width(), image.height());
        Rectangle shared = canvas.intersection(new Rectangle(frame.left(), frame.top(), frame.width(), frame.height()));
        visible = shared.isEmpty() ? new Rectangle() : shared;
        indices = new byte[visible.width * visible.height];
        decoded = new int[visible.height];
    }

    /**
     * Decodes it.
     *
     * @param gif in memory
     * @throws UndecodableImageException if its codes make no sense
     * @throws DecodingStoppedException if nobody waits for it any more
     */
    static FirstGifFrame decode(PositionalSource gif, WalkedImage image, StopSignal signal) {
        try {
            GifFrame frame =
                    GifFrames.of(gif).next().orElseThrow(() -> new UndecodableImageException("The GIF has no frame"));
            FirstGifFrame first = new FirstGifFrame(frame, image);
            first.decodeRows(signal);
            return first;
        } catch (MalformedImageException e) {
            throw UndecodableImageException.because(e);
        } catch (IOException e) {
            throw new UncheckedIOException("Bytes in memory can't be read", e);
        }
    }

    private void decodeRows(StopSignal signal) throws IOException, MalformedImageException {
        RowFiller filler = new RowFiller(frame.strings(), frame.width());
        for (int[] pass : frame.isInterlaced() ? INTERLACED : NOT_INTERLACED) {
            for (int y = pass[0]; y < frame.height(); y += pass[1]) {
                signal.check();
                int filled = filler.fillRow();
                keep(filler.row, filled, frame.top() + y - visible.y);
            }
        }
    }

    private void keep(byte[] row, int filled, int y) {
        if (y >= 0 && y < visible.height) {
            decoded[y] = Math.min(filled, visible.width);
            System.arraycopy(row, 0, indices, y * visible.width, decoded[y]);
        }
    }

    /** What is to be seen of it, in small. */
    Pixels in(Framing framing) {
        BlockAverage average = new BlockAverage(framing, canvas.width, RGBA);
        byte[] row = new byte[canvas.width * RGBA];
        for (int y = 0; y < canvas.height; y++) {
            Arrays.fill(row, (byte) 0);
            if (y >= visible.y && y < visible.y + visible.height) {
                paint(y - visible.y, row);
            }
            average.add(y, row);
        }
        return average.pixels();
    }

    private void paint(int y, byte[] row) {
        for (int x = 0, to = visible.x * RGBA; x < decoded[y]; x++, to += RGBA) {
            int colour = frame.colour(indices[y * visible.width + x] & 0xff);
            row[to] = (byte) (colour >> 16);
            row[to + 1] = (byte) (colour >> 8);
            row[to + 2] = (byte) colour;
            row[to + 3] = (byte) (colour >> 24);
        }
    }

    /** Cuts strings into rows. For one thread. */
    private static final class RowFiller {

        private final LzwStrings strings;
        private final byte[] row;
        private final byte[] string = new byte[LzwStrings.LONGEST];
        private int length;
        private int used;
        private boolean ended;

        RowFiller(LzwStrings strings, int width) {
            this.strings = strings;
            row = new byte[width];
        }

        /** How many indices there are for it. */
        int fillRow() throws IOException, MalformedImageException {
            int filled = 0;
            while (filled < row.length && hasIndices()) {
                int count = Math.min(row.length - filled, length - used);
                System.arraycopy(string, used, row, filled, count);
                used += count;
                filled += count;
            }
            return filled;
        }

        private boolean hasIndices() throws IOException, MalformedImageException {
            if (used == length && !ended) {
                length = strings.next();
                used = 0;
                ended = length == 0;
                if (!ended) {
                    strings.copyTo(string);
                }
            }
            return !ended;
        }
    }
}
