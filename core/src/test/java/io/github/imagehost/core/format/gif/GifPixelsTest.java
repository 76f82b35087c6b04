package io.github.imagehost.core.format.gif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.testing.Gifs;
import io.github.imagehost.core.testing.Pictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GifPixelsTest {

    private static final int WIDTH = 300;
    private static final int HEIGHT = 200;
    private static final int CLEAR = 4;
    private static final int END = 5;
    private static final int SIZE_OF_SPECIFICATION = 3;

    static Stream<Named<byte[]>> wholeFrames() {
        int bits = SIZE_OF_SPECIFICATION;
        return Stream.of(
                Named.of("no clear code at the start", Gifs.codes(2, 1, bits, 6, bits, 1, bits, END, bits)),
                Named.of("two clear codes", Gifs.codes(2, CLEAR, bits, CLEAR, bits, 1, bits, 6, bits, 1, bits, END, 4)),
                Named.of("no end code", Gifs.codes(2, CLEAR, bits, 1, bits, 6, bits, 1, bits)),
                Named.of("nonsense behind the pixels", Gifs.codes(2, CLEAR, bits, 1, bits, 6, bits, 7, bits, 15, 4)),
                Named.of("more pixels than the frame", Gifs.lzw(2, new byte[100])),
                Named.of("one bit for each pixel", Gifs.lzw(1, new byte[4])),
                Named.of("codes of eight bits", Gifs.lzw(8, new byte[4])),
                Named.of("codes of eleven bits", Gifs.lzw(11, new byte[4])));
    }

    @ParameterizedTest
    @MethodSource("wholeFrames")
    void takesWhatBrowsersShowWhole(byte[] data) {
        assertThatCode(() -> requireAll(Gifs.gif(2, 2, Gifs.frame(0, 0, 2, 2, data))))
                .doesNotThrowAnyException();
    }

    static Stream<Named<byte[]>> partsOfFrames() {
        int bits = SIZE_OF_SPECIFICATION;
        return Stream.of(
                Named.of("an end code too early", Gifs.lzw(2, new byte[3])),
                Named.of("nothing but an end code", Gifs.codes(2, END, bits)),
                Named.of("codes that break off", Gifs.codes(2, CLEAR, bits, 1, bits, 6, 2)),
                Named.of("a code that is none at first", Gifs.codes(2, CLEAR, bits, 6, bits, 1, bits, 1, bits)),
                Named.of("a code that is none yet", Gifs.codes(2, CLEAR, bits, 1, bits, 7, bits, 7, bits, END, bits)));
    }

    @ParameterizedTest
    @MethodSource("partsOfFrames")
    void refusesAFrameWithoutAllItsPixels(byte[] data) {
        byte[] whole = Gifs.frame(0, 0, 2, 2, Gifs.lzw(2, new byte[4]));

        assertThatThrownBy(() -> requireAll(Gifs.gif(2, 2, whole, Gifs.frame(0, 0, 2, 2, data))))
                .isInstanceOf(MalformedImageException.class);
    }

    /** Together with a table that is full for no time, for some, and for ever. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 1000, Integer.MAX_VALUE})
    void decodesATableThatStaysFull(int deferredFor) throws Exception {
        byte[] indices = new byte[WIDTH * HEIGHT];
        Random random = new Random(deferredFor);
        for (int i = 0; i < indices.length; i++) {
            indices[i] = (byte) (i % WIDTH / 7 + random.nextInt(3));
        }
        byte[] gif = Gifs.gif(
                WIDTH, HEIGHT, new int[256], Gifs.frame(0, 0, WIDTH, HEIGHT, Gifs.lzw(8, indices, deferredFor)));

        requireAll(gif);

        assertThat(decode(gif)).isEqualTo(indices);
    }

    @ParameterizedTest
    @ValueSource(ints = {9, 10, 11})
    void decodesLongerCodesThanIndicesNeed(int bits) throws Exception {
        byte[] indices = new byte[WIDTH * HEIGHT];
        new Random(bits).nextBytes(indices);
        byte[] gif =
                Gifs.gif(WIDTH, HEIGHT, new int[256], Gifs.frame(0, 0, WIDTH, HEIGHT, Gifs.lzw(bits, indices, 1000)));

        requireAll(gif);

        assertThat(decode(gif)).isEqualTo(indices);
    }

    /** As the decoders do that take such codes: they have a byte for each index. */
    @Test
    void takesTheLowestByteOfAnIndexThatNoTableHas() throws Exception {
        byte[] codes = Gifs.codes(11, 2048, 12, 256 + 3, 12, 2047, 12, 2051, 12, 2049, 12);
        byte[] gif = Gifs.gif(2, 2, Gifs.frame(0, 0, 2, 2, codes));

        requireAll(gif);

        assertThat(decode(gif)).containsExactly(3, 0xff, 0xff, 0xff);
    }

    @Test
    void decodesTheLongestStrings() throws Exception {
        byte[] indices = new byte[9_000_000];
        byte[] gif =
                Gifs.gif(3000, 3000, Gifs.frame(0, 0, 3000, 3000, Gifs.lzw(Gifs.BITS, indices, Integer.MAX_VALUE)));

        assertThat(decode(gif)).isEqualTo(indices);
    }

    @Test
    void whatItTakesDoesNotGrowWithThePixels() throws Exception {
        byte[] recording = Gifs.recording(1280, 720, 100);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();

        requireAll(recording);

        // of 92 megapixels
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(1_000_000);
    }

    @Test
    void refusesAFileThatEndsTooEarly() {
        byte[] gif = Pictures.uniqueGif();

        assertThatThrownBy(() -> requireAll(Arrays.copyOf(gif, gif.length - 1)))
                .isInstanceOf(MalformedImageException.class);
    }

    private static void requireAll(byte[] gif) throws IOException, MalformedImageException {
        GifPixels.requireAll(PositionalSource.of(gif));
    }

    private static byte[] decode(byte[] gif) throws IOException, MalformedImageException {
        LzwStrings strings =
                GifFrames.of(PositionalSource.of(gif)).next().orElseThrow().strings();
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] string = new byte[LzwStrings.LONGEST];
        for (int length = strings.next(); length > 0; length = strings.next()) {
            strings.copyTo(string);
            out.write(string, 0, length);
        }
        return out.toByteArray();
    }
}
