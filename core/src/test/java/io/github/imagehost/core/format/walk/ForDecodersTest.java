package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.Rewrite;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What decoders are told of a picture: the colour profile, and a copy in which nothing misleads them. */
class ForDecodersTest {

    private static final String PROFILE = "ICC_PROFILE\0";
    private static final byte[] ADOBE = {'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0};

    @ParameterizedTest
    @EnumSource(names = {"JPEG", "PNG", "WEBP"})
    void theColourProfileIsFound(ImageType type) throws Exception {
        byte[] picture = TaggedPictures.of(type);

        assertThat(profileOf(picture)).isEqualTo(TaggedPictures.profile());
        assertThat(profileOf(Pictures.unique(type))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void thePartsOfAProfileAreInTheOrderOfTheirNumbers(boolean isInOrder) throws Exception {
        byte[] first = profilePart(1, 2, 'a');
        byte[] second = profilePart(2, 2, 'b');
        byte[] jpeg = isInOrder
                ? Pictures.withSegments(Pictures.uniqueJpeg(), first, second)
                : Pictures.withSegments(Pictures.uniqueJpeg(), second, first);

        assertThat(profileOf(jpeg)).asString().isEqualTo("ab");
    }

    @Test
    void aProfileBehindPixelsIsNoneForDecoders() throws Exception {
        byte[] jpeg = Pictures.progressiveJpeg(16, 16);
        int secondScan = lastIndexOf(jpeg, (byte) 0xff, (byte) 0xda);

        assertThat(profileOf(Pictures.insert(jpeg, secondScan, profilePart(1, 1, 'a'))))
                .isEmpty();
    }

    @Test
    void decodersDoNotSeeTheProfileOfAJpeg() throws Exception {
        byte[] jpeg = TaggedPictures.jpeg();

        assertThat(text(Walks.copy(jpeg, MetadataPolicy.STRIP))).contains(PROFILE);
        assertThat(text(forDecoders(jpeg))).doesNotContain(PROFILE);
        assertThat(Walks.isWhole(forDecoders(jpeg))).isTrue();
    }

    static Stream<Named<byte[]>> jpegsInRgb() {
        return Stream.of(
                Named.of("Adobe's mark", Pictures.withSegments(plainJpeg(), adobe(0))),
                Named.of("names", named(plainJpeg(), "RGB")));
    }

    static Stream<Named<byte[]>> jpegsInYCbCr() {
        byte[] jfif = Pictures.segment(0xe0, HexFormat.of().parseHex("4a46494600010100000100010000"));
        return Stream.of(
                Named.of("nothing is told", plainJpeg()),
                Named.of("Adobe's mark", Pictures.withSegments(plainJpeg(), adobe(1))),
                Named.of("Adobe's mark, against the names", named(Pictures.withSegments(plainJpeg(), adobe(1)), "RGB")),
                Named.of("JFIF, against Adobe's mark", Pictures.withSegments(plainJpeg(), jfif, adobe(0))));
    }

    @ParameterizedTest
    @MethodSource("jpegsInRgb")
    void decodersAreToldThatAJpegIsInRgb(byte[] jpeg) throws Exception {
        assertThat(lastMark(forDecoders(jpeg))).isZero();
    }

    @ParameterizedTest
    @MethodSource("jpegsInYCbCr")
    void decodersAreToldThatAJpegIsInYCbCr(byte[] jpeg) throws Exception {
        assertThat(lastMark(forDecoders(jpeg))).isOne();
    }

    @Test
    void theScreenOfAGifIsAsLargeAsItsCanvas() throws Exception {
        byte[] frame = Gifs.frame(3, 300, 4, 4, Gifs.lzw(Gifs.BITS, Gifs.quarters(4, 4)));

        assertThat(forDecoders(Gifs.gif(6, 6, frame))).isEqualTo(Gifs.gif(7, 304, frame));
        assertThat(Walks.copy(Gifs.gif(6, 6, frame), MetadataPolicy.STRIP)).isEqualTo(Gifs.gif(6, 6, frame));
    }

    private static byte[] profileOf(byte[] picture) throws MalformedImageException, ImageLimitException {
        return Walks.walk(picture)
                .colours()
                .profile()
                .flatMap(profile -> profile.read(picture))
                .orElseGet(() -> new byte[0]);
    }

    private static byte[] forDecoders(byte[] picture) throws MalformedImageException, ImageLimitException {
        Rewrite rewrite = Walks.walk(picture, ImageLimits.DEFAULT, MetadataPolicy.STRIP)
                .orElseThrow()
                .rewrite();
        try {
            return rewrite.forDecoders().of(PositionalSource.of(picture)).open().readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Without its mark of JFIF. */
    private static byte[] plainJpeg() {
        byte[] jpeg = Pictures.jpeg(16, 16);
        int start = text(jpeg).indexOf("JFIF") - 4;
        int end = start + 2 + (jpeg[start + 3] & 0xff);
        return Pictures.concat(Arrays.copyOf(jpeg, start), Arrays.copyOfRange(jpeg, end, jpeg.length));
    }

    /** With other names of its three colours. */
    private static byte[] named(byte[] jpeg, String names) {
        byte[] renamed = jpeg.clone();
        int frame = lastIndexOf(jpeg, (byte) 0xff, (byte) 0xc0);
        int scan = lastIndexOf(jpeg, (byte) 0xff, (byte) 0xda);
        for (int i = 0; i < names.length(); i++) {
            renamed[frame + 10 + 3 * i] = (byte) names.charAt(i);
            renamed[scan + 5 + 2 * i] = (byte) names.charAt(i);
        }
        return renamed;
    }

    private static byte[] adobe(int transform) {
        return Pictures.segment(0xee, Pictures.concat(ADOBE, new byte[] {(byte) transform}));
    }

    /** The last one counts. */
    private static int lastMark(byte[] jpeg) {
        return jpeg[text(jpeg).lastIndexOf("Adobe") + ADOBE.length];
    }

    private static byte[] profilePart(int number, int count, char data) {
        byte[] part = {(byte) number, (byte) count, (byte) data};
        return Pictures.segment(0xe2, Pictures.concat(PROFILE.getBytes(StandardCharsets.ISO_8859_1), part));
    }

    private static int lastIndexOf(byte[] bytes, byte first, byte second) {
        return text(bytes).lastIndexOf(text(new byte[] {first, second}));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
