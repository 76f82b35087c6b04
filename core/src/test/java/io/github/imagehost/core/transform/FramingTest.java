package io.github.imagehost.core.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageType;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class FramingTest {

    /** Source, box (0 is none), size. */
    static List<Arguments> boxesAroundPictures() {
        return List.of(
                Arguments.of(400, 300, 100, 100, 100, 75),
                Arguments.of(300, 400, 100, 100, 75, 100),
                Arguments.of(400, 300, 200, 0, 200, 150),
                Arguments.of(400, 300, 0, 60, 80, 60),
                Arguments.of(400, 300, 0, 0, 400, 300),
                Arguments.of(401, 299, 100, 100, 100, 75),
                Arguments.of(120, 80, 121, 500, 120, 80),
                Arguments.of(120, 80, 119, 500, 119, 79),
                Arguments.of(1, 5000, 100, 100, 1, 100),
                Arguments.of(5000, 1, 100, 100, 100, 1),
                Arguments.of(3000, 3, 100, 100, 100, 1),
                Arguments.of(1290, 29000, 1280, 0, 1280, 28775),
                Arguments.of(1, 1, 100, 100, 1, 1),
                Arguments.of(30000, 1600, 0, 1920, 30000, 1600));
    }

    /** Source, box, size. */
    static List<Arguments> boxesThatPicturesCover() {
        return List.of(
                Arguments.of(400, 300, 100, 100, 100, 100),
                Arguments.of(300, 400, 100, 100, 100, 100),
                Arguments.of(401, 299, 97, 13, 97, 13),
                Arguments.of(400, 300, 300, 300, 300, 300),
                Arguments.of(400, 300, 600, 600, 300, 300),
                Arguments.of(100, 50, 400, 200, 100, 50),
                Arguments.of(100, 50, 1000, 100, 100, 10),
                Arguments.of(1, 5000, 100, 100, 1, 1),
                Arguments.of(5000, 1, 100, 50, 2, 1));
    }

    @ParameterizedTest
    @MethodSource("boxesAroundPictures")
    void thePictureFitsInsideTheBox(int width, int height, int boxWidth, int boxHeight, int newWidth, int newHeight) {
        assertSize(width, height, transformation(boxWidth, boxHeight, Fit.INSIDE), newWidth, newHeight);
    }

    @ParameterizedTest
    @MethodSource("boxesThatPicturesCover")
    void thePictureCoversTheBox(int width, int height, int boxWidth, int boxHeight, int newWidth, int newHeight) {
        assertSize(width, height, transformation(boxWidth, boxHeight, Fit.COVER), newWidth, newHeight);
    }

    private static void assertSize(int width, int height, Transformation transformation, int newWidth, int newHeight) {
        Framing framing = Framing.of(width, height, false, transformation);
        assertThat(framing.width() + "x" + framing.height()).isEqualTo(newWidth + "x" + newHeight);
    }

    private static Transformation transformation(int width, int height, Fit fit) {
        return new Transformation(side(width), side(height), fit, ImageType.PNG, 95);
    }

    private static OptionalInt side(int pixels) {
        return pixels == 0 ? OptionalInt.empty() : OptionalInt.of(pixels);
    }
}
