package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.ImageType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageOutputStream;

/**
 * Small pictures that every viewer opens, and things that are none. No two pictures have the same bytes, unless their
 * method says so.
 */
public final class Pictures {

    /** The width of every picture whose size was not asked for, in pixels. */
    public static final int WIDTH = 24;

    /** The height of every picture whose size was not asked for, in pixels. */
    public static final int HEIGHT = 16;

    /** Written by libwebp; no codec for it comes with the JDK. */
    private static final byte[] LOSSY_FRAME = Base64.getDecoder()
            .decode("0AMAnQEqGAAQAD85jr5TryqnIrAIAeAnCWw7gBjHkLMABs4et/QAAP7aXOMUDig52fZCTSxROjCvc8Xq9TEUS/"
                    + "rnZDqUvBQIZrPyzgUUIKUmPloAAAA=");

    private static final byte[] START_OF_JPEG = {(byte) 0xff, (byte) 0xd8};
    private static final byte COMMENT_MARKER = (byte) 0xfe;
    private static final int SEGMENT_HEADER_LENGTH = 4;
    private static final int END_OF_JPEG_LENGTH = 2;
    private static final int CHANNELS_OF_A_PIXEL = 4;

    private Pictures() {}

    /** A picture of this type. */
    public static byte[] unique(ImageType type) {
        return switch (type) {
            case JPEG -> uniqueJpeg();
            case PNG -> uniquePng();
            case GIF -> uniqueGif();
            case WEBP -> uniqueWebp();
        };
    }

    /** A baseline JPEG. */
    public static byte[] uniqueJpeg() {
        return jpeg(WIDTH, HEIGHT);
    }

    /** A PNG with RGB pixels. */
    public static byte[] uniquePng() {
        return png(WIDTH, HEIGHT);
    }

    /** A GIF with one frame. */
    public static byte[] uniqueGif() {
        return gif(WIDTH, HEIGHT);
    }

    /** A lossless WebP. */
    public static byte[] uniqueWebp() {
        return losslessWebp(WIDTH, HEIGHT);
    }

    /** A baseline JPEG of this many pixels. */
    public static byte[] jpeg(int width, int height) {
        return withComment(write("jpeg", noise(width, height), ImageWriteParam.MODE_DISABLED));
    }

    /** A progressive JPEG of this many pixels. */
    public static byte[] progressiveJpeg(int width, int height) {
        return withComment(write("jpeg", noise(width, height), ImageWriteParam.MODE_DEFAULT));
    }

    /** A PNG of this many pixels. */
    public static byte[] png(int width, int height) {
        return write("png", noise(width, height), ImageWriteParam.MODE_COPY_FROM_METADATA);
    }

    /** A GIF of this many pixels. */
    public static byte[] gif(int width, int height) {
        return write("gif", noise(width, height), ImageWriteParam.MODE_COPY_FROM_METADATA);
    }

    /** A WebP that consists of a lossy frame: the same bytes each time. */
    public static byte[] lossyWebp() {
        return riff(chunk("VP8 ", LOSSY_FRAME));
    }

    /** A lossless WebP of this many pixels. */
    public static byte[] losslessWebp(int width, int height) {
        return riff(chunk("VP8L", losslessFrame(width, height)));
    }

    /** A WebP with a canvas, a lossy frame and XMP metadata. */
    public static byte[] extendedWebp() {
        byte[] canvas = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(1 << 2)
                .put(new byte[] {WIDTH - 1, 0, 0, HEIGHT - 1, 0, 0})
                .array();
        byte[] metadata = ("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\" id=\"" + UUID.randomUUID() + "\"/>")
                .getBytes(StandardCharsets.UTF_8);
        return riff(chunk("VP8X", canvas), chunk("VP8 ", LOSSY_FRAME), chunk("XMP ", metadata));
    }

    /**
     * A JPEG of exactly this many bytes, most of which are as hard to compress as those of a photo.
     *
     * @param bytes at least 2000
     */
    public static byte[] jpegOfSize(int bytes) {
        byte[] picture = uniqueJpeg();
        if (bytes < picture.length) {
            throw new IllegalArgumentException("A JPEG here has at least " + picture.length + " bytes, not " + bytes);
        }
        // decoders skip pixels that are too many
        return insert(picture, picture.length - END_OF_JPEG_LENGTH, pixels(bytes - picture.length));
    }

    /** The same JPEG with these bytes between its start marker and its first segment. */
    public static byte[] withSegments(byte[] jpeg, byte[]... segments) {
        return insert(jpeg, START_OF_JPEG.length, concat(segments));
    }

    /** A JPEG segment; its length is written in front of the data. */
    public static byte[] segment(int marker, byte[] data) {
        return ByteBuffer.allocate(SEGMENT_HEADER_LENGTH + data.length)
                .put((byte) 0xff)
                .put((byte) marker)
                .putShort((short) (data.length + 2))
                .put(data)
                .array();
    }

    /** The beginning of a GIF that claims this many pixels, and nothing else: the same bytes each time. */
    public static byte[] gifHeader(int width, int height) {
        return ByteBuffer.allocate(13)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("GIF89a".getBytes(StandardCharsets.US_ASCII))
                .putShort((short) width)
                .putShort((short) height)
                .array();
    }

    /** A page that a browser would run: the same bytes each time. */
    public static byte[] html() {
        return "<!DOCTYPE html><html><body><script>alert(1)</script></body></html>".getBytes(StandardCharsets.UTF_8);
    }

    /** A vector graphic with a script: the same bytes each time. */
    public static byte[] svg() {
        return ("<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1\" height=\"1\">"
                        + "<script>alert(1)</script></svg>")
                .getBytes(StandardCharsets.UTF_8);
    }

    /** The first eight bytes of every PNG, and nothing else: the same bytes each time. */
    public static byte[] pngSignature() {
        return Arrays.copyOf(uniquePng(), 8);
    }

    /** Bytes that are no picture of any type. */
    public static byte[] randomBytes(int size) {
        byte[] bytes = new byte[size];
        ThreadLocalRandom.current().nextBytes(bytes);
        if (size > 0) {
            bytes[0] = 0;
        }
        return bytes;
    }

    private static BufferedImage noise(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        int[] pixels = ThreadLocalRandom.current().ints((long) width * height).toArray();
        image.setRGB(0, 0, width, height, pixels, 0, width);
        return image;
    }

    private static byte[] write(String format, BufferedImage image, int progressiveMode) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName(format).next();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            ImageWriteParam parameters = writer.getDefaultWriteParam();
            if (parameters.canWriteProgressive()) {
                parameters.setProgressiveMode(progressiveMode);
            }
            writer.write(null, new IIOImage(image, null, null), parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    /** Few pixels may look alike after lossy compression. */
    private static byte[] withComment(byte[] jpeg) {
        byte[] text = UUID.randomUUID().toString().getBytes(StandardCharsets.US_ASCII);
        return withSegments(jpeg, segment(COMMENT_MARKER, text));
    }

    /** Without the byte that markers begin with. */
    private static byte[] pixels(int size) {
        byte[] bytes = randomBytes(size);
        for (int i = 0; i < size; i++) {
            bytes[i] &= 0x7f;
        }
        return bytes;
    }

    /** A WebP that consists of these chunks. */
    public static byte[] riff(byte[]... chunks) {
        return chunk("RIFF", concat("WEBP".getBytes(StandardCharsets.US_ASCII), concat(chunks)));
    }

    /** A chunk of a WebP. */
    public static byte[] chunk(String name, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + data.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** RFC 9649, 3: no transforms, no cache, and two values for each channel, so that each pixel takes four bits. */
    private static byte[] losslessFrame(int width, int height) {
        BitWriter bits = new BitWriter();
        bits.write(0x2f, 8);
        bits.write(width - 1, 14);
        bits.write(height - 1, 14);
        bits.write(0, 1 + 3);
        bits.write(0, 3);
        for (int channel = 0; channel < CHANNELS_OF_A_PIXEL; channel++) {
            bits.write(0b111, 3);
            int darker = ThreadLocalRandom.current().nextInt(128);
            bits.write(darker, 8);
            bits.write(darker + 128, 8);
        }
        bits.write(0b0001, 4);
        for (int bit = 0; bit < width * height * CHANNELS_OF_A_PIXEL; bit++) {
            bits.write(ThreadLocalRandom.current().nextInt(2), 1);
        }
        return bits.bytes();
    }

    /** Some bytes with others between them. */
    public static byte[] insert(byte[] bytes, int offset, byte[] inserted) {
        return concat(Arrays.copyOf(bytes, offset), inserted, Arrays.copyOfRange(bytes, offset, bytes.length));
    }

    /** All of these one after the other. */
    public static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
