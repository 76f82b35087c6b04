package io.github.imagehost.core.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is in a block of Exif: what is left of it is a block, of which everything is left, and turns the picture
 * alike.
 */
class ExifFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzSeeds.exifs();
    }

    @MethodSource("seeds")
    @FuzzTest
    void whatIsLeftCanBeRead(byte[] block) {
        for (MetadataPolicy policy : MetadataPolicy.values()) {
            Optional<byte[]> cleaned = Exif.cleaned(block, policy);

            assertThat(cleaned.flatMap(copy -> Exif.cleaned(copy, policy)).map(ByteBuffer::wrap))
                    .isEqualTo(cleaned.map(ByteBuffer::wrap));
            assertThat(cleaned.map(Exif::orientationOf).orElse(1)).isEqualTo(Exif.orientationOf(block));
        }
    }
}
