package io.github.imagehost.core.transform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.model.ImageType;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.transform.Container.Coding;
import java.awt.Point;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ContainerTest {

    @Test
    void ofALossyWebpSomeRowsAreHeld() {
        assertThat(webp(Pictures.lossyWebp()).coding()).isEqualTo(Coding.ROWS);
    }

    @Test
    void aLosslessWebpIsHeldAsAWhole() {
        assertThat(webp(LosslessWebps.still(4, 4, 1)).coding()).isEqualTo(Coding.WHOLE);
        assertThat(webp(LosslessWebps.animation(1)).coding()).isEqualTo(Coding.WHOLE);
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
    void alphaIsHeldBesideThePixels(byte[] webp) {
        assertThat(webp(webp).coding()).isEqualTo(Coding.WHOLE_AND_ALPHA);
    }

    @Test
    void aFrameInAFrameMovesNothing() {
        assertThat(webp(LosslessWebps.animationWithAlpha(1, frameAt(100))).frame())
                .isEqualTo(new Point());
    }

    private static byte[] frameAt(int left) {
        byte[] header = new byte[16];
        header[0] = (byte) (left / 2);
        return Pictures.chunk("ANMF", Pictures.concat(header, Pictures.chunk("VP8 ", new byte[10])));
    }

    private static Container webp(byte[] bytes) {
        return Container.read(ImageType.WEBP, bytes);
    }
}
