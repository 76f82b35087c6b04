package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MalformedImageException.Defect;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.SlowJpegs;
import io.github.imagehost.core.testing.TaggedPictures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageWalkerTest {

    private static final int WIDTH = Pictures.WIDTH;
    private static final int HEIGHT = Pictures.HEIGHT;
    private static final ImageLimits LIMITS = ImageLimits.DEFAULT;
    private static final String GIF_FRAME = "2c 0000 0000 0100 0100 00 02 02 4401 00";
    private static final String LARGE_GIF_FRAME = "2c 0000 0000 881b 881b 00 02 02 4401 00";
    private static final String GIF_OF_ONE_PIXEL = "474946383961 0100 0100 00 00 00" + GIF_FRAME;

    static Stream<Arguments> pictures() {
        byte[] jpeg = Pictures.uniqueJpeg();
        byte[] bigSegment = Pictures.segment(0xe1, Pictures.randomBytes(65_533));
        byte[] fillBytes = {(byte) 0xff, (byte) 0xff, (byte) 0xff};
        return Stream.of(
                picture("JPEG", jpeg, ImageType.JPEG),
                picture("progressive JPEG", Pictures.progressiveJpeg(WIDTH, HEIGHT), ImageType.JPEG),
                picture(
                        "JPEG with big segments",
                        Pictures.withSegments(jpeg, bigSegment, bigSegment, bigSegment),
                        ImageType.JPEG),
                picture("JPEG with fill bytes", Pictures.withSegments(jpeg, fillBytes), ImageType.JPEG),
                picture("JPEG with bytes between segments", Pictures.withSegments(jpeg, new byte[3]), ImageType.JPEG),
                picture(
                        "JPEG with markers between segments that mean nothing there",
                        Pictures.withSegments(jpeg, bytes("00 ff00 ff01 ffd0 ffd7 ff")),
                        ImageType.JPEG),
                picture(
                        "JPEG that says its number of lines twice",
                        Pictures.withSegments(jpeg, Pictures.segment(0xdc, new byte[] {0, 1})),
                        ImageType.JPEG),
                picture(
                        "JPEG with an empty segment",
                        Pictures.withSegments(jpeg, Pictures.segment(0xfe, new byte[0])),
                        ImageType.JPEG),
                picture("PNG", Pictures.uniquePng(), ImageType.PNG),
                picture("GIF", Pictures.uniqueGif(), ImageType.GIF),
                picture("lossy WebP", Pictures.lossyWebp(), ImageType.WEBP),
                picture("lossless WebP", Pictures.uniqueWebp(), ImageType.WEBP),
                picture("extended WebP", Pictures.extendedWebp(), ImageType.WEBP));
    }

    private static Arguments picture(String name, byte[] bytes, ImageType type) {
        return Arguments.of(Named.of(name, bytes), type);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void recognisesPicturesByTheirContent(byte[] bytes, ImageType type) throws Exception {
        WalkedImage image = Walks.walk(bytes);

        assertThat(image.type()).isEqualTo(type);
        assertThat(image.width()).isEqualTo(WIDTH);
        assertThat(image.height()).isEqualTo(HEIGHT);
        assertThat(image.frames()).isOne();
        assertThat(image.orientation()).isOne();
        assertThat(image.end()).isEqualTo(bytes.length);
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void noBeginningOfAPictureIsAPicture(byte[] bytes, ImageType type) throws Exception {
        for (int length = 0; length < bytes.length; length += Math.max(1, bytes.length / Depth.of(500, 5000))) {
            byte[] beginning = Arrays.copyOf(bytes, length);
            if (length < 12) {
                assertThat(Walks.walk(beginning, LIMITS, MetadataPolicy.KEEP)).isEmpty();
            } else {
                assertThatThrownBy(() -> Walks.walk(beginning))
                        .isInstanceOfSatisfying(
                                MalformedImageException.class,
                                e -> assertThat(e.defect()).isEqualTo(Defect.TRUNCATED));
            }
        }
    }

    /** Whatever is in a file, the walk ends, with one of the exceptions if at all, and never behind the end. */
    @ParameterizedTest
    @EnumSource(ImageType.class)
    void noChangedByteDoesHarm(ImageType type) {
        byte[] picture = TaggedPictures.of(type);
        int[] values = {0, 1, 2, 0x3b, 0x7f, 0x80, 0xd9, 0xda, 0xff};
        int step = Depth.of(3, 1);
        for (int position = 0; position < picture.length; position++) {
            for (int i = position % step; i < values.length; i += step) {
                byte[] changed = picture.clone();
                changed[position] = (byte) values[i];
                try {
                    Walks.walk(changed, LIMITS, MetadataPolicy.STRIP_LOCATION).ifPresent(image -> {
                        assertThat(image.width()).isPositive();
                        assertThat(image.height()).isPositive();
                        assertThat(image.frames()).isPositive();
                        assertThat(image.end()).isBetween(1L, (long) changed.length);
                    });
                } catch (MalformedImageException | ImageLimitException e) {
                    assertThat(e).hasMessageMatching("(The|A|Browsers) .*");
                }
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "3c68746d6c3e3c2f68746d6c3e",
                "424d 3a000000 00000000 36000000 28000000 01000000 01000000",
                "0000001c 66747970 61766966 00000000",
                "25504446 2d312e37 25504446 2d312e37",
                "504b0304 00000000 00000000 00000000",
                "52494646 04000000 41564920 00000000",
                "4749463839",
                ""
            })
    void whatBeginsInAnotherWayIsOfNoKnownFormat(String hex) throws Exception {
        assertThat(Walks.walk(bytes(hex), LIMITS, MetadataPolicy.KEEP)).isEmpty();
    }

    /** A block takes two bits, and in a progressive scan of means one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffd8 ffc0 000b 08 0020 0001 01 011100 ffda 0008 01 0100 00 3f 00 55 ffd9",
                "ffd8 ffc2 000b 08 0040 0001 01 012200 ffda 0008 01 0100 00 00 00 55 ffda 0008 01 0100 01 3f 00 ffd9",
                "ffd8 ffc0 0011 08 0010 0010 03 012200 021100 031100 ffda 000c 03 0100 0200 0300 00 3f 00 5555 ffd9"
            })
    void aJpegHasAsManyBitsAsItsBlocksTakeAtLeast(String hex) throws Exception {
        byte[] jpeg = bytes(hex);

        assertThat(Walks.walk(jpeg).end()).isEqualTo(jpeg.length);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // no pixels, no frame, two frames, a segment without length, markers where none may be
                "ffd8 ffc0 0011 08 0000 0010 03 011100 021100 031100 ffd9",
                "ffd8 ffc0 0011 08 0010 0000 03 011100 021100 031100 ffd9",
                "ffd8 ffd9 0000000000000000",
                "ffd8 ffda 0008 010100003f00 00 ffd9",
                "ffd8 ffc0 000b 08 0001 0001 01 011100 ffc0 000b 08 0001 0001 01 011100 ffd9",
                "ffd8 ffe0 0001 0000000000000000",
                "ffd8 ffd8 ffc0 000b 08 0001 0001 01 011100 ffd9",
                "ffd8 ff4f 0000 000000000000000000",
                // colours without samples, of no name, and without pixels; fewer bits than blocks
                "ffd8 ffc0 000b 08 0001 0001 01 010100 ffda 0008 01 0100 00 3f 00 55 ffd9",
                "ffd8 ffc0 000b 08 0001 0001 01 011500 ffda 0008 01 0100 00 3f 00 55 ffd9",
                "ffd8 ffc0 000b 08 0001 0001 01 011100 ffda 0008 01 0200 00 3f 00 55 ffd9",
                "ffd8 ffc0 0011 08 0001 0001 03 011100 021100 031100 ffda 0008 01 0100 00 3f 00 55 ffd9",
                "ffd8 ffc2 000b 08 0001 0001 01 011100 ffda 0008 01 0100 01 3f 00 55 ffd9",
                "ffd8 ffc0 000b 08 0021 0001 01 011100 ffda 0008 01 0100 00 3f 00 55 ffd9",
                "ffd8 ffc2 000b 08 0041 0001 01 012200 ffda 0008 01 0100 00 00 00 55 ffd9",
                "ffd8 ffc0 0011 08 0010 0010 03 012200 021100 031100 ffda 000c 03 0100 0200 0300 00 3f 00 55 ffd9",
                // a wrong signature, header, checksum; no pixels
                "89504e470a0d1a0a 0000000d 49484452 00000001 00000001",
                "89504e470d0a1a0a 0000000c 49484452 00000001 00000001",
                "89504e470d0a1a0a 0000000d 49444154 00000001 00000001",
                "89504e470d0a1a0a 0000000d 49484452 00000001 00000001 0800000000 00000000",
                "474946383861 0100 0100 00 00 00 3b",
                "474946383961 0000 0100 00 00 00 3b",
                "474946383961 0100 0100 00 00 00 3b",
                "474946383961 0100 0100 00 00 00 aa 3b",
                "474946383961 0100 0100 00 00 00 2c 0000 0000 0000 0100 00 02 02 4401 00 3b",
                "474946383961 0100 0100 00 00 00 2c 0000 0000 0100 0100 00 0c 02 4401 00 3b",
                "52494646 16000000 57454250 56503820 0a000000 110000 9d012a 0100 0100",
                "52494646 16000000 57454250 56503820 0a000000 100000 9d012b 0100 0100",
                "52494646 16000000 57454250 56503820 0a000000 100000 9d012a 0000 0100",
                "52494646 12000000 57454250 5650384c 05000000 2e 00000000 00",
                "52494646 0c000000 57454250 45584946 00000000",
                "52494646 04000000 57454250"
            })
    void whatBreaksTheRulesOfItsFormatIsMalformed(String hex) {
        assertThatThrownBy(() -> Walks.walk(bytes(hex)))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.defect()).isEqualTo(Defect.MALFORMED));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c3", "c9", "ca"})
    void jpegsThatBrowsersDoNotShowAreUnusual(String frame) {
        assertThatThrownBy(() -> Walks.walk(bytes("ffd8 ff" + frame + " 000b 08 0001 0001 01 011100 ffd9")))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.defect()).isEqualTo(Defect.UNUSUAL));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "474946383961 0100 0100 00 00 00 00 0000 21fe 01 41 00 00" + GIF_FRAME + "00 3b",
                "474946383961 0100 0100 00 00 00 21fe 01 41 00 2c 0000 0000 0100 0100 00 01 02 4401 00 3b"
            })
    void oldGifsThatBrowsersShowAreWhole(String hex) throws Exception {
        byte[] gif = bytes(hex);

        assertThat(Walks.walk(gif).end()).isEqualTo(gif.length);
        assertThat(HexFormat.of().formatHex(Walks.copy(gif, MetadataPolicy.STRIP_LOCATION)))
                .contains("21fe0141002c")
                .endsWith("024401003b");
    }

    static Stream<Arguments> bombs() {
        return Stream.of(
                bomb("ffd8 ffc0 0011 08 ffff fffe 03 011100 021100 031100", Excess.SIDE, 30_000),
                bomb("ffd8 ffc0 0011 08 7530 7530 03 011100 021100 031100", Excess.PIXELS, 50_000_000),
                bomb("474946383961 60ea 60ea 00 00 00", Excess.SIDE, 30_000),
                bomb("474946383961 0100 0100 00 00 00 2c 0000 0000 60ea 60ea 00 02 02 4401 00 3b", Excess.SIDE, 30_000),
                bomb("474946383961 1027 1027 00 00 00 00 00", Excess.PIXELS, 50_000_000),
                bomb("474946383961 3075 3075 00 00 00" + LARGE_GIF_FRAME.repeat(50_000), Excess.PIXELS, 50_000_000),
                bomb(GIF_OF_ONE_PIXEL + LARGE_GIF_FRAME.repeat(31), Excess.ANIMATION_PIXELS, 1_500_000_000),
                bomb("474946383961 881b 881b 00 00 00" + GIF_FRAME.repeat(484), Excess.ANIMATION_PIXELS, 1_500_000_000),
                bomb(GIF_OF_ONE_PIXEL + GIF_FRAME.repeat(5000), Excess.FRAMES, 5000),
                bomb("52494646 16000000 57454250 56503858 0a000000 00000000 ffffff feffff", Excess.SIDE, 30_000));
    }

    /** The first has 30, the second as many as viewers copy a canvas of 50 megapixels for. */
    static Stream<String> longAnimations() {
        return Stream.of(
                "474946383961 881b 881b 00 00 00" + LARGE_GIF_FRAME.repeat(30) + "3b",
                "474946383961 881b 881b 00 00 00" + GIF_FRAME.repeat(480) + "3b",
                "474946383961 0005 d002 00 00 00" + "2c 0000 0000 0005 d002 00 02 02 4401 00".repeat(1200) + "3b",
                GIF_OF_ONE_PIXEL + GIF_FRAME.repeat(4999) + "3b");
    }

    @ParameterizedTest
    @MethodSource("longAnimations")
    void anAnimationMayHaveMorePixelsThanAStill(String hex) throws Exception {
        byte[] gif = bytes(hex);

        assertThat(Walks.walk(gif).end()).isEqualTo(gif.length);
    }

    private static Arguments bomb(String hex, Excess excess, long limit) {
        return Arguments.of(hex, excess, limit);
    }

    @ParameterizedTest
    @MethodSource("bombs")
    void whatClaimsTooMuchIsBeyondALimit(String hex, Excess excess, long limit) {
        assertLimit(bytes(hex), excess, limit);
    }

    @Test
    void aPngOfTooManyPixelsIsBeyondALimit() {
        byte[] header = TaggedPictures.pngChunk("IHDR", bytes("00002710 00002710 08 02 00 00 00"));

        assertLimit(Pictures.concat(bytes("89504e470d0a1a0a"), header), Excess.PIXELS, 50_000_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLTE", "IEND", "fcTL"})
    void aChunkOfAFixedLengthHasNoOther(String type) {
        byte[] chunk = TaggedPictures.pngChunk(type, new byte[1000]);

        assertThatThrownBy(() -> Walks.walk(Pictures.insert(Pictures.uniquePng(), 33, chunk)))
                .isInstanceOfSatisfying(
                        MalformedImageException.class,
                        e -> assertThat(e.defect()).isEqualTo(Defect.MALFORMED));
    }

    /** Each of them would be inflated, and only one be counted. */
    @Test
    void thePixelsOfAPngAreInOnePlace() {
        byte[] pixels = TaggedPictures.pngChunk("IDAT", TaggedPictures.deflate(new byte[10]));
        byte[] frame = TaggedPictures.pngChunk("fdAT", new byte[4]);
        byte[] announcement = TaggedPictures.pngChunk("acTL", new byte[8]);
        byte[] picture = Pictures.uniquePng();

        assertThatThrownBy(() -> Walks.walk(Pictures.insert(picture, 33, Pictures.concat(announcement, pixels, frame))))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("The pixels of the PNG are in two places");
    }

    @Test
    void anAnnouncementBehindThePixelsDoesNotEndAnAnimation() throws Exception {
        byte[] control = ByteBuffer.allocate(26).putInt(4, 1).putInt(8, 1).array();
        byte[] frame = TaggedPictures.pngChunk("fcTL", control);
        byte[] announcement = TaggedPictures.pngChunk("acTL", new byte[8]);
        byte[] animated = Pictures.insert(Pictures.png(1, 1), 33, Pictures.concat(announcement, frame));

        byte[] twice = Pictures.insert(animated, animated.length - 12, Pictures.concat(announcement, frame));

        assertThat(Walks.walk(twice).frames()).isEqualTo(2);
        assertThat(Walks.walk(twice).rewrite().size()).isEqualTo(twice.length - announcement.length);
    }

    @ParameterizedTest
    @ValueSource(strings = {"zTXt", "iCCP"})
    void compressedMetadataThatInflatesToTooMuchIsBeyondALimit(String type) {
        byte[] bomb = TaggedPictures.deflate(new byte[LIMITS.maxMetadataBytes() + 1]);
        byte[] chunk = TaggedPictures.pngChunk(type, Pictures.concat(bytes("61 00 00"), bomb));

        assertLimit(Pictures.insert(Pictures.uniquePng(), 33, chunk), Excess.METADATA, LIMITS.maxMetadataBytes());
    }

    @Test
    void tooMuchMetadataIsBeyondALimit() {
        byte[][] segments = new byte[65][];
        Arrays.fill(segments, Pictures.segment(0xe1, new byte[65_533]));

        assertLimit(Pictures.withSegments(Pictures.uniqueJpeg(), segments), Excess.METADATA, LIMITS.maxMetadataBytes());
    }

    @Test
    void tooManyScansAreBeyondALimit() {
        String scan = "ffda 0008 01 0100 00 3f 00 55";
        String frame = "ffd8 ffc2 000b 08 0001 0001 01 011100";

        assertLimit(bytes(frame + scan.repeat(51) + "ffd9"), Excess.SCANS, 50);
    }

    /** What is left out between parts that stay takes more memory than it has bytes. */
    static Stream<byte[]> picturesInManyPieces() {
        byte[] jpeg = Pictures.withSegments(Pictures.uniqueJpeg(), bytes("ff ffdb0002".repeat(1_000_000)));
        byte[] gif = bytes("474946383961 0100 0100 00 00 00" + "21fe014100 00".repeat(1_000_000) + GIF_FRAME + "3b");
        byte[] chunks = Pictures.concat(
                TaggedPictures.pngChunk("tIME", new byte[7]), TaggedPictures.pngChunk("zzZz", new byte[0]));
        byte[] png = Pictures.insert(Pictures.uniquePng(), 33, repeat(chunks, 100_000));
        byte[] webp = Pictures.riff(
                Pictures.chunk("VP8X", bytes("00000000 170000 0f0000")),
                repeat(
                        Pictures.concat(Pictures.chunk("ANIM", new byte[0]), Pictures.chunk("ZZZZ", new byte[0])),
                        100_000),
                Arrays.copyOfRange(Pictures.lossyWebp(), 12, Pictures.lossyWebp().length));
        return Stream.of(jpeg, gif, png, webp);
    }

    private static byte[] repeat(byte[] bytes, int times) {
        byte[][] parts = new byte[times][];
        Arrays.fill(parts, bytes);
        return Pictures.concat(parts);
    }

    @ParameterizedTest
    @MethodSource("picturesInManyPieces")
    void aPictureInTooManyPiecesIsMalformed(byte[] picture) {
        assertThatThrownBy(() -> Walks.walk(picture, LIMITS, MetadataPolicy.STRIP_LOCATION))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("The picture is in too many pieces");
        assertThat(Walks.memoryFor(picture)).isLessThan(10_000_000);
    }

    /** All of the file lies in the buffer by then. */
    @Test
    void aWalkWithoutEndEndsAmongTheCodesOfAScan() {
        byte[] picture = SlowJpegs.withoutEnd(800, 800);
        AtomicInteger checks = new AtomicInteger();
        CancellationException end = new CancellationException();

        assertThatThrownBy(() ->
                        ImageWalker.walkWithoutEnd(PositionalSource.of(picture), LIMITS, MetadataPolicy.KEEP, () -> {
                            if (checks.incrementAndGet() == 25_000) {
                                throw end;
                            }
                        }))
                .isSameAs(end);
        assertThat(checks).hasValue(25_000);
    }

    @Test
    void passesOnThatAFileCannotBeRead() {
        byte[] picture = Pictures.uniquePng();

        PositionalSource broken = new PositionalSource() {
            @Override
            public long size() {
                return picture.length;
            }

            @Override
            public int read(long position, byte[] target, int offset, int length) throws IOException {
                if (position >= 20) {
                    throw new IOException("the source broke off");
                }
                return PositionalSource.of(picture).read(position, target, offset, Math.min(length, 20));
            }
        };

        assertThatThrownBy(() -> ImageWalker.walk(broken, LIMITS, MetadataPolicy.KEEP))
                .isInstanceOf(IOException.class)
                .hasMessage("the source broke off");
    }

    private static void assertLimit(byte[] picture, Excess excess, long limit) {
        assertThatThrownBy(() -> Walks.walk(picture)).isInstanceOfSatisfying(ImageLimitException.class, e -> {
            assertThat(e.excess()).isEqualTo(excess);
            assertThat(e.limit()).isEqualTo(limit);
        });
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
