package io.github.imagehost.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIOException;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.common.util.concurrent.Uninterruptibles;
import io.github.imagehost.core.format.WalkedImage;
import io.github.imagehost.core.format.walk.Walks;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.model.Retryable;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Depth;
import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.transform.imageio.JavaImageEngine;
import java.awt.Color;
import java.awt.Dimension;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.DataBufferUShort;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every {@link ImageEngine} does. */
public abstract class ImageEngineContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** What lossy formats may do to a colour. */
    private static final int LOSS = 12;

    private ImageEngine engine;

    /** The engine under test, with this time limit. */
    protected abstract ImageEngine createEngine(Duration timeLimit);

    /** An engine that renders no two PNGs of 1000x1000 pixels at once. */
    protected abstract ImageEngine createEngineForOne(Duration timeLimit);

    @BeforeEach
    void createEngine() {
        engine = createEngine(PATIENCE);
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    /** Of many cases of one claim, every third one in every build. */
    protected static Stream<Arguments> some(List<Arguments> cases) {
        int step = Depth.of(3, 1);
        return IntStream.range(0, cases.size()).filter(i -> i % step == 0).mapToObj(cases::get);
    }

    static Stream<Arguments> boxesAroundPictures() {
        return some(FramingTest.boxesAroundPictures());
    }

    static Stream<Arguments> boxesThatPicturesCover() {
        return some(FramingTest.boxesThatPicturesCover());
    }

    @ParameterizedTest
    @MethodSource("boxesAroundPictures")
    void thePictureFitsInsideTheBox(int width, int height, int boxWidth, int boxHeight, int newWidth, int newHeight)
            throws IOException {
        byte[] png = TestPictures.png(TestPictures.plain(Color.RED, width, height, BufferedImage.TYPE_INT_RGB));

        BufferedImage rendered = render(png, ImageType.PNG, width, height, box(boxWidth, boxHeight, Fit.INSIDE));

        assertSize(rendered, newWidth, newHeight);
        assertColour(rendered, newWidth - 1, newHeight - 1, Color.RED, 0);
    }

    @ParameterizedTest
    @MethodSource("boxesThatPicturesCover")
    void thePictureCoversTheBox(int width, int height, int boxWidth, int boxHeight, int newWidth, int newHeight)
            throws IOException {
        byte[] jpeg = TestPictures.jpeg(TestPictures.plain(Color.RED, width, height, BufferedImage.TYPE_INT_RGB));

        BufferedImage rendered = render(jpeg, ImageType.JPEG, width, height, box(boxWidth, boxHeight, Fit.COVER));

        assertSize(rendered, newWidth, newHeight);
        assertColour(rendered, newWidth - 1, newHeight - 1, Color.RED, LOSS);
    }

    /** Source, format, box (0 is none), size. */
    static Stream<Arguments> extremeShapes() {
        return some(List.of(
                Arguments.of(129, 29000, ImageType.JPEG, 128, 0, 128, 28775),
                Arguments.of(129, 29000, ImageType.PNG, 128, 0, 128, 28775),
                Arguments.of(29000, 129, ImageType.JPEG, 0, 128, 28775, 128),
                Arguments.of(30000, 160, ImageType.WEBP, 1920, 0, 1920, 10),
                Arguments.of(30000, 160, ImageType.JPEG, 0, 192, 30000, 160),
                Arguments.of(30000, 1, ImageType.JPEG, 0, 160, 30000, 1),
                Arguments.of(30000, 1, ImageType.PNG, 1280, 0, 1280, 1),
                Arguments.of(30000, 1, ImageType.WEBP, 320, 320, 320, 1),
                Arguments.of(1, 30000, ImageType.PNG, 1280, 0, 1, 30000),
                Arguments.of(1, 30000, ImageType.WEBP, 320, 320, 1, 320)));
    }

    /** As scrolling screenshots and panoramas, but narrower: in the longest sides that come in. */
    @ParameterizedTest
    @MethodSource("extremeShapes")
    void extremeShapesAreRendered(
            int width, int height, ImageType format, int boxWidth, int boxHeight, int newWidth, int newHeight)
            throws IOException {
        assertIsRendered(width, height, format, boxWidth, boxHeight, newWidth, newHeight);
    }

    /** In sizes that anybody may ask for. */
    @Tag("deep")
    @ParameterizedTest
    @CsvSource({
        "1290, 29000, JPEG, 1280, 0, 1280, 28775",
        "1290, 29000, PNG, 1280, 0, 1280, 28775",
        "29000, 1290, JPEG, 0, 1280, 28775, 1280",
        "30000, 1600, JPEG, 0, 1920, 30000, 1600",
        "30000, 1600, WEBP, 1920, 0, 1920, 102",
    })
    void wholeScrollingScreenshotsAndPanoramasAreRendered(
            int width, int height, ImageType format, int boxWidth, int boxHeight, int newWidth, int newHeight)
            throws IOException {
        assertIsRendered(width, height, format, boxWidth, boxHeight, newWidth, newHeight);
    }

    private void assertIsRendered(
            int width, int height, ImageType format, int boxWidth, int boxHeight, int newWidth, int newHeight)
            throws IOException {
        byte[] png = TestPictures.png(TestPictures.quarters(width, height, BufferedImage.TYPE_INT_RGB));
        SourceImage image = new SourceImage(ImageType.PNG, width, height, png.length);

        BufferedImage rendered = render(png, image, box(boxWidth, boxHeight, Fit.INSIDE, format, 80));

        assertSize(rendered, newWidth, newHeight);
        if (newWidth > 1 && newHeight > 1) {
            assertQuarters(rendered, Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
        }
    }

    @Test
    void aResultThatItsFormatCannotHoldIsNoneToAskFor() {
        byte[] png = TestPictures.png(TestPictures.plain(Color.RED, 2, 16384, BufferedImage.TYPE_INT_RGB));
        SourceImage image = new SourceImage(ImageType.PNG, 2, 16384, png.length);
        Transformation tooLong = box(0, 0, Fit.INSIDE, ImageType.WEBP, 80);

        assertThat(tooLong.resultOf(2, 16384)).isEqualTo(new Dimension(2, 16384));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> engine.render(source(png), image, tooLong))
                .withMessageContaining("16383");
    }

    @Test
    void theMiddleOfThePictureCoversTheBox() throws IOException {
        byte[] png = TestPictures.png(TestPictures.quarters(400, 100, BufferedImage.TYPE_INT_RGB));

        assertQuarters(
                render(png, ImageType.PNG, 400, 100, box(50, 50, Fit.COVER)),
                Color.RED,
                Color.GREEN,
                Color.BLUE,
                Color.YELLOW);
    }

    @ParameterizedTest
    @CsvSource({
        "1, RED GREEN BLUE YELLOW",
        "2, GREEN RED YELLOW BLUE",
        "3, YELLOW BLUE GREEN RED",
        "4, BLUE YELLOW RED GREEN",
        "5, RED BLUE GREEN YELLOW",
        "6, BLUE RED YELLOW GREEN",
        "7, YELLOW GREEN BLUE RED",
        "8, GREEN YELLOW RED BLUE",
    })
    void thePictureIsUpright(int orientation, String corners) throws IOException {
        byte[] jpeg = TestPictures.withOrientation(
                TestPictures.jpeg(TestPictures.quarters(320, 160, BufferedImage.TYPE_INT_RGB)), orientation);
        SourceImage image = new SourceImage(ImageType.JPEG, 320, 160, jpeg.length);
        boolean onItsSide = orientation > 4;
        Color[] colours =
                Arrays.stream(corners.split(" ")).map(TestPictures::colour).toArray(Color[]::new);

        BufferedImage inside = render(jpeg, image, box(onItsSide ? 40 : 80, 1000, Fit.INSIDE));
        assertSize(inside, onItsSide ? 40 : 80, onItsSide ? 80 : 40);
        assertQuarters(inside, colours);

        BufferedImage cover = render(jpeg, image, box(60, 30, Fit.COVER));
        assertSize(cover, 60, 30);
        assertQuarters(cover, colours);
    }

    @Test
    void anOrientationOfAPngCountsAndOfAWebpDoesNot() throws IOException {
        BufferedImage quarters = TestPictures.quarters(64, 32, BufferedImage.TYPE_INT_RGB);
        byte[] webp =
                TestPictures.extendedWebp(TestPictures.losslessWebp(quarters), 64, 32, TestPictures.displayP3(), 6);
        byte[] png = TestPictures.withPngChunk(TestPictures.png(quarters), "eXIf", TestPictures.exifOrientation(6));

        assertSize(
                render(webp, new SourceImage(ImageType.WEBP, 64, 32, webp.length), box(16, 1000, Fit.INSIDE)), 16, 8);
        assertSize(render(png, new SourceImage(ImageType.PNG, 64, 32, png.length), box(16, 1000, Fit.INSIDE)), 16, 32);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPEG", "PNG", "WEBP"})
    void allFormatsAreWritten(ImageType format) throws IOException {
        byte[] png = TestPictures.png(TestPictures.quarters(200, 100, BufferedImage.TYPE_INT_RGB));
        SourceImage image = new SourceImage(ImageType.PNG, 200, 100, png.length);

        assertThat(engine.writableTypes()).contains(format);
        byte[] rendered = engine.render(source(png), image, box(80, 80, Fit.INSIDE, format, 90));

        BufferedImage decoded = TestPictures.decode(format, rendered);
        assertSize(decoded, 80, 40);
        assertQuarters(decoded, Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
    }

    @ParameterizedTest
    @ValueSource(strings = {"JPEG", "WEBP"})
    void lessQualityIsASmallerFile(ImageType format) throws IOException {
        byte[] png = Pictures.png(200, 200);
        SourceImage image = new SourceImage(ImageType.PNG, 200, 200, png.length);

        int small = engine.render(source(png), image, box(0, 0, Fit.INSIDE, format, 10)).length;
        int large = engine.render(source(png), image, box(0, 0, Fit.INSIDE, format, 90)).length;

        assertThat(small).isLessThan(large / 2);
    }

    @ParameterizedTest
    @EnumSource(names = {"PNG", "WEBP"})
    void transparencyIsKept(ImageType format) throws IOException {
        BufferedImage glass = TestPictures.plain(new Color(255, 0, 0, 128), 64, 64, BufferedImage.TYPE_INT_ARGB);
        byte[] png = TestPictures.png(glass);
        byte[] webp = TestPictures.losslessWebp(glass);

        assertColour(render(png, ImageType.PNG, 64, 64, box(16, 16, format)), 8, 8, glass(255, 0, 0, 128), LOSS);
        assertColour(render(webp, ImageType.WEBP, 64, 64, box(16, 16, format)), 8, 8, glass(255, 0, 0, 128), LOSS);
    }

    @Test
    void transparencyBecomesWhiteInJpeg() throws IOException {
        byte[] png =
                TestPictures.png(TestPictures.plain(new Color(255, 0, 0, 128), 64, 64, BufferedImage.TYPE_INT_ARGB));

        assertColour(
                render(png, ImageType.PNG, 64, 64, box(16, 16, ImageType.JPEG)), 8, 8, new Color(255, 127, 127), LOSS);
    }

    @Test
    void transparentPixelsDoNotColourOthers() throws IOException {
        byte[] png = TestPictures.png(TestPictures.stripesOfRedGlass(64, 64));

        assertColour(
                render(png, ImageType.PNG, 64, 64, box(16, 16, ImageType.PNG)), 8, 8, glass(0x30, 0x60, 0xc8, 128), 4);
    }

    /** Neighbours that alternate have to become their mean, wherever the blocks begin and end. */
    @ParameterizedTest
    @ValueSource(ints = {50, 37, 25, 10, 3})
    void fineDetailIsAveragedInsteadOfLeftOut(int width) throws IOException {
        BufferedImage stripes = new BufferedImage(400, 400, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < 400; y++) {
            for (int x = 0; x < 400; x++) {
                stripes.setRGB(x, y, (x + y) % 2 == 0 ? 0xffffff : 0);
            }
        }

        BufferedImage rendered =
                render(TestPictures.png(stripes), ImageType.PNG, 400, 400, box(width, width, ImageType.PNG));

        for (int x = 0; x < width; x++) {
            assertColour(rendered, x, width / 2, new Color(128, 128, 128), 15);
        }
    }

    /** The colour (200, 100, 50) of Display P3 is (213, 95, 31) in sRGB. */
    @Test
    void coloursAreConvertedToSrgb() throws IOException {
        BufferedImage plain = TestPictures.plain(new Color(200, 100, 50), 64, 64, BufferedImage.TYPE_INT_RGB);
        Color expected = new Color(213, 95, 31);
        byte[] profile = TestPictures.displayP3();

        assertColour(
                render(
                        TestPictures.withProfile(TestPictures.jpeg(plain), profile),
                        ImageType.JPEG,
                        64,
                        64,
                        box(16, 16, ImageType.PNG)),
                8,
                8,
                expected,
                4);
        assertColour(
                render(
                        TestPictures.pngWithProfile(TestPictures.png(plain), profile),
                        ImageType.PNG,
                        64,
                        64,
                        box(16, 16, ImageType.PNG)),
                8,
                8,
                expected,
                4);
        assertColour(
                render(
                        TestPictures.extendedWebp(TestPictures.losslessWebp(plain), 64, 64, profile, 1),
                        ImageType.WEBP,
                        64,
                        64,
                        box(16, 16, ImageType.PNG)),
                8,
                8,
                expected,
                4);
    }

    @Test
    void transparencyOutlivesTheConversionOfColours() throws IOException {
        byte[] png = TestPictures.pngWithProfile(
                TestPictures.png(TestPictures.plain(new Color(200, 100, 50, 128), 64, 64, BufferedImage.TYPE_INT_ARGB)),
                TestPictures.displayP3());

        assertColour(render(png, ImageType.PNG, 64, 64, box(16, 16, ImageType.PNG)), 8, 8, glass(213, 95, 31, 128), 6);
    }

    @Test
    void aBrokenProfileIsIgnored() throws IOException {
        byte[] jpeg = TestPictures.withProfile(
                TestPictures.jpeg(TestPictures.plain(Color.RED, 64, 64, BufferedImage.TYPE_INT_RGB)), new byte[200]);

        assertColour(render(jpeg, ImageType.JPEG, 64, 64, box(16, 16, ImageType.PNG)), 8, 8, Color.RED, LOSS);
    }

    @Test
    void aCmykJpegIsRendered() throws IOException {
        byte[] jpeg = TestPictures.cmykJpeg(255, 0, 0, 0, 64, 64);

        int colour =
                render(jpeg, ImageType.JPEG, 64, 64, box(16, 16, ImageType.PNG)).getRGB(8, 8);

        assertThat(new Color(colour).getRed()).as("red of cyan").isLessThan(100);
        assertThat(new Color(colour).getGreen()).as("green of cyan").isGreaterThan(130);
        assertThat(new Color(colour).getBlue()).as("blue of cyan").isGreaterThan(180);
    }

    @Test
    void aGreyJpegIsRendered() throws IOException {
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_BYTE_GRAY);
        Arrays.fill(((DataBufferByte) grey.getRaster().getDataBuffer()).getData(), (byte) 100);

        assertColour(
                render(TestPictures.jpeg(grey), ImageType.JPEG, 64, 64, box(16, 16, ImageType.JPEG)),
                8,
                8,
                new Color(100, 100, 100),
                4);
    }

    @Test
    void aProgressiveJpegIsRendered() throws IOException {
        byte[] jpeg = TestPictures.progressiveJpeg(TestPictures.quarters(320, 160, BufferedImage.TYPE_INT_RGB));

        assertQuarters(
                render(jpeg, ImageType.JPEG, 320, 160, box(80, 80, ImageType.JPEG)),
                Color.RED,
                Color.GREEN,
                Color.BLUE,
                Color.YELLOW);
    }

    @Test
    void aPngOf16BitsIsRendered() throws IOException {
        byte[] png = TestPictures.png(TestPictures.deep(200 << 8, 100 << 8, 50 << 8, 64, 64));

        assertColour(render(png, ImageType.PNG, 64, 64, box(16, 16, ImageType.PNG)), 8, 8, new Color(200, 100, 50), 1);
    }

    @Test
    void aGreyPngOf16BitsIsRendered() throws IOException {
        BufferedImage grey = new BufferedImage(64, 64, BufferedImage.TYPE_USHORT_GRAY);
        Arrays.fill(((DataBufferUShort) grey.getRaster().getDataBuffer()).getData(), (short) (100 << 8));

        assertColour(
                render(TestPictures.png(grey), ImageType.PNG, 64, 64, box(16, 16, ImageType.PNG)),
                8,
                8,
                new Color(100, 100, 100),
                1);
    }

    @Test
    void aPngWithAPaletteIsRendered() throws IOException {
        byte[] png = TestPictures.png(TestPictures.palette(Color.RED, glass(0, 0, 255, 0), 64, 64));

        BufferedImage rendered = render(png, ImageType.PNG, 64, 64, box(16, 16, ImageType.PNG));

        assertColour(rendered, 2, 8, Color.RED, 0);
        assertThat(rendered.getRGB(13, 8) >>> 24)
                .as("opacity of the right half")
                .isZero();
    }

    @Test
    void aPngWithOneTransparentColourIsRendered() throws IOException {
        byte[] png = TestPictures.withPngChunk(
                TestPictures.png(TestPictures.quarters(64, 64, BufferedImage.TYPE_INT_RGB)),
                "tRNS",
                new byte[] {0, (byte) 255, 0, 0, 0, 0});

        BufferedImage rendered = render(png, ImageType.PNG, 64, 64, box(16, 16, ImageType.PNG));

        assertThat(rendered.getRGB(2, 2) >>> 24).as("opacity of red").isZero();
        assertColour(rendered, 13, 2, Color.GREEN, 0);
    }

    @Test
    void anInterlacedPngIsRendered() throws IOException {
        byte[] png = TestPictures.interlacedPng(TestPictures.quarters(320, 160, BufferedImage.TYPE_INT_RGB));

        assertQuarters(
                render(png, ImageType.PNG, 320, 160, box(80, 80, ImageType.PNG)),
                Color.RED,
                Color.GREEN,
                Color.BLUE,
                Color.YELLOW);
    }

    @Test
    void theFirstFrameOfAGifIsRenderedOnItsCanvas() throws IOException {
        BufferedImage frame = TestPictures.plain(Color.RED, 40, 40, BufferedImage.TYPE_INT_ARGB);
        frame.setRGB(20, 20, 0);
        byte[] gif = TestPictures.gifWithSmallFrame(frame, 60, 20, 100, 100);

        assertSmallFrame(render(gif, ImageType.GIF, 100, 100, box(50, 50, ImageType.PNG)));
    }

    static Stream<Named<byte[]>> gifsOfQuarters() {
        byte[] quarters = Gifs.quarters(320, 160);
        byte[] plain = Gifs.lzw(Gifs.BITS, quarters);
        int[] otherColours = {0x808080, 0x808080, 0x808080, 0x808080};
        int[] manyColours = new int[256];
        byte[] noisy = new byte[quarters.length];
        Random random = new Random(1);
        for (int i = 0; i < manyColours.length; i++) {
            manyColours[i] = Gifs.colours()[i / 64];
        }
        for (int i = 0; i < noisy.length; i++) {
            noisy[i] = (byte) (quarters[i] * 64 + random.nextInt(64));
        }
        byte[] deferred = Gifs.lzw(8, noisy, Integer.MAX_VALUE);
        byte[] interlaced = Gifs.lzw(Gifs.BITS, Gifs.interlaced(quarters, 320));
        return Stream.of(
                Named.of("plain", Gifs.gif(320, 160, Gifs.frame(0, 0, 320, 160, plain))),
                Named.of(
                        "longer codes than indices need",
                        Gifs.gif(320, 160, Gifs.frame(0, 0, 320, 160, Gifs.lzw(11, quarters)))),
                Named.of("interlaced", Gifs.gif(320, 160, Gifs.interlacedFrame(0, 0, 320, 160, interlaced))),
                Named.of(
                        "colours of the frame",
                        Gifs.gif(320, 160, otherColours, Gifs.frame(0, 0, 320, 160, Gifs.colours(), plain))),
                Named.of(
                        "a full table that is never cleared",
                        Gifs.gif(320, 160, manyColours, Gifs.frame(0, 0, 320, 160, deferred))));
    }

    @ParameterizedTest
    @MethodSource("gifsOfQuarters")
    void aGifIsRendered(byte[] gif) throws IOException {
        assertQuarters(
                render(gif, ImageType.GIF, 320, 160, box(80, 80, ImageType.PNG)),
                Color.RED,
                Color.GREEN,
                Color.BLUE,
                Color.YELLOW);
    }

    @Test
    void aTransparentColourOfAGifIsTransparent() throws IOException {
        byte[] frame = Gifs.frame(0, 0, 320, 160, Gifs.lzw(Gifs.BITS, Gifs.quarters(320, 160)));
        byte[] gif = Gifs.gif(320, 160, Gifs.transparent(1), frame);

        BufferedImage rendered = render(gif, ImageType.GIF, 320, 160, box(80, 80, ImageType.PNG));

        assertColour(rendered, 10, 10, Color.RED, 0);
        assertThat(rendered.getRGB(70, 10) >>> 24).as("opacity of green").isZero();
    }

    @Test
    void theFirstFrameOfAnAnimatedWebpIsRenderedOnItsCanvas() throws IOException {
        byte[] webp = TestPictures.animatedWebp(
                TestPictures.plain(Color.RED, 40, 40, BufferedImage.TYPE_INT_ARGB),
                60,
                20,
                TestPictures.plain(Color.BLUE, 100, 100, BufferedImage.TYPE_INT_ARGB));

        assertSmallFrame(render(webp, ImageType.WEBP, 100, 100, box(50, 50, ImageType.PNG)));
    }

    /** The frame is at (60, 20) of a canvas of 100x100, has 40x40 pixels, and is shown in half its size. */
    private static void assertSmallFrame(BufferedImage rendered) {
        assertSize(rendered, 50, 50);
        assertColour(rendered, 31, 11, Color.RED, LOSS);
        assertColour(rendered, 48, 28, Color.RED, LOSS);
        assertThat(rendered.getRGB(28, 20) >>> 24).as("opacity to the left").isZero();
        assertThat(rendered.getRGB(40, 8) >>> 24).as("opacity above").isZero();
        assertThat(rendered.getRGB(40, 32) >>> 24).as("opacity below").isZero();
    }

    @Test
    void aLossyWebpIsRendered() throws IOException {
        byte[] webp = TestPictures.lossyWebp(TestPictures.quarters(320, 160, BufferedImage.TYPE_INT_RGB));

        BufferedImage rendered = render(webp, ImageType.WEBP, 320, 160, box(80, 80, ImageType.PNG));

        assertSize(rendered, 80, 40);
        assertQuarters(rendered, Color.RED, Color.GREEN, Color.BLUE, Color.YELLOW);
    }

    /**
     * Pictures whose orientation, colours, transparency or canvas are told in odd ways, twice, or not at all: they are
     * made by {@code looks.py}, and {@code looks.tsv} says what Chromium shows: the size, and the colours of the
     * quarters.
     */
    @ParameterizedTest
    @MethodSource("looks")
    protected void aPictureLooksAsInABrowser(String name, String engines, String size, String[] colours)
            throws Exception {
        byte[] picture = resource("looks/" + name);
        WalkedImage walked = Walks.walk(picture);
        assertThat(walked.uprightWidth() + "x" + walked.uprightHeight()).isEqualTo(size);

        BufferedImage rendered = render(
                picture,
                new SourceImage(walked.type(), walked.uprightWidth(), walked.uprightHeight(), picture.length),
                box(0, 0, ImageType.PNG));

        assertThat(rendered.getWidth() + "x" + rendered.getHeight()).isEqualTo(size);
        // libvips has a press in mind for CMYK without a profile, and paints what a GIF's frame does not cover
        boolean isLike = engines.equals("both") || engine instanceof JavaImageEngine;
        for (int quarter = 0; isLike && quarter < colours.length; quarter++) {
            int x = rendered.getWidth() * (1 + quarter % 2 * 2) / 4;
            int y = rendered.getHeight() * (1 + quarter / 2 * 2) / 4;
            boolean isEmpty = rendered.getRGB(x, y) >>> 24 == 0;
            Color seen = isEmpty ? Color.WHITE : new Color(rendered.getRGB(x, y));
            int[] expected = Arrays.stream(colours[quarter].split(","))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            assertThat(new int[] {seen.getRed(), seen.getGreen(), seen.getBlue()})
                    .as("quarter %d", quarter)
                    .satisfies(levels -> {
                        for (int i = 0; i < levels.length; i++) {
                            assertThat(levels[i]).isBetween(expected[i] - LOSS, expected[i] + LOSS);
                        }
                    });
        }
    }

    protected static Stream<Arguments> looks() throws IOException {
        return new String(resource("looks/looks.tsv"), StandardCharsets.UTF_8)
                .lines()
                .map(line -> line.split("\t"))
                .map(cells -> Arguments.of(cells[0], cells[1], cells[2], Arrays.copyOfRange(cells, 3, cells.length)));
    }

    /** The pictures beside this class were made by {@code cwebp}, and what they look like by {@code dwebp}. */
    @ParameterizedTest
    @CsvSource({
        "quality-5, 33",
        "quality-50, 34",
        "quality-50-method-0, 34",
        "quality-50-simple-filter, 34",
        "quality-90, 36",
        "alpha, 34",
        "lossless, 99",
        "lossless-alpha, 99",
    })
    void aWebpLooksAsLibwebpDecodesIt(String name, double leastDecibels) throws IOException {
        byte[] webp = resource("webp/" + name + ".webp");
        BufferedImage expected = TestPictures.decode(ImageType.PNG, resource("webp/" + name + ".png"));

        BufferedImage rendered =
                render(webp, ImageType.WEBP, expected.getWidth(), expected.getHeight(), box(0, 0, ImageType.PNG));

        assertThat(TestPictures.decibels(rendered, expected)).isGreaterThanOrEqualTo(leastDecibels);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ImageEngineContract.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        }
    }

    @Test
    void noMetadataIsPassedOn() throws IOException {
        byte[] jpeg = TestPictures.withOrientation(
                TestPictures.withXmp(TestPictures.withProfile(
                        TestPictures.jpeg(TestPictures.quarters(64, 64, BufferedImage.TYPE_INT_RGB)),
                        TestPictures.displayP3())),
                3);
        SourceImage image = new SourceImage(ImageType.JPEG, 64, 64, jpeg.length);

        for (ImageType format : engine.writableTypes()) {
            byte[] rendered = engine.render(source(jpeg), image, box(16, 16, format));
            assertThat(new String(rendered, StandardCharsets.ISO_8859_1))
                    .doesNotContainIgnoringCase("exif")
                    .doesNotContain("xmpmeta", "ICC_PROFILE", "iCCP", "ICCP", "xap");
        }
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void whatIsNoPictureIsUndecodable(ImageType type) {
        byte[] garbage = Pictures.unique(type);
        Arrays.fill(garbage, 16, garbage.length, (byte) 0x55);
        SourceImage image = new SourceImage(type, Pictures.WIDTH, Pictures.HEIGHT, garbage.length);

        assertThatExceptionOfType(UndecodableImageException.class)
                .isThrownBy(() -> engine.render(source(garbage), image, box(8, 8, ImageType.JPEG)))
                .satisfies(e -> assertThat(e).isNotInstanceOf(Retryable.class));
    }

    @Test
    void aSourceThatFailsIsNoUndecodablePicture() {
        byte[] png = Pictures.png(100, 100);
        SourceImage image = new SourceImage(ImageType.PNG, 100, 100, png.length);
        ImageSource broken = () -> {
            throw new IOException("the store is away");
        };

        assertThatIOException()
                .isThrownBy(() -> engine.render(broken, image, box(8, 8, ImageType.JPEG)))
                .withMessageContaining("the store is away");
    }

    @Test
    void aSourceThatEndsTooEarlyIsNoUndecodablePicture() {
        byte[] png = Pictures.png(100, 100);
        SourceImage image = new SourceImage(ImageType.PNG, 100, 100, png.length);

        assertThatIOException()
                .isThrownBy(() ->
                        engine.render(source(Arrays.copyOf(png, png.length / 2)), image, box(8, 8, ImageType.JPEG)))
                .withMessageContaining(String.valueOf(png.length));
    }

    @Test
    void theSourceIsOpenedOnceAndClosed() throws IOException {
        byte[] png = Pictures.png(100, 100);
        AtomicInteger opened = new AtomicInteger();
        AtomicInteger closed = new AtomicInteger();

        engine.render(
                () -> {
                    opened.incrementAndGet();
                    return new ByteArrayInputStream(png) {
                        @Override
                        public void close() {
                            closed.incrementAndGet();
                        }
                    };
                },
                new SourceImage(ImageType.PNG, 100, 100, png.length),
                box(8, 8, ImageType.JPEG));

        assertThat(opened).hasValue(1);
        assertThat(closed).hasPositiveValue();
    }

    @Test
    void aPictureThatTakesTooLongIsGivenUp() {
        byte[] jpeg = Pictures.progressiveJpeg(2000, 2000);
        SourceImage image = new SourceImage(ImageType.JPEG, 2000, 2000, jpeg.length);

        try (ImageEngine hasty = createEngine(Duration.ofMillis(2))) {
            assertThatExceptionOfType(EngineOverloadedException.class)
                    .isThrownBy(() -> hasty.render(source(jpeg), image, box(100, 100, ImageType.JPEG)))
                    .isInstanceOf(Retryable.class);
        }
    }

    @Test
    void aPictureThatWaitsTooLongForOthersIsGivenUp() throws Exception {
        byte[] png = TestPictures.png(TestPictures.quarters(1000, 1000, BufferedImage.TYPE_INT_RGB));
        SourceImage image = new SourceImage(ImageType.PNG, 1000, 1000, png.length);
        CountDownLatch firstHasBegun = new CountDownLatch(1);
        CountDownLatch secondHasGivenUp = new CountDownLatch(1);

        try (ImageEngine narrow = createEngineForOne(Duration.ofMillis(200))) {
            List<Class<?>> failures = Concurrently.run(List.of(
                    () -> failure(() -> narrow.render(
                            () -> {
                                firstHasBegun.countDown();
                                assertThat(Uninterruptibles.awaitUninterruptibly(secondHasGivenUp, PATIENCE))
                                        .isTrue();
                                return new ByteArrayInputStream(png);
                            },
                            image,
                            box(8, 8, ImageType.PNG))),
                    () -> {
                        firstHasBegun.await();
                        Class<?> failure = failure(() -> narrow.render(
                                () -> {
                                    throw new IOException("opened beside another one");
                                },
                                image,
                                box(8, 8, ImageType.PNG)));
                        secondHasGivenUp.countDown();
                        return failure;
                    }));

            assertThat(failures).containsOnly(EngineOverloadedException.class);
        }
    }

    private static Class<?> failure(ThrowingCallable call) {
        return catchThrowable(call).getClass();
    }

    private BufferedImage render(byte[] bytes, ImageType type, int width, int height, Transformation transformation)
            throws IOException {
        return render(bytes, new SourceImage(type, width, height, bytes.length), transformation);
    }

    private BufferedImage render(byte[] bytes, SourceImage image, Transformation transformation) throws IOException {
        return TestPictures.decode(transformation.format(), engine.render(source(bytes), image, transformation));
    }

    private static ImageSource source(byte[] bytes) {
        return () -> new ByteArrayInputStream(bytes);
    }

    private static Transformation box(int width, int height, ImageType format) {
        return box(width, height, Fit.INSIDE, format, 95);
    }

    private static Transformation box(int width, int height, Fit fit) {
        return box(width, height, fit, ImageType.PNG, 95);
    }

    private static Transformation box(int width, int height, Fit fit, ImageType format, int quality) {
        return new Transformation(side(width), side(height), fit, format, quality);
    }

    private static OptionalInt side(int pixels) {
        return pixels == 0 ? OptionalInt.empty() : OptionalInt.of(pixels);
    }

    private static Color glass(int red, int green, int blue, int alpha) {
        return new Color(red, green, blue, alpha);
    }

    private static void assertSize(BufferedImage image, int width, int height) {
        assertThat(image.getWidth() + "x" + image.getHeight()).isEqualTo(width + "x" + height);
    }

    /** Not at the borders, where colours may mix. */
    public static void assertQuarters(BufferedImage image, Color... colours) {
        int right = image.getWidth() * 3 / 4;
        int bottom = image.getHeight() * 3 / 4;
        assertColour(image, image.getWidth() / 4, image.getHeight() / 4, colours[0], LOSS);
        assertColour(image, right, image.getHeight() / 4, colours[1], LOSS);
        assertColour(image, image.getWidth() / 4, bottom, colours[2], LOSS);
        assertColour(image, right, bottom, colours[3], LOSS);
    }

    public static void assertColour(BufferedImage image, int x, int y, Color expected, int tolerance) {
        Color colour = new Color(image.getRGB(x, y), true);
        int[] difference = {
            Math.abs(colour.getRed() - expected.getRed()),
            Math.abs(colour.getGreen() - expected.getGreen()),
            Math.abs(colour.getBlue() - expected.getBlue()),
            Math.abs(colour.getAlpha() - expected.getAlpha())
        };
        assertThat(Arrays.stream(difference).max().orElseThrow())
                .as("difference of %s alpha %d at (%d, %d) to %s", colour, colour.getAlpha(), x, y, expected)
                .isLessThanOrEqualTo(tolerance);
    }
}
