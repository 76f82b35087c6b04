package io.github.imagehost.core.transform;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.imagehost.core.model.ImageType;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransformationTest {

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, The width is from 1 to 16383, not 0",
        "16384, 1, 1, The width is from 1 to 16383, not 16384",
        "1, 0, 1, The height is from 1 to 16383, not 0",
        "1, 16384, 1, The height is from 1 to 16383, not 16384",
        "1, 1, 0, The quality is from 1 to 100, not 0",
        "1, 1, 101, The quality is from 1 to 100, not 101",
    })
    void numbersOutOfTheirRangeAreRefused(int width, int height, int quality, String message, String rest) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transformation(width, height, ImageType.JPEG, quality))
                .withMessage(message + ", " + rest);
    }

    @Test
    void theEndsOfTheRangesAreLegal() {
        assertThatNoException().isThrownBy(() -> transformation(1, 1, ImageType.PNG, 1));
        assertThatNoException().isThrownBy(() -> transformation(16383, 16383, ImageType.WEBP, 100));
    }

    @Test
    void gifIsNotWritten() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> transformation(1, 1, ImageType.GIF, 80))
                .withMessageContaining("not as GIF");
    }

    private static Transformation transformation(int width, int height, ImageType format, int quality) {
        return new Transformation(OptionalInt.of(width), OptionalInt.of(height), Fit.INSIDE, format, quality);
    }
}
