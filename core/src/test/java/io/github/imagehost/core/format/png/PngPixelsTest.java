package io.github.imagehost.core.format.png;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.MalformedImageException;
import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.testing.Pictures;
import io.github.imagehost.core.testing.TaggedPictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PngPixelsTest {

    private static final int SIDE = 8;
    private static final byte[] ROWS = rows(SIDE, SIDE);
    private static final byte[] COMPRESSED = TaggedPictures.deflate(ROWS);
    private static final int CHECKSUM_LENGTH = 4;
    private static final int MEBIBYTE = 1 << 20;

    static Stream<Named<byte[]>> wholePictures() {
        byte[] manyChunks = Pictures.concat(TaggedPictures.pngChunk("IDAT", new byte[0]), still(COMPRESSED, 0, 3));
        return Stream.of(
                Named.of("one chunk", png(still(COMPRESSED))),
                Named.of("several chunks", png(manyChunks, still(COMPRESSED, 3, COMPRESSED.length))),
                Named.of("bytes behind the last row", png(still(compressed(ROWS, 64 * 1024)))),
                Named.of("bytes behind the checksum", png(still(Pictures.concat(COMPRESSED, new byte[5000])))),
                Named.of("no checksum", png(still(COMPRESSED, 0, COMPRESSED.length - CHECKSUM_LENGTH))),
                Named.of("two frames", apng(SIDE, SIDE, frame(COMPRESSED))),
                Named.of("a small frame", apng(2, 3, frame(TaggedPictures.deflate(rows(2, 3))))),
                Named.of("a frame of no animation", png(still(COMPRESSED), frame(COMPRESSED))));
    }

    @ParameterizedTest
    @MethodSource("wholePictures")
    void takesWhatBrowsersShowWhole(byte[] png) {
        assertThatCode(() -> requireAll(png)).doesNotThrowAnyException();
    }

    static Stream<Named<byte[]>> partsOfPictures() {
        byte[] wrongChecksum = COMPRESSED.clone();
        wrongChecksum[wrongChecksum.length - 1] ^= 1;
        byte[] wrongFilter = ROWS.clone();
        wrongFilter[SIDE + 1] = 5;
        byte[] needsDictionary = {0x78, (byte) 0xbb, 0, 0, 0, 0};
        return Stream.of(
                Named.of("a byte too few", png(still(TaggedPictures.deflate(Arrays.copyOf(ROWS, ROWS.length - 1))))),
                Named.of("a row too few", png(still(TaggedPictures.deflate(rows(SIDE, SIDE - 1))))),
                Named.of("compressed data that break off", png(still(COMPRESSED, 0, 5))),
                Named.of("no data", png(still(new byte[0]))),
                Named.of("no zlib", png(still(new byte[40]))),
                Named.of("a dictionary", png(still(needsDictionary))),
                Named.of("a wrong checksum", png(still(wrongChecksum))),
                Named.of("a filter of an unknown kind", png(still(TaggedPictures.deflate(wrongFilter)))),
                Named.of("more than the slack behind it", png(still(compressed(ROWS, 64 * 1024 + 1)))),
                Named.of("a frame with a row too few", apng(SIDE, SIDE + 1, frame(COMPRESSED))),
                Named.of("a frame without data", apng(SIDE, SIDE)),
                Named.of("a frame without a number", apng(SIDE, SIDE, TaggedPictures.pngChunk("fdAT", new byte[3]))),
                Named.of("a frame with more than the slack", apng(2, 2, frame(compressed(ROWS, 70_000)))));
    }

    @ParameterizedTest
    @MethodSource("partsOfPictures")
    void refusesAPictureWithoutAllItsPixelsOrWithMuchMore(byte[] png) {
        assertThatThrownBy(() -> requireAll(png)).isInstanceOf(MalformedImageException.class);
    }

    /** How many bytes the rows of Adam7 have, counted by hand. */
    @ParameterizedTest
    @CsvSource({"1, 1, 8, 2", "1, 1, 1, 2", "3, 1, 8, 6", "1, 3, 8, 6", "5, 5, 8, 36", "8, 8, 1, 30", "9, 2, 4, 15"})
    void countsTheRowsOfAnInterlacedPicture(int width, int height, int bits, int bytes) {
        byte[] header = header(width, height, bits, 0, 1);

        assertThatCode(() -> requireAll(png(header, still(TaggedPictures.deflate(new byte[bytes])))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> requireAll(png(header, still(TaggedPictures.deflate(new byte[bytes - 1])))))
                .isInstanceOf(MalformedImageException.class);
    }

    /** The colour type, the bits of a channel, and how many bytes a row of three pixels has. */
    @ParameterizedTest
    @CsvSource({"0, 1, 1", "0, 2, 1", "0, 4, 2", "0, 16, 6", "2, 8, 9", "2, 16, 18", "3, 4, 2", "4, 8, 6", "6, 16, 24"})
    void countsTheBytesOfARow(int colourType, int bits, int bytes) {
        byte[] header = header(3, 1, bits, colourType, 0);

        assertThatCode(() -> requireAll(png(header, still(TaggedPictures.deflate(new byte[bytes + 1])))))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> requireAll(png(header, still(TaggedPictures.deflate(new byte[bytes])))))
                .isInstanceOf(MalformedImageException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 4096})
    void takesWhatTheJdkWrites(int width) {
        byte[] png = Pictures.png(width, 3);

        assertThatCode(() -> requireAll(png)).doesNotThrowAnyException();
    }

    @Test
    void readsLittleMoreOfABombThanThePicture() throws IOException {
        byte[] bomb = png(still(compressed(ROWS, 100 * MEBIBYTE)));
        PositionalSource file = PositionalSource.of(bomb);
        AtomicLong bytesRead = new AtomicLong();
        PositionalSource counted = new PositionalSource() {
            @Override
            public long size() {
                return file.size();
            }

            @Override
            public int read(long position, byte[] target, int offset, int length) throws IOException {
                int count = file.read(position, target, offset, length);
                bytesRead.addAndGet(count);
                return count;
            }
        };

        assertThatThrownBy(() -> PngPixels.requireAll(counted))
                .isInstanceOf(MalformedImageException.class)
                .hasMessage("The data of the PNG go on behind its last row");
        assertThat(bytesRead).hasValueLessThan(20_000);
    }

    private static void requireAll(byte[] png) throws IOException, MalformedImageException {
        PngPixels.requireAll(PositionalSource.of(png));
    }

    private static byte[] rows(int width, int height) {
        return new byte[(width + 1) * height];
    }

    private static byte[] png(byte[]... chunks) {
        byte[] all = Pictures.concat(chunks);
        byte[] header = all[4] == 'I' && all[5] == 'H' ? new byte[0] : header(SIDE, SIDE, 8, 0, 0);
        byte[] end = TaggedPictures.pngChunk("IEND", new byte[0]);
        return Pictures.concat(Pictures.pngSignature(), header, all, end);
    }

    /** A still picture and a frame of this size behind it. */
    private static byte[] apng(int width, int height, byte[]... frame) {
        return png(
                TaggedPictures.pngChunk("acTL", new byte[] {0, 0, 0, 2, 0, 0, 0, 0}),
                frameControl(SIDE, SIDE),
                still(COMPRESSED),
                frameControl(width, height),
                Pictures.concat(frame));
    }

    private static byte[] frameControl(int width, int height) {
        byte[] data =
                ByteBuffer.allocate(26).putInt(1).putInt(width).putInt(height).array();
        return TaggedPictures.pngChunk("fcTL", data);
    }

    private static byte[] header(int width, int height, int bits, int colourType, int interlaced) {
        byte[] data = ByteBuffer.allocate(13)
                .putInt(width)
                .putInt(height)
                .put((byte) bits)
                .put((byte) colourType)
                .putShort((short) 0)
                .put((byte) interlaced)
                .array();
        return TaggedPictures.pngChunk("IHDR", data);
    }

    private static byte[] still(byte[] compressed) {
        return still(compressed, 0, compressed.length);
    }

    private static byte[] still(byte[] compressed, int from, int to) {
        return TaggedPictures.pngChunk("IDAT", Arrays.copyOfRange(compressed, from, to));
    }

    private static byte[] frame(byte[] compressed) {
        return TaggedPictures.pngChunk("fdAT", Pictures.concat(new byte[] {0, 0, 0, 1}, compressed));
    }

    private static byte[] compressed(byte[] rows, int surplus) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DeflaterOutputStream out = new DeflaterOutputStream(bytes, new Deflater())) {
            out.write(rows);
            byte[] zeros = new byte[MEBIBYTE];
            for (int left = surplus; left > 0; left -= MEBIBYTE) {
                out.write(zeros, 0, Math.min(left, MEBIBYTE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
