package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.BrokenInputStream;
import io.github.imagehost.core.testing.Pictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageHeaderTest {

    private static final int WIDTH = Pictures.WIDTH;
    private static final int HEIGHT = Pictures.HEIGHT;

    static Stream<Arguments> pictures() {
        byte[] jpeg = Pictures.uniqueJpeg();
        byte[] bigSegment = Pictures.segment(0xe1, Pictures.randomBytes(65_533));
        byte[] fillBytes = {(byte) 0xff, (byte) 0xff, (byte) 0xff};
        byte[] emptySegment = Pictures.segment(0xfe, new byte[0]);
        byte[] standaloneMarker = {(byte) 0xff, 0x01};
        return Stream.of(
                picture("JPEG", jpeg, ImageType.JPEG),
                picture("progressive JPEG", Pictures.progressiveJpeg(WIDTH, HEIGHT), ImageType.JPEG),
                picture(
                        "JPEG with big segments",
                        Pictures.withSegments(jpeg, bigSegment, bigSegment, bigSegment),
                        ImageType.JPEG),
                picture("JPEG with fill bytes", Pictures.withSegments(jpeg, fillBytes), ImageType.JPEG),
                picture("JPEG with an empty segment", Pictures.withSegments(jpeg, emptySegment), ImageType.JPEG),
                picture(
                        "JPEG with a marker without length",
                        Pictures.withSegments(jpeg, standaloneMarker),
                        ImageType.JPEG),
                picture("PNG", Pictures.uniquePng(), ImageType.PNG),
                picture("GIF", Pictures.uniqueGif(), ImageType.GIF),
                picture("lossy WebP", Pictures.lossyWebp(), ImageType.WEBP),
                picture("lossless WebP", Pictures.uniqueWebp(), ImageType.WEBP),
                picture("extended WebP", Pictures.extendedWebp(), ImageType.WEBP));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void recognisesPicturesByTheirContent(byte[] bytes, ImageType type) throws IOException {
        assertThat(read(bytes)).contains(new ImageHeader(type, WIDTH, HEIGHT));
    }

    @ParameterizedTest
    @MethodSource("pictures")
    void aTruncatedHeaderIsNoneAndNothingBehindAHeaderMatters(byte[] bytes, ImageType type) throws IOException {
        Optional<ImageHeader> whole = read(bytes);
        int headerLength = 0;
        while (headerLength < bytes.length && readFirst(bytes, headerLength).isEmpty()) {
            headerLength++;
        }

        for (int length = headerLength; length < Math.min(bytes.length, headerLength + 100); length++) {
            assertThat(readFirst(bytes, length)).isEqualTo(whole);
        }
        assertThat(readFromABrokenSource(bytes, headerLength)).isEqualTo(whole);
        int justTooShort = headerLength - 1;
        assertThatThrownBy(() -> readFromABrokenSource(bytes, justTooShort))
                .isInstanceOf(IOException.class)
                .hasMessage("the source broke off");
    }

    @ParameterizedTest
    @CsvSource({"PNG, 24", "GIF, 10", "WEBP, 25"})
    void needsOnlyTheFirstBytes(ImageType type, int headerLength) throws IOException {
        byte[] bytes = Pictures.unique(type);

        assertThat(read(Arrays.copyOf(bytes, headerLength - 1))).isEmpty();
        assertThat(read(Arrays.copyOf(bytes, headerLength))).isPresent();
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void noBytesThatFollowTheFirstOnesMakeItFail(ImageType type) throws IOException {
        byte[] bytes = Arrays.copyOf(Pictures.unique(type), 40);
        for (int position = 0; position < bytes.length; position++) {
            for (int value = 0; value < 256; value++) {
                byte[] changed = bytes.clone();
                changed[position] = (byte) value;

                read(changed).ifPresent(header -> {
                    assertThat(header.width()).isPositive();
                    assertThat(header.height()).isPositive();
                });
            }
        }
    }

    @Test
    void readsTheLargestSizesOfEachFormat() throws IOException {
        assertThat(readHex("ffd8 ffc0 0011 08 ffff fffe 03")).contains(new ImageHeader(ImageType.JPEG, 65_534, 65_535));
        assertThat(readHex("89504e470d0a1a0a 0000000d 49484452 7fffffff 7ffffffe"))
                .contains(new ImageHeader(ImageType.PNG, Integer.MAX_VALUE, Integer.MAX_VALUE - 1));
        assertThat(readHex("474946383761 ffff feff")).contains(new ImageHeader(ImageType.GIF, 65_535, 65_534));
        assertThat(readHex("52494646 00000000 57454250 56503820 00000000 100000 9d012a ffff feff"))
                .contains(new ImageHeader(ImageType.WEBP, 16_383, 16_382));
        assertThat(readHex("52494646 00000000 57454250 5650384c 00000000 2f ffbfff0f"))
                .contains(new ImageHeader(ImageType.WEBP, 16_384, 16_383));
        assertThat(readHex("52494646 00000000 57454250 56503858 0a000000 00000000 ffffff feffff"))
                .contains(new ImageHeader(ImageType.WEBP, 16_777_216, 16_777_215));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffd8 ffc0 0011 08 0000 0010 03",
                "ffd8 ffc0 0011 08 0010 0000 03",
                "89504e470d0a1a0a 0000000d 49484452 00000000 00000001",
                "89504e470d0a1a0a 0000000d 49484452 00000001 00000000",
                "89504e470d0a1a0a 0000000d 49484452 80000000 00000001",
                "89504e470d0a1a0a 0000000d 49484452 00000001 ffffffff",
                "474946383961 0000 0100",
                "474946383961 0100 0000",
                "52494646 00000000 57454250 56503820 00000000 100000 9d012a 0000 0100",
                "52494646 00000000 57454250 56503820 00000000 100000 9d012a 0100 00c0"
            })
    void refusesPicturesWithoutPixels(String hex) throws IOException {
        assertThat(readHex(hex)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff",
                "ffd8",
                "ffd8 ffd9",
                "ffd8 ffda 0008 010100003f00",
                "ffd8 ffd8 ffc0 0011 08 0010 0010 03",
                "ffd8 ffe0 0001 ffc0 0011 08 0010 0010 03",
                "ffd8 ffe0 0000 ffc0 0011 08 0010 0010 03",
                "ffd8 00 ffc0 0011 08 0010 0010 03",
                "ffd8 ff00 ffc0 0011 08 0010 0010 03",
                "ffd8 ff4f ffc0 0011 08 0010 0010 03",
                "ffd8 ffc4 0011 08 0010 0010 03",
                "89504e470d0a1a0a",
                "89504e470d0a1a0a 0000000d 49444154 00000001 00000001",
                "89504e470d0a1a0a 0000000c 49484452 00000001 00000001",
                "89504e470a0d1a0a 0000000d 49484452 00000001 00000001",
                "8a4d4e470d0a1a0a 0000001c 4d484452 00000001 00000001",
                "474946383861 0100 0100",
                "474946383762 0100 0100",
                "474946393961 0100 0100",
                "52494646 00000000 41564920 56503820 00000000 100000 9d012a 0100 0100",
                "52494646 00000000 57454250 56503820 00000000 110000 9d012a 0100 0100",
                "52494646 00000000 57454250 56503820 00000000 100000 9d012b 0100 0100",
                "52494646 00000000 57454250 5650384c 00000000 2e 00000000 00",
                "52494646 00000000 57454250 414c5048 00000000 00000000 000000 000000",
                "424d 3a000000 00000000 36000000 28000000 01000000 01000000",
                "49492a00 08000000",
                "0000001c 66747970 61766966 00000000",
                "25504446 2d312e37",
                "1f8b0800"
            })
    void refusesHeadersOfNoKnownFormat(String hex) throws IOException {
        assertThat(readHex(hex)).isEmpty();
    }

    @Test
    void refusesWhatIsNoPicture() throws IOException {
        assertThat(read(Pictures.html())).isEmpty();
        assertThat(read(Pictures.svg())).isEmpty();
        assertThat(read(Pictures.pngSignature())).isEmpty();
        assertThat(read(Pictures.randomBytes(100_000))).isEmpty();
        assertThat(read(new byte[0])).isEmpty();
    }

    @Test
    void passesOnThatASourceCannotBeRead() {
        assertThatThrownBy(() -> readFromABrokenSource(Pictures.uniquePng(), 10))
                .isInstanceOf(IOException.class)
                .hasMessage("the source broke off");
    }

    private static Arguments picture(String name, byte[] bytes, ImageType type) {
        return Arguments.of(Named.of(name, bytes), type);
    }

    private static Optional<ImageHeader> read(byte[] bytes) throws IOException {
        return ImageHeader.read(new ByteArrayInputStream(bytes));
    }

    private static Optional<ImageHeader> readFirst(byte[] bytes, int length) throws IOException {
        return ImageHeader.read(new ByteArrayInputStream(bytes, 0, length));
    }

    private static Optional<ImageHeader> readFromABrokenSource(byte[] bytes, int readable) throws IOException {
        return ImageHeader.read(new BrokenInputStream(bytes, readable));
    }

    private static Optional<ImageHeader> readHex(String hex) throws IOException {
        return read(HexFormat.of().parseHex(hex.replace(" ", "")));
    }
}
