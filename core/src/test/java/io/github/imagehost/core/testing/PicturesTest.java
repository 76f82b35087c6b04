package io.github.imagehost.core.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.model.ImageType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

    @ParameterizedTest
    @EnumSource(
            value = ImageType.class,
            names = {"JPEG", "PNG", "GIF"})
    void everyViewerOpensThem(ImageType type) throws IOException {
        BufferedImage image = decode(Pictures.unique(type));

        assertThat(image.getWidth()).isEqualTo(Pictures.WIDTH);
        assertThat(image.getHeight()).isEqualTo(Pictures.HEIGHT);
    }

    @ParameterizedTest
    @EnumSource(ImageType.class)
    void noTwoHaveTheSameBytes(ImageType type) {
        assertThat(IntStream.range(0, 100).mapToObj(i -> TestContent.digestOf(Pictures.unique(type))))
                .doesNotHaveDuplicates();
    }

    @Test
    void evenASinglePixelIsUnique() {
        assertThat(Pictures.jpeg(1, 1)).isNotEqualTo(Pictures.jpeg(1, 1));
        assertThat(Pictures.extendedWebp()).isNotEqualTo(Pictures.extendedWebp());
    }

    @ParameterizedTest
    @ValueSource(ints = {2000, 2001, 2002, 2003, 65_536, 70_000, 1_048_576, 10_485_760})
    void aJpegOfAWantedSizeStaysAPicture(int size) throws IOException {
        byte[] jpeg = Pictures.jpegOfSize(size);

        assertThat(jpeg).hasSize(size);
        assertThat(decode(jpeg).getWidth()).isEqualTo(Pictures.WIDTH);
    }

    @Test
    void refusesASizeThatNoJpegHas() {
        assertThatThrownBy(() -> Pictures.jpegOfSize(10))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10");
    }

    private static BufferedImage decode(byte[] picture) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(picture));
    }
}
