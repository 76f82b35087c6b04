package io.github.imagehost.core.transform.scaling;

import java.awt.Point;
import java.awt.Transparency;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.util.stream.IntStream;

/**
 * Looks like the raster of an image, but passes each row on instead of keeping it. The JDK's JPEG reader sets an image
 * row by row, from top to bottom, so a picture of any size is decoded in the memory of one row, and in less time than
 * one that is kept.
 */
public final class RowSink extends WritableRaster {

    private final BlockAverage rows;

    private RowSink(int width, int height, int channels, BlockAverage rows) {
        super(
                new PixelInterleavedSampleModel(
                        DataBuffer.TYPE_BYTE,
                        width,
                        height,
                        channels,
                        width * channels,
                        IntStream.range(0, channels).toArray()),
                new DataBufferByte(1),
                new Point());
        this.rows = rows;
    }

    /**
     * A destination for a reader.
     *
     * @param channels 1 for grey, 3 for RGB
     */
    public static BufferedImage image(int width, int height, int channels, BlockAverage rows) {
        ComponentColorModel colours = new ComponentColorModel(
                ColorSpace.getInstance(channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB),
                false,
                false,
                Transparency.OPAQUE,
                DataBuffer.TYPE_BYTE);
        return new BufferedImage(colours, new RowSink(width, height, channels, rows), false, null);
    }

    @Override
    public void setRect(int x, int y, Raster row) {
        rows.add(y, ((DataBufferByte) row.getDataBuffer()).getData());
    }
}
