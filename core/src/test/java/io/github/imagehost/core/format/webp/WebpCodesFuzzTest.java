package io.github.imagehost.core.format.webp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.imagehost.core.format.FuzzSeeds;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.walk.Walks;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a WebP, looking at its codes ends with a verdict. */
class WebpCodesFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzSeeds.webps();
    }

    @MethodSource("seeds")
    @FuzzTest
    void hasFewCodesOrIsRefused(byte[] file) throws IOException {
        try {
            if (Walks.walk(file, ImageLimits.DEFAULT, MetadataPolicy.KEEP).isPresent()) {
                WebpCodes.requireFew(PositionalSource.of(file));
            }
        } catch (MalformedImageException | ImageLimitException e) {
            // a verdict
        }
    }
}
