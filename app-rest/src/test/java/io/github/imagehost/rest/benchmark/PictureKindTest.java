package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import javax.imageio.ImageIO;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PictureKindTest {

    private static final int SIZE = 50 * 1024;

    @ParameterizedTest
    @EnumSource
    void picturesHaveTheSizeThatWasAskedForAndAreTheSameInEachProcess(PictureKind kind) {
        Picture picture = kind.make(SIZE);

        assertThat(picture.bytes()).isEqualTo(kind.make(SIZE).bytes());
        assertThat(picture.bytes().length).isCloseTo(SIZE, withinPercentage(10));
    }

    @ParameterizedTest
    @EnumSource
    void aNumberMakesAnotherPictureOfTheSamePixels(PictureKind kind) throws Exception {
        Picture picture = kind.make(SIZE);
        Set<Integer> different = new HashSet<>();
        int[] pixels = pixels(picture.bytes());
        for (long number : new long[] {0, 1, 0x1234567890abcdefL, -1}) {
            byte[] copy = picture.bytes().clone();
            picture.number(copy, 0, number);

            different.add(Arrays.hashCode(copy));
            assertThat(pixels(copy)).isEqualTo(pixels);
            assertThat(Arrays.mismatch(copy, picture.bytes())).isLessThan(picture.numberedLength());
        }
        assertThat(different).hasSize(4);
    }

    private static int[] pixels(byte[] bytes) throws Exception {
        BufferedImage image = ImageIO.read(new ByteArrayInputStream(bytes));
        return image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    }
}
