package io.github.imagehost.core.testing;

import io.github.imagehost.core.model.ImageType;
import java.awt.color.ColorSpace;
import java.awt.color.ICC_Profile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/**
 * Pictures that tell, in every place that their format has for it, where they were taken ({@value #PLACE}), and
 * something harmless ({@value #HARMLESS}). They are to be turned by 90 degrees and have a colour profile, as far as
 * their format knows that.
 */
public final class TaggedPictures {

    /** What only their owner may know. */
    public static final String PLACE = "SECRETPLACE";

    /** What anybody may know. */
    public static final String HARMLESS = "HARMLESS";

    /** Turn it by 90 degrees clockwise. */
    public static final int ORIENTATION = 6;

    private static final int PNG_HEADER_LENGTH = 33;
    private static final int GIF_TRAILER_LENGTH = 1;

    private TaggedPictures() {}

    /** A picture of this type. */
    public static byte[] of(ImageType type) {
        return switch (type) {
            case JPEG -> jpeg();
            case PNG -> png();
            case GIF -> gif();
            case WEBP -> webp();
        };
    }

    /** A JPEG as a phone writes it, with another one behind it. */
    public static byte[] jpeg() {
        byte[] second = Pictures.withSegments(Pictures.uniqueJpeg(), exifSegment(ByteOrder.LITTLE_ENDIAN));
        byte[] first = Pictures.withSegments(
                Pictures.uniqueJpeg(),
                exifSegment(ByteOrder.BIG_ENDIAN),
                exifSegment(ByteOrder.LITTLE_ENDIAN),
                Pictures.segment(0xe1, Pictures.concat(ascii("http://ns.adobe.com/xap/1.0/\0"), xmpOfPlace())),
                Pictures.segment(0xe1, Pictures.concat(ascii("http://ns.adobe.com/xap/1.0/\0"), harmlessXmp())),
                Pictures.segment(0xe1, ascii("http://ns.adobe.com/xmp/extension/\0" + PLACE)),
                Pictures.segment(0xed, Pictures.concat(ascii("Photoshop 3.0\0"), iptcOfPlace())),
                Pictures.segment(0xe2, Pictures.concat(ascii("ICC_PROFILE\0"), new byte[] {1, 1}, profile())),
                Pictures.segment(0xe2, ascii("MPF\0" + PLACE)),
                Pictures.segment(0xe7, ascii("SOMETHING" + PLACE)),
                Pictures.segment(0xfe, ascii(HARMLESS)));
        return Pictures.concat(first, second);
    }

    /** A PNG. */
    public static byte[] png() {
        return Pictures.insert(
                Pictures.uniquePng(),
                PNG_HEADER_LENGTH,
                Pictures.concat(
                        pngChunk("iCCP", Pictures.concat(ascii("sRGB\0\0"), deflate(profile()))),
                        pngChunk("eXIf", exif(ByteOrder.LITTLE_ENDIAN)),
                        pngChunk("tEXt", ascii("Raw profile type exif\0" + PLACE)),
                        pngChunk("tEXt", ascii("exif:GPSLatitude\0" + PLACE)),
                        pngChunk("tEXt", ascii("Comment\0" + HARMLESS)),
                        pngChunk("iTXt", Pictures.concat(ascii("XML:com.adobe.xmp\0\0\0\0\0"), xmpOfPlace())),
                        pngChunk("iTXt", Pictures.concat(ascii("XML:com.adobe.xmp\0\1\0\0\0"), deflate(xmpOfPlace()))),
                        pngChunk("caBX", ascii(PLACE))));
    }

    /** A WebP. */
    public static byte[] webp() {
        byte[] canvas = ByteBuffer.allocate(10)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(0b101100)
                .put(new byte[] {Pictures.WIDTH - 1, 0, 0, Pictures.HEIGHT - 1, 0, 0})
                .array();
        byte[] still = Pictures.uniqueWebp();
        byte[] frame = java.util.Arrays.copyOfRange(still, 12, still.length);
        return Pictures.riff(
                Pictures.chunk("VP8X", canvas),
                Pictures.chunk("ICCP", profile()),
                frame,
                Pictures.chunk("EXIF", exif(ByteOrder.LITTLE_ENDIAN)),
                Pictures.chunk("XMP ", xmpOfPlace()),
                Pictures.chunk("MINE", ascii(PLACE)));
    }

    /** A GIF. */
    public static byte[] gif() {
        byte[] gif = Pictures.uniqueGif();
        byte[] xmp = gifXmpOfPlace();
        byte[] unknown = Pictures.concat(
                new byte[] {0x21, (byte) 0xff, 11},
                ascii("UNKNOWN 1.0"),
                new byte[] {(byte) PLACE.length()},
                ascii(PLACE),
                new byte[] {0});
        byte[] comment = Pictures.concat(
                new byte[] {0x21, (byte) 0xfe, (byte) HARMLESS.length()}, ascii(HARMLESS), new byte[] {0});
        return Pictures.insert(gif, gif.length - GIF_TRAILER_LENGTH, Pictures.concat(xmp, unknown, comment));
    }

    /** A block of a GIF that holds XMP. */
    public static byte[] gifXmpOfPlace() {
        return Pictures.concat(
                new byte[] {0x21, (byte) 0xff, 11}, ascii("XMP DataXMP"), xmpOfPlace(), magicTrailer(), new byte[] {0});
    }

    /** A block of Exif metadata: in its directories, behind them, in the maker's notes and in the thumbnail. */
    public static byte[] exif(ByteOrder order) {
        ByteBuffer out = ByteBuffer.allocate(512).order(order);
        byte mark = (byte) (order == ByteOrder.LITTLE_ENDIAN ? 'I' : 'M');
        out.put(mark).put(mark).putShort((short) 42).putInt(8);
        out.putShort((short) 4);
        entry(out, 0x010e, 2, HARMLESS.length(), 200);
        out.putShort((short) 0x0112)
                .putShort((short) 3)
                .putInt(1)
                .putShort((short) ORIENTATION)
                .putShort((short) 0);
        entry(out, 0x8769, 4, 1, 80);
        entry(out, 0x8825, 4, 1, 120);
        out.putInt(160);
        out.position(80).putShort((short) 2);
        entry(out, 0x927c, 7, PLACE.length(), 220);
        entry(out, 0x9003, 2, HARMLESS.length(), 200);
        out.putInt(0);
        out.position(120).putShort((short) 1);
        entry(out, 0x001c, 7, PLACE.length(), 240);
        out.putInt(0);
        out.position(160).putShort((short) 1);
        entry(out, 0x0201, 4, 1, 260);
        out.putInt(0);
        out.position(200).put(ascii(HARMLESS));
        out.position(220).put(ascii(PLACE));
        out.position(240).put(ascii(PLACE));
        out.position(260).put(ascii(PLACE));
        out.position(300).put(ascii(PLACE));
        return out.array();
    }

    /** A chunk of a PNG. */
    public static byte[] pngChunk(String type, byte[] data) {
        CRC32 crc = new CRC32();
        crc.update(ascii(type));
        crc.update(data);
        return ByteBuffer.allocate(12 + data.length)
                .putInt(data.length)
                .put(ascii(type))
                .put(data)
                .putInt((int) crc.getValue())
                .array();
    }

    /** Bytes as PNG compresses them. */
    public static byte[] deflate(byte[] data) {
        Deflater deflater = new Deflater();
        deflater.setInput(data);
        deflater.finish();
        byte[] out = new byte[data.length + 1000];
        int length = deflater.deflate(out);
        deflater.end();
        return java.util.Arrays.copyOf(out, length);
    }

    /** A colour profile. */
    public static byte[] profile() {
        return ICC_Profile.getInstance(ColorSpace.CS_sRGB).getData();
    }

    private static void entry(ByteBuffer out, int tag, int type, int count, int value) {
        out.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }

    private static byte[] exifSegment(ByteOrder order) {
        return Pictures.segment(0xe1, Pictures.concat(ascii("Exif\0\0"), exif(order)));
    }

    private static byte[] xmpOfPlace() {
        return ascii(
                "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><photoshop:City>" + PLACE + "</photoshop:City></x:xmpmeta>");
    }

    private static byte[] harmlessXmp() {
        return ascii("<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><dc:title>" + HARMLESS + "</dc:title></x:xmpmeta>");
    }

    private static byte[] iptcOfPlace() {
        return Pictures.concat(ascii("8BIM"), new byte[] {4, 4, 0, 0, 0, 0, 0, 16, 0x1c, 2, 90, 0, 11}, ascii(PLACE));
    }

    /** Whoever reads XMP as if it were blocks ends here, wherever that began (XMP specification, part 3, 1.1.2). */
    private static byte[] magicTrailer() {
        byte[] trailer = new byte[257];
        trailer[0] = 1;
        for (int i = 1; i < trailer.length; i++) {
            trailer[i] = (byte) (256 - i);
        }
        return trailer;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
