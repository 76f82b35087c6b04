package io.github.imagehost.rest.benchmark;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/** What the pictures are like. The same kind and size give the same bytes in every process. */
enum PictureKind {
    /** Photographs as cameras compress them, without metadata. */
    JPEG,
    /** The same with a phone's metadata, among them where it was, which the service takes out. */
    PHONE,
    /** The same as PNGs. */
    PNG,
    /** PNGs of noise that is not compressed: many bytes for few pixels. */
    NOISE;

    private static final int EXIF = 0xe1;
    private static final byte[] EXIF_HEADER = "Exif\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final String JPEG_FORMAT = "jpeg";
    private static final String PNG_FORMAT = "png";
    /** Together with the grain about 0.4 bytes for a pixel, as a camera's. */
    private static final float CAMERA_QUALITY = 0.9f;

    private static final int GRAIN = 8;
    private static final int SAMPLE_PIXELS = 300_000;
    private static final int REFINEMENTS = 2;
    private static final int BYTES_OF_A_PIXEL = 3;

    /**
     * A picture.
     *
     * @param size about how many bytes it has
     */
    Picture make(int size) {
        return switch (this) {
            case JPEG -> Picture.of(ImageType.JPEG, photograph(JPEG_FORMAT, size));
            case PHONE -> Picture.of(ImageType.JPEG, Pictures.withSegments(photograph(JPEG_FORMAT, size), exif()));
            case PNG -> Picture.of(ImageType.PNG, photograph(PNG_FORMAT, size));
            case NOISE -> Picture.of(ImageType.PNG, noise(size));
        };
    }

    private static byte[] exif() {
        return Pictures.segment(EXIF, Pictures.concat(EXIF_HEADER, TaggedPictures.exif(ByteOrder.BIG_ENDIAN)));
    }

    /** Finds out how many pixels give that many bytes. */
    private static byte[] photograph(String format, int size) {
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
            if (format.equals(JPEG_FORMAT)) {
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

    private static byte[] noise(int size) {
        int width = (int) Math.sqrt(size / (double) BYTES_OF_A_PIXEL);
        int row = 1 + width * BYTES_OF_A_PIXEL;
        int height = size / row;
        byte[] rows = new byte[height * row];
        new Random(1).nextBytes(rows);
        for (int y = 0; y < height; y++) {
            // no filter
            rows[y * row] = 0;
        }
        byte[] header = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put(new byte[] {8, 2, 0, 0, 0})
                .array();
        return Pictures.concat(
                Pictures.pngSignature(),
                TaggedPictures.pngChunk("IHDR", header),
                TaggedPictures.pngChunk("IDAT", store(rows)),
                TaggedPictures.pngChunk("IEND", new byte[0]));
    }

    private static byte[] store(byte[] bytes) {
        Deflater deflater = new Deflater(Deflater.NO_COMPRESSION);
        deflater.setInput(bytes);
        deflater.finish();
        ByteArrayOutputStream out = new ByteArrayOutputStream(bytes.length + bytes.length / 100);
        byte[] buffer = new byte[64 * 1024];
        while (!deflater.finished()) {
            out.write(buffer, 0, deflater.deflate(buffer));
        }
        deflater.end();
        return out.toByteArray();
    }
}
