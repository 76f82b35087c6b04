package io.github.imagehost.core.format;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.JpegVariety;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;

/** What fuzzing begins with: small files that reach much of the code. */
public final class FuzzSeeds {

    private static final int PNG_HEADER_END = 33;
    private static final int PNG_END_LENGTH = 12;

    private static final String POINTING_XMP = "http://ns.adobe.com/xap/1.0/\0"
            + "<x:xmpmeta xmlns:x='adobe:ns:meta/' xmlns:G='http://ns.google.com/photos/1.0/camera/'"
            + " xmlns:h='http://ns.adobe.com/hdr-gain-map/1.0/' G:MotionPhoto='1'><h:Version>1</h:Version></x:xmpmeta>";

    private FuzzSeeds() {}

    public static Stream<byte[]> jpegs() {
        return Stream.of(
                TaggedPictures.jpeg(),
                Pictures.jpeg(8, 8),
                Pictures.progressiveJpeg(8, 8),
                withoutEnd(JpegVariety.RESTARTED.picture(16, 16), 2),
                withoutEnd(JpegVariety.PROGRESSIVE.picture(16, 16), 2),
                Pictures.withSegments(Pictures.jpeg(8, 8), Pictures.segment(0xe1, POINTING_XMP.getBytes(US_ASCII))),
                Pictures.withSegments(Pictures.jpeg(8, 8), bytes("00 ff00 ffd0 ffffff ffdd 0004 0001 ffdc 0004 0008")));
    }

    public static Stream<byte[]> pngs() {
        byte[] png = Pictures.png(2, 2);
        byte[] frame = bytes("00000000 00000002 00000002 00000000 00000000 0001 0001 00 00");
        byte[] beforePixels = Pictures.concat(
                TaggedPictures.pngChunk("acTL", bytes("00000002 00000000")), TaggedPictures.pngChunk("fcTL", frame));
        byte[] afterPixels = Pictures.concat(
                TaggedPictures.pngChunk("fcTL", frame), TaggedPictures.pngChunk("fdAT", bytes("00000002 789c")));
        byte[] animated = Pictures.insert(png, png.length - PNG_END_LENGTH, afterPixels);
        byte[] wholeFrame = TaggedPictures.pngChunk(
                "fdAT", Pictures.concat(bytes("00000002"), TaggedPictures.deflate(new byte[14])));
        byte[] wholeAnimation = Pictures.insert(
                png, png.length - PNG_END_LENGTH, Pictures.concat(TaggedPictures.pngChunk("fcTL", frame), wholeFrame));
        byte[] compressedText = TaggedPictures.pngChunk(
                "zTXt", Pictures.concat("Title\0\0".getBytes(US_ASCII), TaggedPictures.deflate(new byte[9])));
        return Stream.of(
                TaggedPictures.png(),
                png,
                Pictures.insert(wholeAnimation, PNG_HEADER_END, beforePixels),
                withoutEnd(png, PNG_END_LENGTH),
                withoutEnd(png, PNG_END_LENGTH + 1),
                Pictures.insert(animated, PNG_HEADER_END, beforePixels),
                Pictures.insert(png, PNG_HEADER_END, compressedText));
    }

    public static Stream<byte[]> gifs() {
        String frame = "21f9 04 00000000 00 2c 0000 0000 0100 0100 00 02 02 4401 00";
        String repeat = "21ff 0b 4e45545343415045322e30 03 01 0000 00";
        return Stream.of(
                TaggedPictures.gif(),
                Pictures.gif(2, 2),
                Gifs.gif(2, 2, Gifs.transparent(1), Gifs.interlacedFrame(0, 0, 2, 2, Gifs.lzw(2, new byte[4], 9))),
                withoutEnd(Pictures.gif(2, 2), 2),
                bytes("474946383961 0100 0100 00 ff 00 2c 0000 0000 0100 0100 00 02 00 3b"),
                bytes("474946383961 0100 0100 80 00 00 000000 ffffff" + repeat + frame + "21fe 01 41 00" + frame
                        + "3b"));
    }

    public static Stream<byte[]> webps() {
        byte[] still = Pictures.losslessWebp(2, 2);
        byte[] frame = Pictures.chunk(
                "ANMF", Pictures.concat(bytes("000000 000000 010000 010000 640000 00"), withoutHeader(still)));
        byte[] lossy = Pictures.chunk(
                "ANMF",
                Pictures.concat(
                        bytes("000000 000000 170000 0f0000 640000 00"),
                        Pictures.chunk("ALPH", new byte[3]),
                        withoutHeader(Pictures.lossyWebp())));
        return Stream.of(
                TaggedPictures.webp(),
                still,
                Pictures.lossyWebp(),
                Pictures.extendedWebp(),
                LosslessWebps.still(9, 9, 2),
                LosslessWebps.withAlpha(2),
                LosslessWebps.transformed(9, 9, 1),
                Pictures.riff(
                        Pictures.chunk("VP8X", bytes("12000000 170000 0f0000")),
                        Pictures.chunk("ANIM", new byte[6]),
                        frame,
                        lossy));
    }

    /** Blocks of Exif. */
    static Stream<byte[]> exifs() {
        byte[] interoperability = ByteBuffer.allocate(80)
                .put(bytes("4d4d 002a 00000008 0001 8769 0004 00000001 0000001a 00000000"))
                .put(bytes("0001 a005 0004 00000001 0000002c 00000000"))
                .put(bytes("0001 0001 0002 00000004 52393800 00000000"))
                .array();
        return Stream.of(
                TaggedPictures.exif(ByteOrder.LITTLE_ENDIAN),
                TaggedPictures.exif(ByteOrder.BIG_ENDIAN),
                interoperability);
    }

    private static byte[] withoutEnd(byte[] picture, int length) {
        return Arrays.copyOf(picture, picture.length - length);
    }

    private static byte[] withoutHeader(byte[] webp) {
        int length = "RIFF....WEBP".length();
        return Arrays.copyOfRange(webp, length, webp.length);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
