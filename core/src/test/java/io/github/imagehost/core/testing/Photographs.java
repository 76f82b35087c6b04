package io.github.imagehost.core.testing;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Pictures that cost about as much to compress and to decode as a camera's of that many bytes, without metadata. The
 * same size gives the same bytes whenever it is asked for.
 */
public final class Photographs {

    private static final String JPEG = "jpeg";
    private static final String PNG = "png";
    private static final String GIF = "gif";
    /** Together with the grain about 0.4 bytes for a pixel, as a camera's. */
    private static final float CAMERA_QUALITY = 0.9f;

    private static final int GRAIN = 8;
    private static final int SAMPLE_PIXELS = 300_000;
    private static final int REFINEMENTS = 2;

    private Photographs() {}

    /** A baseline JPEG of about this many bytes. */
    public static byte[] jpeg(int size) {
        return ofSize(JPEG, size);
    }

    /** A PNG of about this many bytes. */
    public static byte[] png(int size) {
        return ofSize(PNG, size);
    }

    /** A GIF of about this many bytes, whose colours are dithered. */
    public static byte[] gif(int size) {
        return ofSize(GIF, size);
    }

    /** Finds out how many pixels give that many bytes. */
    private static byte[] ofSize(String format, int size) {
        double pixels = SAMPLE_PIXELS;
        byte[] picture = encode(format, pixels);
        for (int i = 0; i < REFINEMENTS; i++) {
            pixels *= size / (double) picture.length;
            picture = encode(format, pixels);
        }
        return picture;
    }

    private static byte[] encode(String format, double pixels) {
        int height = (int) Math.round(Math.sqrt(pixels * 3 / 4));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (format.equals(JPEG)) {
                parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                parameters.setCompressionQuality(CAMERA_QUALITY);
            }
            writer.write(null, new IIOImage(scene(height * 4 / 3, height), null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Smooth surfaces, edges and the grain of a camera. */
    private static BufferedImage scene(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random grain = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double light = Math.sin(x / 171.0) + Math.cos(y / 97.0) + 0.4 * Math.sin(x * (double) y / 90_000);
                int offset = grain.nextInt(2 * GRAIN + 1) - GRAIN;
                int red = clamp((int) (128 + 40 * light) + offset);
                int green = clamp((int) (110 + 30 * Math.sin(2 * light + x / 700.0)) + offset);
                int blue = clamp((int) (90 + 50 * Math.cos(light + y / 500.0)) + offset);
                image.setRGB(x, y, red << 16 | green << 8 | blue);
            }
        }
        return image;
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
