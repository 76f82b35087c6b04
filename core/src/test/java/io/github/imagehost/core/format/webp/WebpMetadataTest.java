package io.github.imagehost.core.format.webp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.testing.LosslessWebps;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WebpMetadataTest {

    private static final int RIFF_HEADER_LENGTH = 12;
    private static final int METADATA_FLAGS = 0b101100;

    /** The Exif has an orientation, which every policy keeps. */
    @Test
    void nothingIsLeft() throws Exception {
        byte[] still = Pictures.uniqueWebp();
        byte[] pixels = Arrays.copyOfRange(still, RIFF_HEADER_LENGTH, still.length);

        byte[] webp = Pictures.riff(
                LosslessWebps.canvas(METADATA_FLAGS, Pictures.WIDTH, Pictures.HEIGHT),
                Pictures.chunk("ICCP", TaggedPictures.profile()),
                pixels,
                Pictures.chunk("EXIF", TaggedPictures.exif(ByteOrder.LITTLE_ENDIAN)),
                Pictures.chunk("XMP ", new byte[10]));

        assertThat(WebpMetadata.removedFrom(webp))
                .isEqualTo(Pictures.riff(LosslessWebps.canvas(0, Pictures.WIDTH, Pictures.HEIGHT), pixels));
    }

    @Test
    void whatHasNoneStaysAsItIs() throws Exception {
        assertThat(WebpMetadata.removedFrom(Pictures.lossyWebp())).isEqualTo(Pictures.lossyWebp());
    }

    @Test
    void whatIsNoWebpIsRefused() {
        assertThatExceptionOfType(MalformedImageException.class)
                .isThrownBy(() -> WebpMetadata.removedFrom(Pictures.html()));
    }
}
