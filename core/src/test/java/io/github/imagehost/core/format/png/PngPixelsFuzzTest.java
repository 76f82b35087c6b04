package io.github.imagehost.core.format.png;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.github.imagehost.core.format.FuzzSeeds;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.walk.Walks;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a PNG, looking at its pixels ends with a verdict and takes little memory. */
class PngPixelsFuzzTest {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final long MOST_MEMORY = 1_000_000;

    static Stream<byte[]> seeds() {
        return FuzzSeeds.pngs();
    }

    @MethodSource("seeds")
    @FuzzTest
    void hasAllItsPixelsOrIsRefused(byte[] file) throws IOException {
        byte[] png = PngFuzzTest.withChecksums(file);
        try {
            if (Walks.walk(png, ImageLimits.DEFAULT, MetadataPolicy.KEEP).isEmpty()) {
                return;
            }
        } catch (MalformedImageException | ImageLimitException e) {
            // only what was walked is looked at
            return;
        }
        // the first time may load classes, for which the fuzzer takes memory
        if (memoryFor(png) > MOST_MEMORY) {
            assertThat(memoryFor(png)).isLessThan(MOST_MEMORY);
        }
    }

    private static long memoryFor(byte[] png) throws IOException {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            PngPixels.requireAll(PositionalSource.of(png));
        } catch (MalformedImageException e) {
            assertThat(e.defect()).isEqualTo(MalformedImageException.Defect.MALFORMED);
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }
}
