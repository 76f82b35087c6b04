package io.github.imagehost.core.transform.scaling;

import java.awt.Rectangle;
import java.awt.color.CMMException;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.ColorConvertOp;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferInt;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A small picture in memory. */
public final class Pixels {

    private static final Logger LOG = LoggerFactory.getLogger(Pixels.class);

    private static final ICC_Profile SRGB = ICC_Profile.getInstance(ColorSpace.CS_sRGB);
    private static final int RGB = 3;
    private static final int OPAQUE = 0xff;

    private final int width;
    private final int height;
    private final int channels;
    private final byte[] samples;

    /**
     * Keeps the samples, without a copy.
     *
     * @param channels 1 is grey, 2 grey and alpha, 3 RGB, 4 RGB and alpha
     * @param samples row by row, the channels of a pixel together; alpha is not multiplied in
     */
    public Pixels(int width, int height, int channels, byte[] samples) {
        this.width = width;
        this.height = height;
        this.channels = channels;
        this.samples = samples;
    }

    boolean hasAlpha() {
        return channels % 2 == 0;
    }

    private int colours() {
        return hasAlpha() ? channels - 1 : channels;
    }

    /** A part of the picture. */
    Pixels crop(Rectangle part) {
        byte[] cropped = new byte[part.width * part.height * channels];
        for (int y = 0; y < part.height; y++) {
            int from = ((part.y + y) * width + part.x) * channels;
            System.arraycopy(samples, from, cropped, y * part.width * channels, part.width * channels);
        }
        return new Pixels(part.width, part.height, channels, cropped);
    }

    /** The same picture upright. */
    public Pixels upright(int orientation) {
        if (orientation == 1) {
            return this;
        }
        boolean onItsSide = orientation >= 5;
        int newWidth = onItsSide ? height : width;
        int newHeight = onItsSide ? width : height;
        byte[] turned = new byte[samples.length];
        for (int y = 0, to = 0; y < newHeight; y++) {
            for (int x = 0; x < newWidth; x++, to += channels) {
                int across = onItsSide ? y : x;
                int down = onItsSide ? x : y;
                boolean fromRight = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
                boolean fromBottom = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
                int fromX = fromRight ? width - 1 - across : across;
                int fromY = fromBottom ? height - 1 - down : down;
                System.arraycopy(samples, (fromY * width + fromX) * channels, turned, to, channels);
            }
        }
        return new Pixels(newWidth, newHeight, channels, turned);
    }

    /**
     * The same picture in sRGB.
     *
     * @param from of the colours as they are now; one that is broken or for another kind of colours is ignored, as
     *     viewers do
     */
    public Pixels toSrgb(ICC_Profile from) {
        try {
            int colours = colours();
            if (from.getNumComponents() != colours || new ICC_ColorSpace(from).isCS_sRGB()) {
                return this;
            }
            WritableRaster source = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, colours, null);
            copyChannels(samples, channels, ((DataBufferByte) source.getDataBuffer()).getData(), colours, colours);
            WritableRaster converted = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, width, height, RGB, null);
            new ColorConvertOp(new ICC_Profile[] {from, SRGB}, null).filter(source, converted);
            return withColours(((DataBufferByte) converted.getDataBuffer()).getData());
        } catch (IllegalArgumentException | CMMException e) {
            LOG.debug("A picture's colour profile is unusable, so its colours are taken for sRGB", e);
            return this;
        }
    }

    private Pixels withColours(byte[] rgb) {
        if (!hasAlpha()) {
            return new Pixels(width, height, RGB, rgb);
        }
        byte[] rgba = new byte[width * height * (RGB + 1)];
        copyChannels(rgb, RGB, rgba, RGB + 1, RGB);
        for (int from = channels - 1, to = RGB; to < rgba.length; from += channels, to += RGB + 1) {
            rgba[to] = samples[from];
        }
        return new Pixels(width, height, RGB + 1, rgba);
    }

    private static void copyChannels(byte[] from, int fromStride, byte[] to, int toStride, int count) {
        for (int source = 0, target = 0; source < from.length; source += fromStride, target += toStride) {
            System.arraycopy(from, source, to, target, count);
        }
    }

    /** As an image that shows white where this picture is transparent. */
    public BufferedImage toOpaqueImage() {
        return toImage(BufferedImage.TYPE_INT_RGB);
    }

    /** As an image with an alpha channel, if there is something to see through. */
    public BufferedImage toImage() {
        return toImage(isOpaque() ? BufferedImage.TYPE_INT_RGB : BufferedImage.TYPE_INT_ARGB);
    }

    private boolean isOpaque() {
        if (hasAlpha()) {
            for (int i = channels - 1; i < samples.length; i += channels) {
                if (samples[i] != (byte) OPAQUE) {
                    return false;
                }
            }
        }
        return true;
    }

    /** As an image with or without an alpha channel. */
    public BufferedImage toImage(int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        int[] pixels = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
        boolean coloured = colours() == RGB;
        boolean flatten = hasAlpha() && type == BufferedImage.TYPE_INT_RGB;
        for (int i = 0, from = 0; i < pixels.length; i++, from += channels) {
            int red = samples[from] & OPAQUE;
            int green = coloured ? samples[from + 1] & OPAQUE : red;
            int blue = coloured ? samples[from + 2] & OPAQUE : red;
            int alpha = hasAlpha() ? samples[from + channels - 1] & OPAQUE : OPAQUE;
            if (flatten) {
                red = onWhite(red, alpha);
                green = onWhite(green, alpha);
                blue = onWhite(blue, alpha);
            }
            pixels[i] = (alpha << 24) | (red << 16) | (green << 8) | blue;
        }
        return image;
    }

    private static int onWhite(int colour, int alpha) {
        return (colour * alpha + OPAQUE * (OPAQUE - alpha) + OPAQUE / 2) / OPAQUE;
    }
}
