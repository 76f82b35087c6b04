package io.github.imagehost.core.transform.imageio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.transform.Fit;
import io.github.imagehost.core.transform.ImageEngine;
import io.github.imagehost.core.transform.ImageEngineContract;
import io.github.imagehost.core.transform.SourceImage;
import io.github.imagehost.core.transform.TestPictures;
import io.github.imagehost.core.transform.Transformation;
import io.github.imagehost.core.transform.UndecodableImageException;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class JavaImageEngineTest extends ImageEngineContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LITTLE_MEMORY = 2 << 20;

    @Override
    protected ImageEngine createEngine(Duration timeLimit) {
        return new JavaImageEngine(timeLimit);
    }

    @Override
    protected ImageEngine createEngineForOne(Duration timeLimit) {
        return new JavaImageEngine(timeLimit, LITTLE_MEMORY);
    }

    @Test
    void aPngThatNeedsMoreMemoryThanThereIsIsDecodedInParts() throws IOException {
        byte[] png = TestPictures.png(TestPictures.quarters(2000, 1000, BufferedImage.TYPE_INT_RGB));

        BufferedImage rendered = TestPictures.decode(
                ImageType.PNG, renderWithLittleMemory(new SourceImage(ImageType.PNG, 2000, 1000, png.length), png));

        assertThat(new Color(rendered.getRGB(10, 5))).isEqualTo(Color.RED);
        assertThat(new Color(rendered.getRGB(30, 5))).isEqualTo(Color.GREEN);
        assertThat(new Color(rendered.getRGB(10, 15))).isEqualTo(Color.BLUE);
        assertThat(new Color(rendered.getRGB(30, 15))).isEqualTo(Color.YELLOW);
    }

    @Test
    void aJpegNeedsNoMoreMemoryThanItsFile() throws IOException {
        byte[] jpeg = TestPictures.jpeg(TestPictures.quarters(4000, 3000, BufferedImage.TYPE_INT_RGB));

        assertThat(renderWithLittleMemory(new SourceImage(ImageType.JPEG, 4000, 3000, jpeg.length), jpeg))
                .isNotEmpty();
    }

    /** At 2 MiB, the result of 4 MB is decoded in several parts, each of them upright, in sRGB and in its place. */
    @ParameterizedTest
    @CsvSource({
        "1, JPEG, RED GREEN BLUE YELLOW",
        "2, PNG, GREEN RED YELLOW BLUE",
        "3, JPEG, YELLOW BLUE GREEN RED",
        "4, PNG, BLUE YELLOW RED GREEN",
        "5, JPEG, RED BLUE GREEN YELLOW",
        "6, PNG, BLUE RED YELLOW GREEN",
        "7, JPEG, YELLOW GREEN BLUE RED",
        "8, PNG, GREEN YELLOW RED BLUE",
    })
    void aResultThatNeedsMoreMemoryThanThereIsIsRenderedInParts(int orientation, ImageType format, String corners)
            throws IOException {
        byte[] jpeg = TestPictures.withOrientation(
                TestPictures.jpeg(TestPictures.quarters(1201, 801, BufferedImage.TYPE_INT_RGB)), orientation);
        SourceImage image = new SourceImage(ImageType.JPEG, 1201, 801, jpeg.length);
        Transformation whole = new Transformation(OptionalInt.empty(), OptionalInt.empty(), Fit.INSIDE, format, 95);
        try (ImageEngine narrow = new JavaImageEngine(PATIENCE, LITTLE_MEMORY);
                ImageEngine wide = new JavaImageEngine(PATIENCE, 100 * LITTLE_MEMORY)) {
            BufferedImage inParts =
                    TestPictures.decode(format, narrow.render(() -> new ByteArrayInputStream(jpeg), image, whole));
            BufferedImage atOnce =
                    TestPictures.decode(format, wide.render(() -> new ByteArrayInputStream(jpeg), image, whole));

            assertThat(inParts.getWidth()).isEqualTo(orientation < 5 ? 1201 : 801);
            assertThat(TestPictures.decibels(inParts, atOnce)).isEqualTo(99);
            ImageEngineContract.assertQuarters(
                    inParts,
                    Arrays.stream(corners.split(" ")).map(TestPictures::colour).toArray(Color[]::new));
        }
    }

    @Test
    void transparencyAndColoursOutliveRenderingInParts() throws IOException {
        byte[] png = TestPictures.pngWithProfile(
                TestPictures.png(
                        TestPictures.plain(new Color(200, 100, 50, 128), 1000, 1200, BufferedImage.TYPE_INT_ARGB)),
                TestPictures.displayP3());
        SourceImage image = new SourceImage(ImageType.PNG, 1000, 1200, png.length);
        Transformation whole =
                new Transformation(OptionalInt.empty(), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);

        try (ImageEngine engine = new JavaImageEngine(PATIENCE, LITTLE_MEMORY)) {
            BufferedImage rendered = TestPictures.decode(
                    ImageType.PNG, engine.render(() -> new ByteArrayInputStream(png), image, whole));

            for (int y : new int[] {0, 600, 1199}) {
                ImageEngineContract.assertColour(rendered, 500, y, new Color(213, 95, 31, 128), 6);
            }
        }
    }

    /** At 2 MiB, its 3 MB of pixels are decoded in several parts, each from the beginning of the file. */
    @Test
    void aLossyWebpThatNeedsMoreMemoryThanThereIsIsDecodedInParts() throws IOException {
        byte[] webp = TestPictures.lossyWebp(TestPictures.quarters(1200, 900, BufferedImage.TYPE_INT_RGB));
        SourceImage image = new SourceImage(ImageType.WEBP, 1200, 900, webp.length);
        Transformation small =
                new Transformation(OptionalInt.of(400), OptionalInt.empty(), Fit.INSIDE, ImageType.PNG, 80);

        try (ImageEngine narrow = new JavaImageEngine(PATIENCE, LITTLE_MEMORY);
                ImageEngine wide = new JavaImageEngine(PATIENCE, 100 * LITTLE_MEMORY)) {
            BufferedImage inParts = TestPictures.decode(
                    ImageType.PNG, narrow.render(() -> new ByteArrayInputStream(webp), image, small));
            BufferedImage atOnce =
                    TestPictures.decode(ImageType.PNG, wide.render(() -> new ByteArrayInputStream(webp), image, small));

            assertThat(TestPictures.decibels(inParts, atOnce)).isEqualTo(99);
        }
    }

    @Test
    void aWebpThatHasToBeHeldAsAWholeAndNeedsMoreMemoryThanThereIsIsRefused() {
        byte[] webp = Pictures.losslessWebp(1000, 1000);

        assertThatExceptionOfType(UndecodableImageException.class)
                .isThrownBy(
                        () -> renderWithLittleMemory(new SourceImage(ImageType.WEBP, 1000, 1000, webp.length), webp))
                .withMessageContaining("1000x1000 pixels");
    }

    /** It may have been stored when nobody looked for that. */
    @Test
    void aWebpWithMoreCodesThanItsPixelsWarrantIsUndecodable() throws IOException {
        byte[] few = LosslessWebps.still(4, 4, 20);
        byte[] all = LosslessWebps.still(4, 4, LosslessWebps.MOST_GROUPS);

        assertThat(renderWithLittleMemory(new SourceImage(ImageType.WEBP, 4, 4, few.length), few))
                .isNotEmpty();
        assertThatExceptionOfType(UndecodableImageException.class)
                .isThrownBy(() -> renderWithLittleMemory(new SourceImage(ImageType.WEBP, 4, 4, all.length), all))
                .withMessageContaining("bytes in the tables of its codes");
    }

    /** As Chromium 156 shows them: a pixel on the diagonal of a canvas of 6x6. */
    static Stream<Arguments> oddGifs() {
        byte[] quarters = Gifs.lzw(Gifs.BITS, Gifs.quarters(4, 4));
        byte[] half = Gifs.lzw(Gifs.BITS, Arrays.copyOf(Gifs.quarters(4, 4), 7));
        byte[] unknown = new byte[16];
        Arrays.fill(unknown, (byte) 7);
        return Stream.of(
                Arguments.of("no colours", Gifs.gif(6, 6, new int[0], Gifs.frame(0, 0, 4, 4, quarters)), 1, 0xff000000),
                Arguments.of("too few", Gifs.gif(6, 6, Gifs.frame(0, 0, 4, 4, Gifs.lzw(3, unknown))), 1, 0xff000000),
                Arguments.of("decoded pixels", Gifs.gif(6, 6, Gifs.frame(0, 0, 4, 4, half)), 1, 0xffff0000),
                Arguments.of("missing pixels", Gifs.gif(6, 6, Gifs.frame(0, 0, 4, 4, half)), 3, 0),
                Arguments.of("partly outside", Gifs.gif(6, 6, Gifs.frame(3, 3, 4, 4, quarters)), 3, 0xffff0000),
                Arguments.of("all outside", Gifs.gif(6, 6, Gifs.frame(6, 6, 4, 4, quarters)), 3, 0),
                Arguments.of("beside the canvas", Gifs.gif(6, 6, Gifs.frame(8, 2, 4, 4, quarters)), 3, 0),
                Arguments.of("below the canvas", Gifs.gif(6, 6, Gifs.frame(2, 8, 4, 4, quarters)), 3, 0),
                Arguments.of(
                        "codes of eleven bits",
                        Gifs.gif(6, 6, Gifs.frame(0, 0, 4, 4, Gifs.lzw(11, Gifs.quarters(4, 4)))),
                        1,
                        0xffff0000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("oddGifs")
    void anOddGifIsRenderedAsBrowsersShowIt(String name, byte[] gif, int place, int colour) throws Exception {
        WalkedImage walked = Walks.walk(gif);
        try (ImageEngine engine = createEngine(PATIENCE)) {
            byte[] rendered = engine.render(
                    () -> new ByteArrayInputStream(gif),
                    new SourceImage(ImageType.GIF, walked.width(), walked.height(), gif.length),
                    thumbnail(ImageType.PNG));

            assertThat(TestPictures.decode(ImageType.PNG, rendered).getRGB(place, place))
                    .isEqualTo(colour);
        }
    }

    /** It is not stored like this. */
    @Test
    void aGifWithoutDataIsUndecodable() {
        byte[] gif = Gifs.gif(6, 6, Gifs.frame(0, 0, 4, 4, new byte[] {2, 0}));

        assertThatExceptionOfType(UndecodableImageException.class)
                .isThrownBy(() -> renderWithLittleMemory(new SourceImage(ImageType.GIF, 6, 6, gif.length), gif))
                .withMessage("The picture can't be decoded: The GIF has a frame without pixels");
    }

    @Test
    void aGifWhoseCodesMakeNoSenseIsUndecodable() {
        byte[] gif = Gifs.gif(6, 6, Gifs.frame(0, 0, 6, 6, Gifs.codes(2, 4, 3, 1, 3, 7, 3)));

        assertThatExceptionOfType(UndecodableImageException.class)
                .isThrownBy(() -> renderWithLittleMemory(new SourceImage(ImageType.GIF, 6, 6, gif.length), gif))
                .withMessage("The picture can't be decoded: The GIF has a code that stands for nothing");
    }

    private static byte[] renderWithLittleMemory(SourceImage image, byte[] bytes) throws IOException {
        try (ImageEngine engine = new JavaImageEngine(PATIENCE, LITTLE_MEMORY)) {
            return engine.render(() -> new ByteArrayInputStream(bytes), image, thumbnail(ImageType.PNG));
        }
    }

    private static Transformation thumbnail(ImageType format) {
        return new Transformation(OptionalInt.of(40), OptionalInt.empty(), Fit.INSIDE, format, 80);
    }
}
