package io.github.imagehost.core.transform.scaling;

import io.github.imagehost.core.transform.Framing;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.util.Arrays;

/**
 * Makes a picture smaller while its rows come in, each pixel being the average of the block that it stands for. Pixels
 * that only partly belong to a block count for that part, and transparent ones do not colour others. Keeps one row of
 * blocks, so that its memory does not depend on the source's height. For one thread.
 */
public final class BlockAverage {

    /** Parts of a pixel that only come from rounding. */
    private static final double NOTHING = 1e-6;

    private final Framing framing;
    private final int channels;
    private final double blockWidth;
    private final double blockHeight;

    /**
     * For each column of blocks, the pixels in which it begins and ends, and which parts of them do not belong to it.
     */
    private final int[] firstPixel;

    private final int[] lastPixel;
    private final float[] notOfFirst;
    private final float[] notOfLast;

    private final float[] rowSums;
    private final float[] sums;
    private final byte[] samples;
    private int blockRow;

    /** @param sourceWidth the number of pixels in each row that will come in */
    public BlockAverage(Framing framing, int sourceWidth, int channels) {
        this.framing = framing;
        this.channels = channels;
        blockWidth = framing.sourceWidth() / framing.width();
        blockHeight = framing.sourceHeight() / framing.height();
        int blocks = framing.width();
        firstPixel = new int[blocks];
        lastPixel = new int[blocks];
        notOfFirst = new float[blocks];
        notOfLast = new float[blocks];
        for (int block = 0; block < blocks; block++) {
            double begin = framing.left() + block * blockWidth;
            double end = begin + blockWidth;
            firstPixel[block] = (int) (begin + NOTHING);
            lastPixel[block] = Math.min(sourceWidth, (int) Math.ceil(end - NOTHING)) - 1;
            notOfFirst[block] = (float) Math.max(0, begin - firstPixel[block]);
            notOfLast[block] = (float) Math.max(0, lastPixel[block] + 1 - end);
        }
        rowSums = new float[blocks * channels];
        sums = new float[blocks * channels];
        samples = new byte[Math.multiplyExact(blocks * channels, framing.height())];
    }

    /**
     * Takes the next row of the source. Row 0 starts over: a progressive picture comes in several times, and better
     * each time.
     *
     * @param row all pixels of the source's row, the channels of a pixel together
     */
    public void add(int y, byte[] row) {
        if (y == 0) {
            blockRow = 0;
            Arrays.fill(sums, 0);
        }
        double begin = Math.max(y, framing.top());
        double end = Math.min(y + 1, framing.top() + framing.sourceHeight());
        if (end - begin < NOTHING) {
            return;
        }
        sumUpBlocks(row);
        while (end - begin >= NOTHING && blockRow < framing.height()) {
            double endOfBlocks = framing.top() + (blockRow + 1) * blockHeight;
            addRowSums((float) (Math.min(end, endOfBlocks) - begin));
            begin = Math.min(end, endOfBlocks);
            if (endOfBlocks - end < NOTHING) {
                finishBlocks();
            }
        }
    }

    private void sumUpBlocks(byte[] row) {
        for (int block = 0, to = 0; block < firstPixel.length; block++, to += channels) {
            switch (channels) {
                case 1 -> sumUpGrey(row, block, to);
                case 3 -> sumUpRgb(row, block, to);
                default -> sumUpWithAlpha(row, block, to);
            }
        }
    }

    private void sumUpGrey(byte[] row, int block, int to) {
        int first = firstPixel[block];
        int last = lastPixel[block];
        int sum = 0;
        for (int i = first; i <= last; i++) {
            sum += row[i] & 0xff;
        }
        rowSums[to] = sum - notOfFirst[block] * (row[first] & 0xff) - notOfLast[block] * (row[last] & 0xff);
    }

    private void sumUpRgb(byte[] row, int block, int to) {
        int first = firstPixel[block] * 3;
        int last = lastPixel[block] * 3;
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int i = first; i <= last; i += 3) {
            red += row[i] & 0xff;
            green += row[i + 1] & 0xff;
            blue += row[i + 2] & 0xff;
        }
        float begin = notOfFirst[block];
        float end = notOfLast[block];
        rowSums[to] = red - begin * (row[first] & 0xff) - end * (row[last] & 0xff);
        rowSums[to + 1] = green - begin * (row[first + 1] & 0xff) - end * (row[last + 1] & 0xff);
        rowSums[to + 2] = blue - begin * (row[first + 2] & 0xff) - end * (row[last + 2] & 0xff);
    }

    /** Colours are weighed by their alpha. */
    private void sumUpWithAlpha(byte[] row, int block, int to) {
        int first = firstPixel[block] * channels;
        int last = lastPixel[block] * channels;
        int alphaChannel = channels - 1;
        for (int channel = 0; channel < alphaChannel; channel++) {
            long sum = 0;
            for (int i = first; i <= last; i += channels) {
                sum += (long) (row[i + channel] & 0xff) * (row[i + alphaChannel] & 0xff);
            }
            rowSums[to + channel] = sum
                    - notOfFirst[block] * (row[first + channel] & 0xff) * (row[first + alphaChannel] & 0xff)
                    - notOfLast[block] * (row[last + channel] & 0xff) * (row[last + alphaChannel] & 0xff);
        }
        long sum = 0;
        for (int i = first + alphaChannel; i <= last + alphaChannel; i += channels) {
            sum += row[i] & 0xff;
        }
        rowSums[to + alphaChannel] = sum
                - notOfFirst[block] * (row[first + alphaChannel] & 0xff)
                - notOfLast[block] * (row[last + alphaChannel] & 0xff);
    }

    private void addRowSums(float part) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] += part * rowSums[i];
        }
    }

    private void finishBlocks() {
        float area = (float) (blockWidth * blockHeight);
        boolean alpha = channels % 2 == 0;
        int to = blockRow * sums.length;
        for (int from = 0; from < sums.length; from += channels) {
            float opacity = alpha ? sums[from + channels - 1] : 0;
            for (int channel = 0; channel < channels; channel++) {
                boolean weighed = alpha && channel < channels - 1;
                float weight = weighed ? opacity : area;
                samples[to++] = toByte(weight > 0 ? sums[from + channel] / weight : 0);
            }
        }
        Arrays.fill(sums, 0);
        blockRow++;
    }

    private static byte toByte(float value) {
        return (byte) Math.max(0, Math.min(255, Math.round(value)));
    }

    /**
     * What came in, in small.
     *
     * @throws UndecodableImageException if rows are missing
     */
    public Pixels pixels() {
        if (blockRow < framing.height()) {
            throw new UndecodableImageException("The decoder did not give all rows of the picture");
        }
        return new Pixels(framing.width(), framing.height(), channels, samples);
    }
}
