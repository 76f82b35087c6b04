package io.github.imagehost.core.transform.scaling;

import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.util.Arrays;

/**
 * Passes the rows of a decoded frame on, each as it lies on its canvas, which is transparent around a frame that is
 * smaller. The frame may come in several parts, from top to bottom. For one thread.
 */
public final class CanvasRows {

    private static final int RGB = 3;
    private static final int RGBA = 4;

    private final Rectangle canvas;
    private final Rectangle frame;
    private final int frameChannels;
    private final int[] palette;

    private final int channels;
    private final byte[] row;
    private final BlockAverage average;
    private int nextRow;

    /**
     * @param frame where it lies on its canvas
     * @param part any part of the frame, for its kind of colours
     */
    public CanvasRows(WalkedImage image, Rectangle frame, Framing framing, BufferedImage part) {
        canvas = new Rectangle(image.width(), image.height());
        this.frame = frame;
        ColorModel colours = part.getColorModel();
        palette = colours instanceof IndexColorModel index ? palette(index) : new int[0];
        frameChannels = palette.length > 0
                ? (colours.hasAlpha() ? RGBA : RGB)
                : part.getRaster().getNumBands();
        boolean opaque = frameChannels % 2 == 1;
        channels = opaque && !frame.contains(canvas) ? frameChannels + 1 : frameChannels;
        row = new byte[canvas.width * channels];
        average = new BlockAverage(framing, canvas.width, channels);
    }

    private static int[] palette(IndexColorModel index) {
        int[] colours = new int[index.getMapSize()];
        index.getRGBs(colours);
        return colours;
    }

    /** Takes the next rows of the frame. */
    public void add(Raster part) {
        addEmptyRows(frame.y);
        byte[] samples = new byte[part.getWidth() * frameChannels];
        Object elements = null;
        for (int y = 0; y < part.getHeight() && nextRow < canvas.height; y++) {
            elements = part.getDataElements(part.getMinX(), part.getMinY() + y, part.getWidth(), 1, elements);
            toSamples(elements, part.getTransferType(), samples);
            placeOnCanvas(samples);
            average.add(nextRow++, row);
        }
    }

    private void toSamples(Object elements, int transferType, byte[] samples) {
        if (palette.length > 0) {
            byte[] indices = (byte[]) elements;
            for (int x = 0, to = 0; to < samples.length; x++, to += frameChannels) {
                int index = indices[x] & 0xff;
                int colour = index < palette.length ? palette[index] : 0;
                samples[to] = (byte) (colour >> 16);
                samples[to + 1] = (byte) (colour >> 8);
                samples[to + 2] = (byte) colour;
                if (frameChannels == RGBA) {
                    samples[to + 3] = (byte) (colour >> 24);
                }
            }
        } else if (transferType == DataBuffer.TYPE_USHORT) {
            short[] values = (short[]) elements;
            for (int i = 0; i < samples.length; i++) {
                samples[i] = (byte) (((values[i] & 0xffff) * 255 + 32767) / 65535);
            }
        } else if (transferType == DataBuffer.TYPE_BYTE) {
            System.arraycopy((byte[]) elements, 0, samples, 0, samples.length);
        } else {
            throw new UndecodableImageException("The decoder gives pixels of an unknown kind: " + transferType);
        }
    }

    private void placeOnCanvas(byte[] samples) {
        int width = Math.min(frame.width, canvas.width - frame.x);
        if (channels == frameChannels) {
            if (width > 0) {
                System.arraycopy(samples, 0, row, frame.x * channels, width * channels);
            }
            return;
        }
        for (int x = 0; x < width; x++) {
            int to = (frame.x + x) * channels;
            System.arraycopy(samples, x * frameChannels, row, to, frameChannels);
            row[to + frameChannels] = (byte) 0xff;
        }
    }

    private void addEmptyRows(int end) {
        if (nextRow < end) {
            Arrays.fill(row, (byte) 0);
            while (nextRow < Math.min(end, canvas.height)) {
                average.add(nextRow++, row);
            }
        }
    }

    /** The whole canvas, in small. */
    public Pixels pixels() {
        if (!frame.contains(canvas)) {
            addEmptyRows(canvas.height);
        }
        return average.pixels();
    }
}
