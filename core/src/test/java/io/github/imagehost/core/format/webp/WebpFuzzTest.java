package io.github.imagehost.core.format.webp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.imagehost.core.format.FuzzSeeds;
import io.github.imagehost.core.format.walk.Walks;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a WebP, the properties of {@link Walks#requireSound} hold. */
class WebpFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzSeeds.webps();
    }

    @MethodSource("seeds")
    @FuzzTest
    void isSoundOrRefused(byte[] file) {
        Walks.requireSound(file);
    }
}
