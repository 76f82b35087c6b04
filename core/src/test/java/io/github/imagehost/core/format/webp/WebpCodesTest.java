package io.github.imagehost.core.format.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.format.FormatInput;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MalformedImageException.Defect;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.testing.BitWriter;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class WebpCodesTest {

    private static final int BYTES_OF_GROUP = 5 * 1128;
    private static final int MOST_GROUPS_OF_A_PIXEL = (WebpCodes.FREE_BYTES + 1) / BYTES_OF_GROUP;
    private static final int HEADER = "RIFF....WEBPVP8L....".length();
    private static final int MUTANTS = Depth.of(500, 20_000);

    static Stream<Named<byte[]>> picturesWithAllGroups() {
        return Stream.of(
                Named.of("a still", LosslessWebps.still(4, 4, LosslessWebps.MOST_GROUPS)),
                Named.of("alpha", LosslessWebps.withAlpha(LosslessWebps.MOST_GROUPS)),
                Named.of("alpha behind the pixels", LosslessWebps.withLateAlpha(LosslessWebps.MOST_GROUPS)),
                Named.of(
                        "a frame that claims a large canvas",
                        LosslessWebps.animationWithAlpha(
                                LosslessWebps.MOST_GROUPS, LosslessWebps.canvas(0, 1 << 24, 1 << 24))),
                Named.of(
                        "a frame that claims to have a large frame",
                        LosslessWebps.animationWithAlpha(
                                LosslessWebps.MOST_GROUPS, Pictures.chunk("ANMF", largeFrame()))),
                Named.of("a frame", LosslessWebps.animation(LosslessWebps.MOST_GROUPS)));
    }

    private static byte[] largeFrame() {
        byte[] header = new byte[16];
        Arrays.fill(header, 6, 12, (byte) 0xff);
        return header;
    }

    /** A decoder would make tables of 359 MB. */
    @ParameterizedTest
    @MethodSource("picturesWithAllGroups")
    void refusesTablesThatThePixelsDoNotWarrant(byte[] webp) {
        assertThat(webp).hasSizeLessThan(170_000);
        assertThatExceptionOfType(ImageLimitException.class)
                .isThrownBy(() -> requireFew(webp))
                .satisfies(e -> assertThat(e.excess()).isEqualTo(Excess.CODES));
    }

    @Test
    void takesAsManyCodesAsThePixelsWarrant() {
        assertThatCode(() -> requireFew(LosslessWebps.still(1, 1, MOST_GROUPS_OF_A_PIXEL)))
                .doesNotThrowAnyException();
        assertThatExceptionOfType(ImageLimitException.class)
                .isThrownBy(() -> requireFew(LosslessWebps.still(1, 1, MOST_GROUPS_OF_A_PIXEL + 1)))
                .satisfies(e -> assertThat(e.limit()).isEqualTo(WebpCodes.FREE_BYTES + 1));
        // a group more for so many pixels more
        assertThatCode(() -> requireFew(LosslessWebps.still(BYTES_OF_GROUP, 1, MOST_GROUPS_OF_A_PIXEL + 1)))
                .doesNotThrowAnyException();
    }

    /** What TwelveMonkeys' decoder makes of its own test pictures, found by reflection. */
    @ParameterizedTest
    @CsvSource({
        "1_webp_a.webp, 1, 91, 752",
        "1_webp_ll.webp, 6, 192, 7040",
        "2_webp_a.webp, 3, 53, 776",
        "2_webp_ll.webp, 9, 302, 10448",
        "2_webp_ll_alt.webp, 11, 466, 11496",
        "2_webp_ll_noalpha.webp, 3, 231, 8752",
        "3_webp_a.webp, 11, 98, 2336",
        "3_webp_ll.webp, 36, 834, 19232",
        "4_webp_ll.webp, 5, 560, 6752",
        "5_webp_ll.webp, 11, 1145, 19288",
        "lossless.transparent.webp, 8, 112, 3424",
    })
    void countsTheTablesThatADecoderMakes(String name, int groups, int secondTables, int bytesOfSecondTables)
            throws Exception {
        byte[] webp = resource("/webp/" + name);
        long bytes = groups * (long) BYTES_OF_GROUP + secondTables * 24L + bytesOfSecondTables;

        requireFew(webp);
        codes(webp, bytes);
        assertThatExceptionOfType(ImageLimitException.class).isThrownBy(() -> codes(webp, bytes - 1));
    }

    @Test
    void refusesTheSameTransformAgain() {
        assertThatCode(() -> requireFew(LosslessWebps.transformed(40, 40, 1))).doesNotThrowAnyException();
        assertMalformed(LosslessWebps.transformed(40, 40, 2), "The WebP is transformed in the same way twice");
    }

    static Stream<Arguments> senselessCodes() {
        BitWriter illegalCache = header();
        // no transform, but a cache
        illegalCache.write(0b10, 1 + 1);
        illegalCache.write(12, 4);
        BitWriter noCodes = start();
        noCodes.write(0, 1 + 4 + 4 * 3);
        BitWriter incomplete = start();
        incomplete.write(0, 1 + 4);
        // two of three bits each
        incomplete.write(0b011_011_000_000, 4 * 3);
        BitWriter tooMany = start();
        tooMany.write(0, 1 + 4);
        // one of 7 and 8 zeros, and more of them than there are symbols
        tooMany.write(0b000_000_001_001, 4 * 3);
        tooMany.write(0b1, 1);
        tooMany.write(7, 3);
        tooMany.write(0xffff, 16);
        return Stream.of(
                Arguments.of("a cache of colours of an illegal size", illegalCache.bytes()),
                Arguments.of("a prefix code that is not complete", noCodes.bytes()),
                Arguments.of("a prefix code that is not complete", incomplete.bytes()),
                Arguments.of("a prefix code of more symbols than there are", tooMany.bytes()),
                Arguments.of("a prefix code of symbols that make none", twoSymbols(7, 3)),
                Arguments.of("a prefix code of symbols that make none", twoSymbols(7, 7)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("senselessCodes")
    void refusesCodesThatMakeNoSense(String what, byte[] frame) {
        assertMalformed(
                Pictures.riff(Pictures.chunk("VP8L", Pictures.concat(frame, new byte[100]))), "The WebP has " + what);
    }

    @Test
    void refusesWhatEndsBeforeItsCodes() {
        byte[] frame = LosslessWebps.frame(4, 4, 3);
        for (int length = 5; length < frame.length; length++) {
            // what follows the picture's chunk is none of its bits
            byte[] webp = Pictures.riff(
                    Pictures.chunk("VP8L", Arrays.copyOf(frame, length)), Pictures.chunk("JUNK", new byte[1000]));

            assertThatExceptionOfType(MalformedImageException.class)
                    .as("%d bytes", length)
                    .isThrownBy(() -> requireFew(webp))
                    .satisfies(e -> assertThat(e.defect()).isEqualTo(Defect.TRUNCATED));
        }
    }

    @Test
    void picturesWhosePixelsTakeNoBitsCostNoTime() {
        assertThatCode(() -> requireFew(LosslessWebps.still(1 << 14, 1 << 14, 1)))
                .doesNotThrowAnyException();
    }

    /** Random bits are refused at once, so those of real pictures are changed, too. */
    @ParameterizedTest
    @ValueSource(strings = {"2_webp_ll.webp", "3_webp_a.webp", "animated-webp-supported.webp"})
    void noBitsDoHarm(String name) throws IOException {
        byte[] webp = resource("/webp/" + name);
        Random random = ThreadLocalRandom.current();
        int refused = 0;
        for (int i = 0; i < MUTANTS; i++) {
            byte[] mutant = webp.clone();
            int from = HEADER + random.nextInt(200);
            mutant[from] ^= (byte) (1 << random.nextInt(8));
            if (random.nextInt(4) == 0) {
                byte[] noise = new byte[Math.min(400, mutant.length - from)];
                random.nextBytes(noise);
                System.arraycopy(noise, 0, mutant, from, noise.length);
            }
            try {
                requireFew(mutant);
            } catch (MalformedImageException | ImageLimitException e) {
                refused++;
            }
        }
        assertThat(refused).isBetween(1, MUTANTS);
    }

    private static void assertMalformed(byte[] webp, String message) {
        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> requireFew(webp))
                .withMessage(message)
                .satisfies(e -> assertThat(e.defect()).isEqualTo(Defect.MALFORMED));
    }

    private static void requireFew(byte[] webp) throws IOException, MalformedImageException, ImageLimitException {
        WebpCodes.requireFew(PositionalSource.of(webp));
    }

    /** Reads the codes of the first picture that is coded without loss. */
    private static void codes(byte[] webp, long mostBytes)
            throws IOException, MalformedImageException, ImageLimitException {
        FormatInput in = new FormatInput(PositionalSource.of(webp));
        in.skip(12);
        int width = 0;
        int height = 0;
        while (true) {
            int type = in.fourCc();
            long length = in.littleEndian(4);
            long end = in.position() + length + length % 2;
            if (type == FormatInput.fourCc("VP8X")) {
                in.skip(4);
                width = 1 + (int) in.littleEndian(3);
                height = 1 + (int) in.littleEndian(3);
            } else if (type == FormatInput.fourCc("VP8L")) {
                in.skip(1);
                int sides = (int) in.littleEndian(4);
                new LosslessCodes(new LosslessBits(in, length - 5), mostBytes)
                        .requireFew(1 + (sides & 0x3fff), 1 + (sides >>> 14 & 0x3fff));
                return;
            } else if (type == FormatInput.fourCc("ALPH")) {
                in.skip(1);
                new LosslessCodes(new LosslessBits(in, length - 1), mostBytes).requireFew(width, height);
                return;
            }
            in.skip(end - in.position());
        }
    }

    /** Of a picture with one pixel. */
    private static BitWriter header() {
        BitWriter bits = new BitWriter();
        bits.write(0x2f, 8);
        bits.write(0, 14 + 14 + 4);
        return bits;
    }

    /** Up to the first code. */
    private static BitWriter start() {
        BitWriter bits = header();
        bits.write(0, 3);
        return bits;
    }

    private static byte[] twoSymbols(int first, int second) {
        BitWriter bits = start();
        bits.write(0b111, 3);
        bits.write(first, 8);
        bits.write(second, 8);
        return bits.bytes();
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(WebpCodesTest.class.getResourceAsStream(name), name)) {
            return in.readAllBytes();
        }
    }
}
