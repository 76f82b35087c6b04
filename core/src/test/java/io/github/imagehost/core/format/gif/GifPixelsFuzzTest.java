package io.github.imagehost.core.format.gif;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.imagehost.core.format.FuzzSeeds;
import io.github.imagehost.core.format.ImageLimitException;
import io.github.imagehost.core.format.ImageLimits;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.MetadataPolicy;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.format.walk.Walks;
import java.io.IOException;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a GIF, looking at its pixels ends with a verdict, and a frame that has them all can be decoded. */
class GifPixelsFuzzTest {

    static Stream<byte[]> seeds() {
        return FuzzSeeds.gifs();
    }

    @MethodSource("seeds")
    @FuzzTest
    void hasAllItsPixelsOrIsRefused(byte[] file) throws IOException, MalformedImageException {
        try {
            if (Walks.walk(file, ImageLimits.DEFAULT, MetadataPolicy.KEEP).isEmpty()) {
                return;
            }
            GifPixels.requireAll(PositionalSource.of(file));
        } catch (MalformedImageException | ImageLimitException e) {
            // a verdict
            return;
        }
        decode(file);
    }

    private static void decode(byte[] file) throws IOException, MalformedImageException {
        GifFrames frames = GifFrames.of(PositionalSource.of(file));
        byte[] string = new byte[LzwStrings.LONGEST];
        for (Optional<GifFrame> frame = frames.next(); frame.isPresent(); frame = frames.next()) {
            long missing = (long) frame.get().width() * frame.get().height();
            LzwStrings strings = frame.get().strings();
            while (missing > 0 && strings.hasData()) {
                int length = strings.next();
                assertThat(length).isPositive();
                strings.copyTo(string);
                missing -= length;
            }
        }
    }
}
