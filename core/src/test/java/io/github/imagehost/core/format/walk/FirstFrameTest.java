package io.github.imagehost.core.format.walk;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.format.FirstFrame;
import io.github.imagehost.core.format.FirstFrame.Coding;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FirstFrameTest {

    @Test
    void ofALossyWebpSomeRowsAreHeld() throws Exception {
        assertThat(first(Pictures.lossyWebp()).coding()).isEqualTo(Coding.ROWS);
    }

    @Test
    void aLosslessWebpIsHeldAsAWhole() throws Exception {
        assertThat(first(LosslessWebps.still(4, 4, 1)).coding()).isEqualTo(Coding.WHOLE);
        assertThat(first(LosslessWebps.animation(1)).coding()).isEqualTo(Coding.WHOLE);
    }

    static Stream<Named<byte[]>> webpsWithAlpha() {
        return Stream.of(
                Named.of("a still", LosslessWebps.withAlpha(1)),
                Named.of("a still with its alpha behind the pixels", LosslessWebps.withLateAlpha(1)),
                Named.of("a frame", LosslessWebps.animationWithAlpha(1)),
                Named.of("a frame with a frame in it", LosslessWebps.animationWithAlpha(1, frameAt(100))));
    }

    @ParameterizedTest
    @MethodSource("webpsWithAlpha")
    void alphaIsHeldBesideThePixels(byte[] webp) throws Exception {
        assertThat(first(webp).coding()).isEqualTo(Coding.WHOLE_AND_ALPHA);
    }

    @Test
    void aFrameInAFrameMovesNothing() throws Exception {
        assertThat(first(LosslessWebps.animationWithAlpha(1, frameAt(100))))
                .isEqualTo(FirstFrame.atOrigin(Coding.WHOLE_AND_ALPHA));
    }

    private static byte[] frameAt(int left) {
        byte[] header = new byte[16];
        header[0] = (byte) (left / 2);
        return Pictures.chunk("ANMF", Pictures.concat(header, Pictures.chunk("VP8 ", new byte[10])));
    }

    private static FirstFrame first(byte[] picture) throws MalformedImageException, ImageLimitException {
        return Walks.walk(picture).firstFrame();
    }
}
