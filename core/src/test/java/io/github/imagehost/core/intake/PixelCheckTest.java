package io.github.imagehost.core.intake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.ImageLimitException.Excess;
import io.github.imagehost.core.intake.refusal.DamagedImageException;
import io.github.imagehost.core.intake.refusal.DamagedImageException.Damage;
import io.github.imagehost.core.intake.refusal.ImageTooComplexException;
import io.github.imagehost.core.intake.spool.Spool;
import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import io.github.imagehost.core.testing.TestIntake;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class PixelCheckTest {

    private static final Duration LONG_ENOUGH = Duration.ofMinutes(1);
    private static final int END_OF_JPEG_LENGTH = 2;

    @TempDir
    private Path directory;

    private final PixelCheck check =
            new PixelCheck(new DecodingLimits(1, 1, 16L << 20, LONG_ENOUGH, LONG_ENOUGH), PixelCheck.readers());

    @AfterEach
    void endThreads() {
        check.close();
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void findsThePixelsOfPictures(ImageType type) throws IOException {
        receive(TaggedPictures.of(type), true).close();
    }

    @Test
    void findsThePixelsOfSpooledPictures() throws IOException {
        receive(Pictures.png(300, 300), true).close();
        receive(Pictures.progressiveJpeg(300, 300), true).close();
        receive(Pictures.jpegOfSize(900_000), true).close();
    }

    static Stream<byte[]> picturesWithoutPixels() {
        byte[] jpeg = Pictures.jpeg(300, 300);
        byte[] png = Pictures.uniquePng();
        byte[] gifFrame = Gifs.frame(0, 0, 8, 8, Gifs.lzw(Gifs.BITS, new byte[63]));
        byte[] noZlib = TaggedPictures.pngChunk("IDAT", new byte[40]);
        return Stream.of(
                // the end is there, but not what should come before it
                Pictures.concat(
                        Arrays.copyOf(jpeg, jpeg.length / 2),
                        Arrays.copyOfRange(jpeg, jpeg.length - END_OF_JPEG_LENGTH, jpeg.length)),
                Pictures.concat(Arrays.copyOf(png, 33), noZlib, TaggedPictures.pngChunk("IEND", new byte[0])),
                Gifs.gif(8, 8, gifFrame),
                pngThatGoesOnBehindItsLastRow());
    }

    @ParameterizedTest
    @MethodSource("picturesWithoutPixels")
    void refusesAPictureWhosePixelsAreMissing(byte[] picture) {
        assertThatThrownBy(() -> receive(picture, true))
                .isInstanceOfSatisfying(
                        DamagedImageException.class, e -> assertThat(e.damage()).isEqualTo(Damage.UNDECODABLE));
        assertThat(directory).isEmptyDirectory();
        assertThatCode(() -> receive(picture, false).close()).doesNotThrowAnyException();
    }

    private static byte[] pngThatGoesOnBehindItsLastRow() {
        byte[] header = Arrays.copyOf(Pictures.png(1, 1), 33);
        byte[] pixels = TaggedPictures.pngChunk("IDAT", TaggedPictures.deflate(new byte[30 << 20]));
        return Pictures.concat(header, pixels, TaggedPictures.pngChunk("IEND", new byte[0]));
    }

    static Stream<byte[]> webpsWithMoreCodesThanTheirPixelsWarrant() {
        return Stream.of(
                LosslessWebps.still(4, 4, LosslessWebps.MOST_GROUPS),
                LosslessWebps.withAlpha(LosslessWebps.MOST_GROUPS),
                LosslessWebps.animation(LosslessWebps.MOST_GROUPS));
    }

    /** A decoder would take 359 MB for them. */
    @ParameterizedTest
    @MethodSource("webpsWithMoreCodesThanTheirPixelsWarrant")
    void refusesAWebpWithMoreCodesThanItsPixelsWarrant(byte[] webp) throws IOException {
        assertThatThrownBy(() -> receive(webp, true)).isInstanceOfSatisfying(ImageTooComplexException.class, e -> {
            assertThat(e.excess()).isEqualTo(Excess.CODES);
            assertThat(e.code()).isEqualTo("too_many_codes");
        });
        assertThat(directory).isEmptyDirectory();
        receive(LosslessWebps.still(4, 4, 20), true).close();
        receive(LosslessWebps.withAlpha(20), true).close();
        receive(LosslessWebps.animation(20), true).close();
    }

    @Test
    void refusesAWebpThatIsTransformedInTheSameWayAgainAndAgain() {
        assertThatThrownBy(() -> receive(LosslessWebps.transformed(1000, 1000, 2000), true))
                .isInstanceOfSatisfying(DamagedImageException.class, e -> {
                    assertThat(e.damage()).isEqualTo(Damage.UNDECODABLE);
                    assertThat(e).hasMessage("The WebP is transformed in the same way twice");
                });
    }

    /** 60 seconds, of which each frame has all pixels. */
    @Test
    void findsThePixelsOfAScreenRecording() throws IOException {
        byte[] recording = Gifs.recording(1280, 720, 60 * 20);

        try (ReceivedImage received = receive(recording, true)) {
            assertThat(received.size()).isEqualTo(recording.length);
        }
    }

    @Test
    void manyAtOnceWaitForEachOther() throws Exception {
        byte[] picture = Pictures.jpeg(2000, 2000);
        Intake intake = intake(true);

        Concurrently.run(16, () -> {
            TestIntake.receive(intake, "a.jpg", picture).close();
            return null;
        });

        assertThat(directory).isEmptyDirectory();
    }

    private ReceivedImage receive(byte[] picture, boolean verify) throws IOException {
        return TestIntake.receive(intake(verify), "a", picture);
    }

    private Intake intake(boolean verify) {
        UploadPolicy standard = UploadPolicy.DEFAULT;
        UploadPolicy policy = new UploadPolicy(
                standard.maxFileSize(),
                EnumSet.allOf(ImageType.class),
                standard.limits(),
                standard.metadata(),
                standard.trailingData(),
                verify);
        return new Intake(new Spool(directory, 100_000, 10_000_000), policy, check);
    }
}
