package io.github.imagehost.core.transform;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import java.awt.AlphaComposite;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.RenderedImage;
import java.awt.image.WritableRaster;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.StreamSupport;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageOutputStream;

/** Pictures whose colours are known, in all the kinds that an engine has to render. */
public final class TestPictures {

    private TestPictures() {}

    public static Color colour(String name) {
        return switch (name) {
            case "RED" -> Color.RED;
            case "GREEN" -> Color.GREEN;
            case "BLUE" -> Color.BLUE;
            case "YELLOW" -> Color.YELLOW;
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Red and green above blue and yellow. */
    public static BufferedImage quarters(int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        paint(graphics, Color.RED, 0, 0, width / 2, height / 2);
        paint(graphics, Color.GREEN, width / 2, 0, width, height / 2);
        paint(graphics, Color.BLUE, 0, height / 2, width / 2, height);
        paint(graphics, Color.YELLOW, width / 2, height / 2, width, height);
        graphics.dispose();
        return image;
    }

    public static BufferedImage plain(Color colour, int width, int height, int type) {
        BufferedImage image = new BufferedImage(width, height, type);
        Graphics2D graphics = image.createGraphics();
        graphics.setComposite(AlphaComposite.Src);
        paint(graphics, colour, 0, 0, width, height);
        graphics.dispose();
        return image;
    }

    private static void paint(Graphics2D graphics, Color colour, int left, int top, int right, int bottom) {
        graphics.setColor(colour);
        graphics.fillRect(left, top, right - left, bottom - top);
    }

    /** A row of transparent red pixels, one of opaque blue ones, and so on. */
    static BufferedImage stripesOfRedGlass(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, y % 2 == 0 ? 0x00ff0000 : 0xff3060c8);
            }
        }
        return image;
    }

    /** Two colours side by side, with one bit for each pixel. */
    static BufferedImage palette(Color left, Color right, int width, int height) {
        int[] colours = {left.getRGB(), right.getRGB()};
        IndexColorModel model = new IndexColorModel(1, 2, colours, 0, true, -1, DataBuffer.TYPE_BYTE);
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, model);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setSample(x, y, 0, x < width / 2 ? 0 : 1);
            }
        }
        return image;
    }

    /** 16 bits for each channel. */
    static BufferedImage deep(int red, int green, int blue, int width, int height) {
        ImageTypeSpecifier type = ImageTypeSpecifier.createInterleaved(
                ColorSpace.getInstance(ColorSpace.CS_sRGB), new int[] {0, 1, 2}, DataBuffer.TYPE_USHORT, false, false);
        BufferedImage image = type.createBufferedImage(width, height);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.getRaster().setPixel(x, y, new int[] {red, green, blue});
            }
        }
        return image;
    }

    public static byte[] jpeg(RenderedImage image) {
        return write("jpeg", new IIOImage(image, null, null), ImageWriteParam.MODE_DISABLED);
    }

    static byte[] progressiveJpeg(RenderedImage image) {
        return write("jpeg", new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
    }

    /** A JPEG of four colours, as Adobe writes it: inverted. */
    static byte[] cmykJpeg(int cyan, int magenta, int yellow, int black, int width, int height) {
        WritableRaster raster = Raster.createInterleavedRaster(0, width, height, 4, null);
        int[] inverted = {255 - cyan, 255 - magenta, 255 - yellow, 255 - black};
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                raster.setPixel(x, y, inverted);
            }
        }
        byte[] jpeg = write("jpeg", new IIOImage(raster, null, null), ImageWriteParam.MODE_DISABLED);
        byte[] adobe = concat("Adobe".getBytes(StandardCharsets.US_ASCII), new byte[] {0, 100, 0, 0, 0, 0, 0});
        return Pictures.withSegments(jpeg, Pictures.segment(0xee, adobe));
    }

    public static byte[] withOrientation(byte[] jpeg, int orientation) {
        return Pictures.withSegments(
                jpeg,
                Pictures.segment(
                        0xe1, concat("Exif\0\0".getBytes(StandardCharsets.US_ASCII), exifOrientation(orientation))));
    }

    /** The part of EXIF that all formats share. */
    static byte[] exifOrientation(int orientation) {
        return ByteBuffer.allocate(26)
                .put("MM\0*".getBytes(StandardCharsets.US_ASCII))
                .putInt(8)
                .putShort((short) 1)
                .putShort((short) 0x112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) orientation)
                .array();
    }

    static byte[] withXmp(byte[] jpeg) {
        byte[] xmp = "http://ns.adobe.com/xap/1.0/\0<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"/>"
                .getBytes(StandardCharsets.US_ASCII);
        return Pictures.withSegments(jpeg, Pictures.segment(0xe1, xmp));
    }

    static byte[] withProfile(byte[] jpeg, byte[] profile) {
        byte[] header = "ICC_PROFILE\0\1\1".getBytes(StandardCharsets.US_ASCII);
        return Pictures.withSegments(jpeg, Pictures.segment(0xe2, concat(header, profile)));
    }

    public static byte[] png(RenderedImage image) {
        return write("png", new IIOImage(image, null, null), ImageWriteParam.MODE_DISABLED);
    }

    static byte[] interlacedPng(RenderedImage image) {
        return write("png", new IIOImage(image, null, null), ImageWriteParam.MODE_DEFAULT);
    }

    public static byte[] pngWithProfile(byte[] png, byte[] profile) {
        ByteArrayOutputStream data = new ByteArrayOutputStream();
        data.writeBytes("P\0\0".getBytes(StandardCharsets.US_ASCII));
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(data)) {
            deflater.write(profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return withPngChunk(png, "iCCP", data.toByteArray());
    }

    /** The same PNG with a chunk behind its header. */
    static byte[] withPngChunk(byte[] png, String name, byte[] data) {
        byte[] nameAndData = concat(name.getBytes(StandardCharsets.US_ASCII), data);
        CRC32 checksum = new CRC32();
        checksum.update(nameAndData);
        byte[] chunk = ByteBuffer.allocate(nameAndData.length + 8)
                .putInt(data.length)
                .put(nameAndData)
                .putInt((int) checksum.getValue())
                .array();
        int header = 8 + 25;
        return concat(Arrays.copyOf(png, header), chunk, Arrays.copyOfRange(png, header, png.length));
    }

    /** A GIF with one frame that is smaller than its canvas. */
    static byte[] gifWithSmallFrame(BufferedImage frame, int left, int top, int width, int height) {
        byte[] gif = write("gif", new IIOImage(frame, null, null), ImageWriteParam.MODE_DISABLED);
        ByteBuffer buffer = ByteBuffer.wrap(gif).order(ByteOrder.LITTLE_ENDIAN);
        buffer.putShort(6, (short) width).putShort(8, (short) height);
        int position = 13 + ((gif[10] & 0x80) != 0 ? 3 << ((gif[10] & 7) + 1) : 0);
        while (gif[position] == 0x21) {
            position += 2;
            while (gif[position] != 0) {
                position += 1 + (gif[position] & 0xff);
            }
            position++;
        }
        buffer.putShort(position + 1, (short) left).putShort(position + 3, (short) top);
        return gif;
    }

    public static byte[] lossyWebp(BufferedImage image) {
        return webp(image, "Lossy");
    }

    static byte[] losslessWebp(BufferedImage image) {
        return webp(image, "Lossless");
    }

    private static byte[] webp(BufferedImage image, String kind) {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("webp").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionType(kind);
        return write(writer, new IIOImage(image, null, null), parameters);
    }

    /** The same WebP with its picture in a container that names a colour profile and an orientation. */
    static byte[] extendedWebp(byte[] webp, int width, int height, byte[] profile, int orientation) {
        byte[] canvas = canvas(0b0010_1000 | (hasAlpha(webp) ? 0b1_0000 : 0), width, height);
        return riff(
                chunk("VP8X", canvas),
                chunk("ICCP", profile),
                imageChunks(webp),
                chunk("EXIF", exifOrientation(orientation)));
    }

    /** An animation of two frames; the first is smaller than the canvas. */
    static byte[] animatedWebp(BufferedImage first, int left, int top, BufferedImage second) {
        byte[] canvas = canvas(0b1_0010, second.getWidth(), second.getHeight());
        return riff(
                chunk("VP8X", canvas),
                chunk("ANIM", new byte[6]),
                chunk("ANMF", frame(first, left, top)),
                chunk("ANMF", frame(second, 0, 0)));
    }

    private static byte[] frame(BufferedImage image, int left, int top) {
        byte[] header = ByteBuffer.allocate(16)
                .put(int24(left / 2))
                .put(int24(top / 2))
                .put(int24(image.getWidth() - 1))
                .put(int24(image.getHeight() - 1))
                .put(int24(100))
                .array();
        return concat(header, imageChunks(losslessWebp(image)));
    }

    private static byte[] canvas(int flags, int width, int height) {
        return concat(new byte[] {(byte) flags, 0, 0, 0}, int24(width - 1), int24(height - 1));
    }

    private static byte[] int24(int value) {
        return new byte[] {(byte) value, (byte) (value >> 8), (byte) (value >> 16)};
    }

    private static boolean hasAlpha(byte[] webp) {
        return new String(webp, StandardCharsets.ISO_8859_1).startsWith("VP8L", 12) && (webp[24] & 0x10) != 0;
    }

    /** Without the header of the container. */
    private static byte[] imageChunks(byte[] webp) {
        boolean extended = new String(webp, StandardCharsets.ISO_8859_1).startsWith("VP8X", 12);
        return Arrays.copyOfRange(webp, extended ? 30 : 12, webp.length);
    }

    private static byte[] riff(byte[]... chunks) {
        return chunk("RIFF", concat("WEBP".getBytes(StandardCharsets.US_ASCII), concat(chunks)));
    }

    private static byte[] chunk(String name, byte[] data) {
        return ByteBuffer.allocate(8 + data.length + data.length % 2)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .putInt(data.length)
                .put(data)
                .array();
    }

    /** The profile of Display P3: the curve of sRGB with other primaries. */
    public static byte[] displayP3() {
        ICC_Profile profile = ICC_Profile.getInstance(
                ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData());
        profile.setData(ICC_Profile.icSigRedColorantTag, xyz(0.51512, 0.2412, -0.00105));
        profile.setData(ICC_Profile.icSigGreenColorantTag, xyz(0.29198, 0.69225, 0.04189));
        profile.setData(ICC_Profile.icSigBlueColorantTag, xyz(0.1571, 0.06657, 0.78407));
        return profile.getData();
    }

    private static byte[] xyz(double x, double y, double z) {
        return ByteBuffer.allocate(20)
                .put("XYZ \0\0\0\0".getBytes(StandardCharsets.US_ASCII))
                .putInt((int) Math.round(x * 65536))
                .putInt((int) Math.round(y * 65536))
                .putInt((int) Math.round(z * 65536))
                .array();
    }

    /** Decodes what an engine rendered. */
    public static BufferedImage decode(ImageType type, byte[] bytes) throws IOException {
        String reader = type == ImageType.WEBP ? "com.twelvemonkeys." : "com.sun.imageio.";
        ImageReader chosen = StreamSupport.stream(
                        ((Iterable<ImageReader>) () -> ImageIO.getImageReadersByMIMEType(type.mimeType()))
                                .spliterator(),
                        false)
                .filter(candidate -> candidate.getClass().getName().startsWith(reader))
                .findFirst()
                .orElseThrow();
        try (ImageInputStream in = ImageIO.createImageInputStream(new ByteArrayInputStream(bytes))) {
            chosen.setInput(in);
            return withoutGammaOfGrey(chosen.read(0));
        } finally {
            chosen.dispose();
        }
    }

    /** The peak signal-to-noise ratio of two pictures on black, in decibels; 99 if they are the same. */
    public static double decibels(BufferedImage one, BufferedImage other) {
        double sum = 0;
        for (int y = 0; y < other.getHeight(); y++) {
            for (int x = 0; x < other.getWidth(); x++) {
                for (int shift = 0; shift < 24; shift += 8) {
                    double difference = onBlack(one.getRGB(x, y), shift) - onBlack(other.getRGB(x, y), shift);
                    sum += difference * difference;
                }
            }
        }
        double mean = sum / (3.0 * other.getWidth() * other.getHeight());
        return mean == 0 ? 99 : 10 * Math.log10(255 * 255 / mean);
    }

    private static double onBlack(int pixel, int shift) {
        return (pixel >> shift & 0xff) * (pixel >>> 24) / 255.0;
    }

    /** Java takes grey values for linear ones; nobody else does. */
    private static BufferedImage withoutGammaOfGrey(BufferedImage image) {
        if (image.getType() != BufferedImage.TYPE_BYTE_GRAY) {
            return image;
        }
        BufferedImage coloured = new BufferedImage(image.getWidth(), image.getHeight(), BufferedImage.TYPE_INT_RGB);
        for (int band = 0; band < 3; band++) {
            int[] samples = image.getRaster().getSamples(0, 0, image.getWidth(), image.getHeight(), 0, (int[]) null);
            coloured.getRaster().setSamples(0, 0, image.getWidth(), image.getHeight(), band, samples);
        }
        return coloured;
    }

    private static byte[] write(String format, IIOImage image, int progressiveMode) {
        ImageWriter writer = StreamSupport.stream(
                        ((Iterable<ImageWriter>) () -> ImageIO.getImageWritersByFormatName(format)).spliterator(),
                        false)
                .filter(candidate -> candidate.getClass().getName().startsWith("com.sun.imageio."))
                .findFirst()
                .orElseThrow();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        if (parameters.canWriteProgressive()) {
            parameters.setProgressiveMode(progressiveMode);
        }
        if (format.equals("jpeg")) {
            parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
            parameters.setCompressionQuality(0.95f);
        }
        return write(writer, image, parameters);
    }

    private static byte[] write(ImageWriter writer, IIOImage image, ImageWriteParam parameters) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ImageOutputStream stream = ImageIO.createImageOutputStream(out)) {
            writer.setOutput(stream);
            writer.write(null, image, parameters);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            writer.dispose();
        }
        return out.toByteArray();
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }
}
