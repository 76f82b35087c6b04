package io.github.imagehost.core.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.Pictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class JavaImageEngineTest extends ImageEngineContract {

    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final long LITTLE_MEMORY = 2 << 20;

    @Override
    ImageEngine createEngine(Duration timeLimit) {
        return new JavaImageEngine(timeLimit);
    }

    @Override
    ImageEngine createEngineForOne(Duration timeLimit) {
        return new JavaImageEngine(timeLimit, LITTLE_MEMORY);
    }

    @Test
    void aPngThatNeedsMoreMemoryThanThereIsIsDecodedInParts() throws IOException {
        byte[] png = TestPictures.png(TestPictures.quarters(2000, 1000, BufferedImage.TYPE_INT_RGB));

        BufferedImage rendered = TestPictures.decode(
                ImageType.PNG, renderWithLittleMemory(new SourceImage(ImageType.PNG, 2000, 1000, 1, png.length), png));

        assertThat(new Color(rendered.getRGB(10, 5))).isEqualTo(Color.RED);
        assertThat(new Color(rendered.getRGB(30, 5))).isEqualTo(Color.GREEN);
        assertThat(new Color(rendered.getRGB(10, 15))).isEqualTo(Color.BLUE);
        assertThat(new Color(rendered.getRGB(30, 15))).isEqualTo(Color.YELLOW);
    }

    @Test
    void aJpegNeedsNoMoreMemoryThanItsFile() throws IOException {
        byte[] jpeg = TestPictures.jpeg(TestPictures.quarters(4000, 3000, BufferedImage.TYPE_INT_RGB));

        assertThat(renderWithLittleMemory(new SourceImage(ImageType.JPEG, 4000, 3000, 1, jpeg.length), jpeg))
                .isNotEmpty();
    }

    @Test
    void aWebpThatNeedsMoreMemoryThanThereIsIsRefused() {
        byte[] webp = Pictures.losslessWebp(1000, 1000);

        assertThatExceptionOfType(UndecodableImageException.class)
                .isThrownBy(
                        () -> renderWithLittleMemory(new SourceImage(ImageType.WEBP, 1000, 1000, 1, webp.length), webp))
                .withMessageContaining("1000x1000 pixels");
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
