package io.github.imagehost.core.transform.scaling;

import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.awt.image.DirectColorModel;
import java.awt.image.Raster;
import java.awt.image.SinglePixelPackedSampleModel;
import java.awt.image.WritableRaster;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Looks like the raster of an image, but gets each row when it is asked for it. The JDK's JPEG writer asks for a child
 * of one row after the other, and its PNG writer for the elements of one, or for its pixels (since JDK 25), from top to
 * bottom, so a picture of any size is encoded in the memory of a few of its rows. The other way round of
 * {@link RowSink}.
 */
final class RowSource extends WritableRaster {

    private final IntFunction<Raster> rows;

    private RowSource(SinglePixelPackedSampleModel model, IntFunction<Raster> rows) {
        super(model, new DataBufferInt(1), new Point());
        this.rows = rows;
    }

    /**
     * An image for a writer.
     *
     * @param like has the same kind of colours
     * @param rows answers the row of a number, from its first pixel on, as a raster that begins at (0, 0)
     */
    static BufferedImage image(int width, int height, BufferedImage like, IntFunction<Raster> rows) {
        DirectColorModel colours = (DirectColorModel) like.getColorModel();
        SinglePixelPackedSampleModel model =
                (SinglePixelPackedSampleModel) like.getSampleModel().createCompatibleSampleModel(width, height);
        return new BufferedImage(colours, new RowSource(model, rows), false, null);
    }

    @Override
    public Raster createChild(int x, int y, int width, int height, int childX, int childY, int @Nullable [] bands) {
        return rows.apply(y).createChild(x, 0, width, 1, childX, childY, bands);
    }

    @Override
    public int[] getPixels(int x, int y, int width, int height, int @Nullable [] target) {
        return rows.apply(y).getPixels(x, 0, width, 1, target);
    }

    @Override
    public Object getDataElements(int x, int y, int width, int height, @Nullable Object target) {
        return rows.apply(y).getDataElements(x, 0, width, 1, target);
    }
}
