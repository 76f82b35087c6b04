package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.Exif;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class MetadataPolicyTest {

    private static final String MULTI_PICTURE_SEGMENT =
            textOf(Pictures.segment(0xe2, ("MPF\0" + TaggedPictures.PLACE).getBytes(StandardCharsets.ISO_8859_1)));

    private static final String PROFILE = new String(TaggedPictures.profile(), StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void noLocationStays(ImageType type) throws Exception {
        byte[] picture = TaggedPictures.of(type);
        assertThat(textOf(picture)).contains(TaggedPictures.PLACE);

        byte[] copy = Walks.copy(picture, MetadataPolicy.STRIP_LOCATION);

        assertThat(textOf(copy)).doesNotContain(TaggedPictures.PLACE).contains(TaggedPictures.HARMLESS);
        assertLooksTheSame(type, copy, picture);
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void nothingStaysButWhatDecidesHowPixelsLook(ImageType type) throws Exception {
        byte[] picture = TaggedPictures.of(type);

        byte[] copy = Walks.copy(picture, MetadataPolicy.STRIP);

        assertThat(textOf(copy)).doesNotContain(TaggedPictures.PLACE, TaggedPictures.HARMLESS);
        assertLooksTheSame(type, copy, picture);
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void everythingStaysIfThatIsWanted(ImageType type) throws Exception {
        byte[] picture = TaggedPictures.of(type);

        byte[] copy = Walks.copy(picture, MetadataPolicy.KEEP);

        // what follows a picture does not belong to it, nor does what points there
        byte[] whole = Arrays.copyOf(picture, (int) Walks.walk(picture).end());
        assertThat(textOf(copy)).isEqualTo(textOf(whole).replace(MULTI_PICTURE_SEGMENT, ""));
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void aCopyOfACopyIsTheSame(ImageType type) throws Exception {
        for (MetadataPolicy policy : MetadataPolicy.values()) {
            byte[] copy = Walks.copy(TaggedPictures.of(type), policy);

            assertThat(Walks.copy(copy, policy)).isEqualTo(copy);
        }
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void aPictureWithoutMetadataStaysAsItIs(ImageType type) throws Exception {
        byte[] picture = Walks.copy(TaggedPictures.of(type), MetadataPolicy.STRIP);
        byte[] upright = type == ImageType.GIF ? picture : Pictures.unique(type);

        for (MetadataPolicy policy : MetadataPolicy.values()) {
            Rewrite rewrite = Walks.walk(upright, ImageLimits.DEFAULT, policy)
                    .orElseThrow()
                    .rewrite();
            assertThat(rewrite.changesAnything()).isEqualTo(policy == MetadataPolicy.STRIP && type == ImageType.JPEG);
        }
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void whatFollowsAPictureIsCutOff(ImageType type) throws Exception {
        byte[] picture = Pictures.unique(type);
        byte[] polyglot = Pictures.concat(picture, Pictures.html());

        assertThat(Walks.walk(polyglot).end()).isEqualTo(picture.length);
        assertThat(Walks.copy(polyglot, MetadataPolicy.KEEP)).isEqualTo(picture);
    }

    @Test
    void xmpThatIsHarmlessStays() throws Exception {
        byte[] picture = Pictures.extendedWebp();

        assertThat(Walks.copy(picture, MetadataPolicy.STRIP_LOCATION)).isEqualTo(picture);
        assertThat(textOf(Walks.copy(picture, MetadataPolicy.STRIP))).doesNotContain("xmpmeta");
    }

    /** Each part as its number, the number of parts, and its data. */
    @ParameterizedTest
    @ValueSource(strings = {"01 01 aa", "02 02 aa,01 02 bb", "00 01 aa", "00 02 aa,01 02 bb", "01 02 aa,02 02"})
    void aColourProfileStays(String parts) throws Exception {
        byte[] picture = Pictures.withSegments(Pictures.uniqueJpeg(), profileSegments(parts));

        assertThat(Walks.copy(picture, MetadataPolicy.STRIP_LOCATION)).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01 01 aa,01 01 bb",
                "01 02 aa",
                "01 02 aa,02 03 bb",
                "01 01",
                "02 01 aa",
                "01 03 aa,02 03 bb,04 03 cc",
                "01 01 aa,01",
                "00 00 aa",
                "MANY"
            })
    void aColourProfileWhosePartsDoNotFitTogetherIsLeftOut(String parts) throws Exception {
        String all = parts.equals("MANY") ? "01 ff aa,".repeat(300) : parts;
        byte[] picture = Pictures.uniqueJpeg();
        byte[] comment = Pictures.segment(0xfe, new byte[3]);
        byte[] profiled = Pictures.withSegments(picture, comment, Pictures.concat(profileSegments(all)), comment);

        for (MetadataPolicy policy : new MetadataPolicy[] {MetadataPolicy.KEEP, MetadataPolicy.STRIP_LOCATION}) {
            assertThat(Walks.copy(profiled, policy)).isEqualTo(Pictures.withSegments(picture, comment, comment));
        }
        assertThat(pixels(Walks.copy(profiled, MetadataPolicy.STRIP))).isEqualTo(pixels(picture));
    }

    private static byte[][] profileSegments(String parts) {
        return Stream.of(parts.split(","))
                .map(MetadataPolicyTest::bytes)
                .map(part -> Pictures.segment(
                        0xe2, Pictures.concat("ICC_PROFILE\0".getBytes(StandardCharsets.ISO_8859_1), part)))
                .toArray(byte[][]::new);
    }

    /** Too short for its header, shorter than it says, and without its signature. */
    @ParameterizedTest
    @ValueSource(ints = {100, 200, 0})
    void aColourProfileOfAWebpThatIsNoneIsLeftOut(int length) throws Exception {
        byte[] profile = length == 0 ? new byte[500] : Arrays.copyOf(TaggedPictures.profile(), length);
        byte[] frame = Arrays.copyOfRange(Pictures.lossyWebp(), 12, Pictures.lossyWebp().length);
        byte[] profiled = Pictures.riff(
                Pictures.chunk("VP8X", bytes("20000000 170000 0f0000")), Pictures.chunk("ICCP", profile), frame);

        for (MetadataPolicy policy : MetadataPolicy.values()) {
            assertThat(Walks.copy(profiled, policy))
                    .isEqualTo(Pictures.riff(Pictures.chunk("VP8X", bytes("00000000 170000 0f0000")), frame));
        }
    }

    @Test
    void theLastChunkOfAWebpIsFilledUp() throws Exception {
        byte[] picture = Pictures.extendedWebp();
        byte[] even = Pictures.concat(picture, "XMP \1\0\0\0A".getBytes(StandardCharsets.US_ASCII));
        ByteBuffer.wrap(even).order(ByteOrder.LITTLE_ENDIAN).putInt(4, even.length - 8);

        byte[] copy = Walks.copy(even, MetadataPolicy.KEEP);

        assertThat(copy)
                .hasSize(even.length + 1)
                .startsWith(Arrays.copyOf(even, 4))
                .endsWith((byte) 'A', (byte) 0);
        assertThat(ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN).getInt(4))
                .isEqualTo(copy.length - 8);
    }

    /** A wrong checksum, texts without a name, with a long one, and what can't be decompressed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000003 74455874 610062 00000000",
                "00000004 67414d41 0000b18f 00000000",
                "tEXt",
                "tEXt 616263",
                "tEXt 61616161616161616161616161616161616161616161616161616161616161616161616161616161"
                        + "61616161616161616161616161616161616161616161616161616161616161616161616161616161 00 61",
                "zTXt 61 00 00 7a7a7a",
                "iTXt 61 00 01 00 00 00 7a7a",
                "iCCP 61 00 00 7a7a7a",
                "iCCP 61 00 00 789c 6360"
            })
    void damagedMetadataOfAPngIsLeftOut(String chunk) throws Exception {
        byte[] picture = Pictures.uniquePng();
        byte[] damaged = Character.isDigit(chunk.charAt(0))
                ? bytes(chunk)
                : TaggedPictures.pngChunk(chunk.substring(0, 4), bytes(chunk.substring(4)));

        for (MetadataPolicy policy : MetadataPolicy.values()) {
            assertThat(Walks.copy(Pictures.insert(picture, 33, damaged), policy))
                    .isEqualTo(picture);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LITTLE_ENDIAN", "BIG_ENDIAN"})
    void exifOfBothByteOrdersIsUnderstood(String order) {
        byte[] block = TaggedPictures.exif(order.equals("BIG_ENDIAN") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);

        Optional<byte[]> cleaned = Exif.cleaned(block, MetadataPolicy.STRIP_LOCATION);

        assertThat(Exif.orientationOf(block)).isEqualTo(TaggedPictures.ORIENTATION);
        assertThat(cleaned.map(Exif::orientationOf)).contains(TaggedPictures.ORIENTATION);
        assertThat(cleaned.map(MetadataPolicyTest::textOf))
                .hasValueSatisfying(text -> assertThat(text).contains(TaggedPictures.HARMLESS));
    }

    /** Two values in one place of a directory before the orientation. */
    @Test
    void theOrientationStaysWhateverLiesInTheSamePlace() {
        byte[] block = bytes("4d4d 002a 00000008 0002 a005 0004 00000001 00000026 0112 0003 00000001 0006 0000 00000000"
                + "0002 0001 0001 00000022 00000008 0002 0001 00000022 00000008 00000000");

        Optional<byte[]> cleaned = Exif.cleaned(block, MetadataPolicy.STRIP_LOCATION);

        assertThat(cleaned.map(Exif::orientationOf)).contains(TaggedPictures.ORIENTATION);
    }

    /** Directories that are themselves become several. */
    @Test
    void theOrientationStaysIfTheRestTakesTooMuchRoom() throws Exception {
        ByteBuffer block = ByteBuffer.allocate(60_000)
                .put(bytes("4d4d 002a 00000008 03e8 0112 0003 00000001 0006 0000"))
                .put(bytes("8769 0004 00000001 00000008 a005 0004 00000001 00000008"));
        for (short tag = 1; tag < 998; tag++) {
            block.putShort(tag).put(bytes("0001 00000001 00000000"));
        }
        byte[] jpeg = Pictures.uniqueJpeg();
        byte[] exif = Pictures.segment(0xe1, Pictures.concat(bytes("457869660000"), block.array()));

        byte[] copy = Walks.copy(Pictures.withSegments(jpeg, exif), MetadataPolicy.STRIP_LOCATION);

        assertThat(Walks.walk(copy).orientation()).isEqualTo(TaggedPictures.ORIENTATION);
        assertThat(copy).hasSizeLessThan(jpeg.length + 100);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    /** Whatever is in a block: reading it ends, and what is written can be read in the same way. */
    @Test
    void noExifBlockDoesHarm() {
        byte[] block = TaggedPictures.exif(ByteOrder.LITTLE_ENDIAN);
        for (int position = 0; position < 250; position++) {
            for (int value : new int[] {0, 1, 2, 8, 0x7f, 0x80, 0xff}) {
                byte[] changed = block.clone();
                changed[position] = (byte) value;

                Optional<byte[]> cleaned = Exif.cleaned(changed, MetadataPolicy.STRIP_LOCATION);

                cleaned.ifPresent(copy -> {
                    assertThat(Exif.cleaned(copy, MetadataPolicy.STRIP_LOCATION))
                            .hasValue(copy);
                    assertThat(Exif.orientationOf(copy)).isEqualTo(Exif.orientationOf(changed));
                });
            }
        }
    }

    private static void assertLooksTheSame(ImageType type, byte[] copy, byte[] picture) throws Exception {
        WalkedImage walked = Walks.walk(copy);
        assertThat(walked.end()).isEqualTo(copy.length);
        assertThat(walked.orientation()).isEqualTo(Walks.walk(picture).orientation());
        assertThat(walked.orientation()).isEqualTo(isTurned(type) ? TaggedPictures.ORIENTATION : 1);
        if (type == ImageType.JPEG || type == ImageType.WEBP) {
            assertThat(textOf(copy)).contains(PROFILE);
        }
        if (type == ImageType.WEBP) {
            // no decoder for it comes with the JDK
            String text = textOf(picture);
            assertThat(textOf(copy)).contains(text.substring(text.indexOf("VP8L"), text.indexOf("EXIF")));
        } else {
            assertThat(pixels(copy)).isEqualTo(pixels(picture));
        }
    }

    private static int[] pixels(byte[] picture) throws IOException {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(picture));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }

    private static String textOf(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** Browsers turn no WebP. */
    private static boolean isTurned(ImageType type) {
        return type == ImageType.JPEG || type == ImageType.PNG;
    }
}
