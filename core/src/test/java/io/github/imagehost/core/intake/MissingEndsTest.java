package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.JpegVariety;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestContent;
import io.github.imagehost.core.testing.TestIntake;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures whose pixels are all there, but not what should come behind them, or something else does. */
class MissingEndsTest {

    private static final int JPEG_END_LENGTH = 2;
    private static final int PNG_END_LENGTH = 12;
    private static final int PNG_CHECKSUM_LENGTH = 4;
    private static final int WIDTH = 200;
    private static final int HEIGHT = 100;

    private static final String GIF_HEADER = "474946383961 0200 0100 80 00 00 000000 ffffff";
    /** Two pixels; the bits behind them are no code. */
    private static final String GIF_FRAME = "2c 0000 0000 0200 0100 00 02 02 0c0a 00";

    private static final String OTHER_GIF_FRAME = "2c 0000 0000 0200 0100 00 02 02 840a 00";
    private static final String TRANSPARENT_PIXEL = "21f9 04 01 0000 00 00 2c 0000 0000 0100 0100 00 02 02 4401 00 3b";

    /** The beginning of what Samsung's phones write behind pictures. */
    private static final byte[] SAMSUNG_TRAILER =
            ascii("\0\0\1\n\16\0\0\0Image_UTC_Data1462369520000SEFHd\0\0\0\1\0\0\0\0\0\1\n#\0\0\0#\0\0\0\30\0\0\0SEFT");

    @TempDir
    private Path directory;

    static Stream<Arguments> jpegsWithoutTheirEnd() {
        return Stream.of(JpegVariety.values()).flatMap(variety -> {
            byte[] jpeg = variety.picture(WIDTH, HEIGHT);
            Map<String, byte[]> insteadOfTheEnd = new TreeMap<>(Map.of(
                    "nothing", new byte[0],
                    "half of it", bytes("ff"),
                    "bytes that fill", bytes("ffffff"),
                    "zeros", new byte[1000],
                    "Samsung's trailer", SAMSUNG_TRAILER,
                    "a page", Pictures.html(),
                    "a restart marker", bytes("ffd0 5555"),
                    "another picture", variety.picture(8, 8),
                    "a video", Pictures.concat(bytes("00000018"), ascii("ftypmp42\0\0\0\0isommp42"), new byte[50])));
            for (int seed = 0; seed < Depth.of(4, 20); seed++) {
                byte[] random = new byte[2000];
                new Random(seed).nextBytes(random);
                insteadOfTheEnd.put("random bytes " + seed, random);
            }
            return insteadOfTheEnd.entrySet().stream()
                    .map(instead -> Arguments.of(
                            Named.of(variety + " with " + instead.getKey(), without(jpeg, JPEG_END_LENGTH, instead)),
                            jpeg));
        });
    }

    private static byte[] without(byte[] picture, int length, Map.Entry<String, byte[]> instead) {
        return Pictures.concat(without(picture, length), instead.getValue());
    }

    static Stream<Arguments> pngsWithoutTheirEnd() {
        byte[] png = Pictures.png(24, 16);
        byte[] withText = Pictures.insert(
                png, png.length - PNG_END_LENGTH, TaggedPictures.pngChunk("tEXt", ascii("Comment\0harmless")));
        Stream<Arguments> shortened = Stream.iterate(1, length -> length + 1)
                .limit(PNG_END_LENGTH + PNG_CHECKSUM_LENGTH)
                .map(length -> Arguments.of(Named.of("PNG without " + length + " bytes", without(png, length)), png));
        Stream<Arguments> replaced = Stream.of(
                        new byte[100],
                        Pictures.html(),
                        ascii("\0\0\0 tEXtComment"),
                        bytes("00000000 49454e44 00000000"),
                        Arrays.copyOf(png, 100))
                .map(instead -> Arguments.of(Pictures.concat(without(png, PNG_END_LENGTH), instead), png));
        return Stream.of(
                        shortened,
                        replaced,
                        Stream.of(Arguments.of(Named.of("with text", without(withText, PNG_END_LENGTH)), withText)))
                .flatMap(pictures -> pictures);
    }

    static Stream<Arguments> gifsWithoutTheirEnd() {
        String still = GIF_HEADER + GIF_FRAME;
        String animated = still + "21fe 01 41 00" + OTHER_GIF_FRAME;
        return Stream.of(
                gif(still, still),
                gif(still + "00 00 00", still),
                gif(still.substring(0, still.length() - 2), still),
                gif(still + "21", still),
                gif(still + "21fe 05 41", still),
                gif(still + "aa 3b", still),
                gif(still + "aa" + OTHER_GIF_FRAME + "3b", still),
                gif(still + "3c68746d6c3e", still),
                gif(animated, animated),
                gif(animated + "01 02 03", animated),
                // the length of its codes is more than there is of them
                gif(GIF_HEADER + "2c 0000 0000 0200 0100 00 02 05 0c0a", still),
                gif(GIF_HEADER + "2c 0000 0000 0200 0100 00 02 02 0c0a 07", still));
    }

    private static Arguments gif(String hex, String withoutEnd) {
        return Arguments.of(Named.of(hex, bytes(hex)), bytes(withoutEnd + "3b"));
    }

    @ParameterizedTest
    @MethodSource({"jpegsWithoutTheirEnd", "pngsWithoutTheirEnd", "gifsWithoutTheirEnd"})
    void aPictureWithoutItsEndIsStoredWithOne(byte[] endless, byte[] whole) throws Exception {
        for (boolean verify : new boolean[] {true, false}) {
            try (ReceivedImage received = receive(endless, policy(verify, TrailingData.CUT));
                    InputStream in = received.open()) {
                byte[] stored = in.readAllBytes();

                assertThat(stored).isEqualTo(stored(whole));
                assertThat(received.descriptor().digest()).isEqualTo(TestContent.digestOf(endless));
                assertThat(received.descriptor().size()).isEqualTo(endless.length);
                assertThat(received.digest()).isEqualTo(TestContent.digestOf(stored));
                assertThat(received.size()).isEqualTo(stored.length);
            }
        }
        assertThat(directory).isEmptyDirectory();
    }

    @ParameterizedTest
    @EnumSource(JpegVariety.class)
    void noPartOfAJpegLacksNothingButItsEnd(JpegVariety variety) {
        byte[] jpeg = variety.picture(WIDTH, HEIGHT);
        int endOfPixels = jpeg.length - JPEG_END_LENGTH;
        for (int percent = 1; percent <= 100; percent += Depth.of(3, 1)) {
            int length = Math.min(endOfPixels - 1, Math.max(12, endOfPixels * percent / 100));

            assertTruncated(Arrays.copyOf(jpeg, length));
        }
    }

    /** Of fewer missing bytes, those that follow could as well be the codes. */
    @ParameterizedTest
    @EnumSource(JpegVariety.class)
    void noPartOfAJpegWithATrailerLacksNothingButItsEnd(JpegVariety variety) {
        byte[] jpeg = variety.picture(WIDTH, HEIGHT);
        for (int percent = 1; percent <= 90; percent += Depth.of(3, 1)) {
            assertRefused(Pictures.concat(Arrays.copyOf(jpeg, jpeg.length * percent / 100), SAMSUNG_TRAILER));
        }
    }

    /** What a decoder makes of such a file has every pixel, but not all of what makes it up. */
    @ParameterizedTest
    @EnumSource(value = JpegVariety.class, names = "PROGRESSIVE.*", mode = EnumSource.Mode.MATCH_ALL)
    void aProgressiveJpegThatEndsBetweenScansLacksPixels(JpegVariety variety) {
        byte[] jpeg = variety.picture(WIDTH, HEIGHT);
        int scans = 0;
        for (int i = 1; i < jpeg.length; i++) {
            if (jpeg[i - 1] == (byte) 0xff && (jpeg[i] == (byte) 0xc4 || jpeg[i] == (byte) 0xda)) {
                scans++;
                assertTruncated(Arrays.copyOf(jpeg, i - 1));
                assertTruncated(Arrays.copyOf(jpeg, i));
            }
        }
        assertThat(scans).isGreaterThan(6);
    }

    static Stream<byte[]> damagedJpegs() {
        byte[] baseline = without(JpegVariety.BASELINE.picture(WIDTH, HEIGHT), JPEG_END_LENGTH);
        byte[] restarted = without(JpegVariety.RESTARTED.picture(WIDTH, HEIGHT), JPEG_END_LENGTH);
        int restart = indexOf(restarted, 0xd3);
        byte[] withoutRestart = Pictures.concat(Arrays.copyOf(restarted, restart - 1), tail(restarted, restart + 1));
        byte[] wrongRestart = restarted.clone();
        wrongRestart[restart] = (byte) 0xd5;
        byte[] withoutTables = baseline.clone();
        withoutTables[indexOf(baseline, 0xc4)] = (byte) 0xfe;
        byte[] noTables = baseline.clone();
        noTables[indexOf(baseline, 0xc4) + 3] = (byte) 0x77;
        byte[] tooManyCodes = baseline.clone();
        tooManyCodes[indexOf(baseline, 0xc4) + 4] = 3;
        return Stream.of(withoutRestart, wrongRestart, withoutTables, noTables, tooManyCodes);
    }

    @ParameterizedTest
    @MethodSource("damagedJpegs")
    void aDamagedJpegStaysRefused(byte[] jpeg) {
        assertRefused(jpeg);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // a frame that is cut, one pixel of two, a code that means nothing
                GIF_HEADER + GIF_FRAME + "2c 0000 0000 0200 0100 00 02 02 84",
                GIF_HEADER + GIF_FRAME + "2c 0000 0000 0200 0100",
                GIF_HEADER + "2c 0000 0000 0200 0100 00 02 01 04",
                GIF_HEADER + "2c 0000 0000 0200 0100 00 02 01 04 00",
                GIF_HEADER + "2c 0000 0000 0200 0100 00 02 02 3c0a 00",
                // no pixels
                GIF_HEADER + "aa aa aa",
                "474946383961 0200 0200 00 00 00 2c 0000 0000 0200 0200 00 02 00 3b",
                "474946383961 0100 0100 00 00 00 2c"
            })
    void aGifWithoutAllItsPixelsStaysRefused(String hex) {
        assertRefused(bytes(hex));
    }

    @Test
    void aGifInTooManyPiecesStaysRefused() {
        assertRefused(bytes(GIF_HEADER + GIF_FRAME + "21fe014100 00".repeat(20_000)));
    }

    static Stream<byte[]> pngsWithoutAllTheirPixels() {
        byte[] png = Pictures.png(24, 16);
        byte[] control =
                TaggedPictures.pngChunk("fcTL", bytes("00000000 00000018 00000010 00000000 00000000 0001 0001 00 00"));
        byte[] animated = Pictures.insert(
                png, 33, Pictures.concat(TaggedPictures.pngChunk("acTL", bytes("00000001 00000000")), control));
        return Stream.of(
                // without the checksum of all pixels
                without(png, PNG_END_LENGTH + PNG_CHECKSUM_LENGTH + 1),
                without(png, PNG_END_LENGTH + PNG_CHECKSUM_LENGTH + 100),
                Arrays.copyOf(png, 33),
                without(animated, PNG_END_LENGTH));
    }

    @ParameterizedTest
    @MethodSource("pngsWithoutAllTheirPixels")
    void aPngWithoutAllItsPixelsStaysRefused(byte[] png) {
        assertTruncated(png);
    }

    /** Nor do browsers show it. */
    @ParameterizedTest
    @ValueSource(ints = {-1000, -8, -2, 1, 2, 1000})
    void aWebpOfAnotherLengthThanItSaysStaysRefused(int difference) {
        byte[] webp = Pictures.uniqueWebp();
        byte[] wrong = webp.clone();
        int length = webp.length - 8 + difference;
        for (int i = 0; i < 4; i++) {
            wrong[4 + i] = (byte) (length >> (8 * i));
        }

        assertRefused(wrong);
        assertRefused(without(webp, 1));
    }

    /** The one of 26 bytes is what many send; browsers show all of them as a transparent pixel. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "474946383961 0100 0100 00 ff 00 2c 0000 0000 0100 0100 00 02 00 3b",
                "474946383961 0100 0100 00 ff 00 2c 0000 0000 0100 0100 00 02 00",
                "474946383961 0100 0100 00 ff 00 2c 0000 0000 0100 0100 00"
            })
    void theGifOfATrackerIsATransparentPixel(String hex) throws Exception {
        try (ReceivedImage received = receive(bytes(hex), policy(true, TrailingData.REFUSE));
                InputStream in = received.open()) {
            byte[] stored = in.readAllBytes();

            assertThat(received.descriptor().width()).isOne();
            assertThat(received.descriptor().height()).isOne();
            assertThat(stored).isEqualTo(bytes("474946383961 0100 0100 00 ff 00" + TRANSPARENT_PIXEL));
            assertThat(stored(stored)).isEqualTo(stored);
            assertThat(Frame.of(stored, 1).get(0).colours()).isPresent();
        }
    }

    static Stream<byte[]> picturesOfTrackers() {
        return Stream.of(
                        "474946383961 0100 0100 80 00 00 000000 ffffff" + TRANSPARENT_PIXEL,
                        "474946383961 0100 0100 80 00 00 ffffff 000000 2c 0000 0000 0100 0100 00 02 02 4401 00 3b",
                        "474946383961 0100 0100 00 00 00 21f9 04 010a 0001 00 2c 0000 0000 0100 0100 00 02 02 4c01 00 3b",
                        "474946383961 0100 0100 80 00 00 000000 ffffff 21f9 04 01 0000 00 00"
                                + "2c 0000 0000 0100 0100 00 02 01 44 00 3b")
                .map(MissingEndsTest::bytes);
    }

    @ParameterizedTest
    @MethodSource("picturesOfTrackers")
    void theWholeGifsOfTrackersStayAsTheyAre(byte[] gif) throws IOException {
        assertThat(stored(gif)).isEqualTo(gif);
    }

    static Stream<Arguments> endings() {
        byte[] jpeg = without(JpegVariety.BASELINE.picture(WIDTH, HEIGHT), JPEG_END_LENGTH);
        byte[] png = without(Pictures.png(24, 16), PNG_END_LENGTH);
        byte[] gif = bytes(GIF_HEADER + GIF_FRAME);
        return Stream.of(
                Arguments.of(jpeg, true),
                Arguments.of(Pictures.concat(jpeg, bytes("ff")), true),
                Arguments.of(Pictures.concat(jpeg, bytes("ffff")), true),
                Arguments.of(Pictures.concat(jpeg, bytes("00")), false),
                Arguments.of(Pictures.concat(jpeg, SAMSUNG_TRAILER), false),
                Arguments.of(png, true),
                Arguments.of(without(png, 1), true),
                Arguments.of(Pictures.concat(png, bytes("00000000 4945")), true),
                Arguments.of(Pictures.concat(png, ascii("\0\0\0 tEXtComment")), false),
                Arguments.of(Pictures.concat(png, new byte[20]), false),
                Arguments.of(gif, true),
                Arguments.of(without(gif, 1), true),
                Arguments.of(Pictures.concat(gif, bytes("aa")), false),
                Arguments.of(Pictures.concat(gif, bytes("21fe 05 41")), false));
    }

    @ParameterizedTest
    @MethodSource("endings")
    void aStrictPolicyTakesWhatHasNoEndAndRefusesWhatWouldBeCut(byte[] picture, boolean isTaken) throws IOException {
        UploadPolicy strict = policy(true, TrailingData.REFUSE);

        if (isTaken) {
            receive(picture, strict).close();
        } else {
            assertThatThrownBy(() -> receive(picture, strict))
                    .isInstanceOfSatisfying(
                            DamagedImageException.class,
                            e -> assertThat(e.damage()).isEqualTo(Damage.TRAILING_DATA));
        }
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatClaimsTooMuchIsStillBeyondALimit() {
        byte[] jpeg = JpegVariety.BASELINE.picture(WIDTH, HEIGHT);
        int frame = indexOf(jpeg, 0xc0);
        byte[] bomb = without(jpeg, JPEG_END_LENGTH);
        System.arraycopy(bytes("7530 7530"), 0, bomb, frame + 4, 4);

        assertThatThrownBy(() -> receive(bomb, UploadPolicy.DEFAULT)).isInstanceOf(ImageTooComplexException.class);
    }

    private void assertTruncated(byte[] picture) {
        for (boolean verify : new boolean[] {true, false}) {
            assertThatThrownBy(() -> receive(picture, policy(verify, TrailingData.CUT)))
                    .isInstanceOfSatisfying(
                            DamagedImageException.class,
                            e -> assertThat(e.damage()).isEqualTo(Damage.TRUNCATED));
        }
    }

    private void assertRefused(byte[] picture) {
        for (boolean verify : new boolean[] {true, false}) {
            assertThatThrownBy(() -> receive(picture, policy(verify, TrailingData.CUT)))
                    .isInstanceOf(DamagedImageException.class);
        }
        assertThat(directory).isEmptyDirectory();
    }

    private byte[] stored(byte[] picture) throws IOException {
        try (ReceivedImage received = receive(picture, UploadPolicy.DEFAULT);
                InputStream in = received.open()) {
            return in.readAllBytes();
        }
    }

    private ReceivedImage receive(byte[] file, UploadPolicy policy) throws IOException {
        return TestIntake.receive(new Intake(new Spool(directory, 1000, 1000), policy), "picture", file);
    }

    private static UploadPolicy policy(boolean verify, TrailingData trailingData) {
        UploadPolicy standard = UploadPolicy.DEFAULT;
        return new UploadPolicy(
                standard.maxFileSize(),
                EnumSet.allOf(ImageType.class),
                standard.limits(),
                standard.metadata(),
                trailingData,
                verify);
    }

    /** Of the second byte of a marker. */
    private static int indexOf(byte[] jpeg, int marker) {
        for (int i = 1; i < jpeg.length; i++) {
            if (jpeg[i - 1] == (byte) 0xff && jpeg[i] == (byte) marker) {
                return i;
            }
        }
        throw new AssertionError("There is no such marker");
    }

    private static byte[] without(byte[] picture, int length) {
        return Arrays.copyOf(picture, picture.length - length);
    }

    private static byte[] tail(byte[] bytes, int from) {
        return Arrays.copyOfRange(bytes, from, bytes.length);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }
}
