package io.github.imagehost.core.decoding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.format.PositionalSource;
import io.github.imagehost.core.testing.Pictures;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SeekableImageInputTest {

    private static final int BLOCK = 8 * 1024;
    private static final byte[] BYTES = Pictures.randomBytes(1_000_000);

    private final StopSignal signal = new StopSignal();
    private long bytesRead;
    private long reads;

    private final SeekableImageInput input = new SeekableImageInput(counting(BYTES), signal);

    private PositionalSource counting(byte[] bytes) {
        PositionalSource source = PositionalSource.of(bytes);
        return new PositionalSource() {
            @Override
            public long size() {
                return source.size();
            }

            @Override
            public int read(long position, byte[] target, int offset, int length) throws IOException {
                int count = source.read(position, target, offset, length);
                reads++;
                bytesRead += count;
                return count;
            }
        };
    }

    @Test
    void goingBackCostsWhatIsReadThere() throws IOException {
        for (int i = 0; i < 1000; i++) {
            input.seek(BYTES.length - 1000);
            assertThat(input.readByte()).isEqualTo(BYTES[BYTES.length - 1000]);
            input.seek(500_000 + i);
            assertThat(input.readByte()).isEqualTo(BYTES[500_000 + i]);
        }

        assertThat(bytesRead).isLessThanOrEqualTo(2000 * BLOCK);
    }

    @Test
    void aDecoderThatReadsByteByByteAndLooksBackReadsTheContentOnce() throws IOException {
        for (int i = 0; i < BYTES.length - 8; i++) {
            input.seek(i);
            input.readLong();
        }

        assertThat(reads).isLessThan(3L * BYTES.length / BLOCK);
    }

    @Test
    void readsAtAnyPosition() throws IOException {
        byte[] part = new byte[3 * BLOCK];
        for (int position : new int[] {0, 1, BLOCK - 1, 900_000, 5, BYTES.length - part.length}) {
            input.seek(position);
            input.readFully(part);
            assertThat(part).isEqualTo(Arrays.copyOfRange(BYTES, position, position + part.length));
        }
    }

    @Test
    void endsWhereTheContentEnds() throws IOException {
        input.seek(BYTES.length - 3);

        assertThat(input.read(new byte[10])).isEqualTo(3);
        assertThat(input.read(new byte[10])).isEqualTo(-1);
        assertThat(input.read()).isEqualTo(-1);
        assertThatThrownBy(input::readLong).isInstanceOf(EOFException.class);
    }

    @Test
    void whoeverReadsIsToldToStop() throws IOException {
        input.readByte();

        signal.stop();

        assertThatThrownBy(input::read).isInstanceOf(DecodingStoppedException.class);
        assertThatThrownBy(input::readLong).isInstanceOf(DecodingStoppedException.class);
    }

    @Test
    void soIsWhoeverReadsAStream() throws IOException {
        InputStream stream = new StoppableSource(PositionalSource.of(BYTES), signal).open();
        assertThat(stream.read()).isEqualTo(Byte.toUnsignedInt(BYTES[0]));

        signal.stop();

        assertThatThrownBy(stream::read).isInstanceOf(DecodingStoppedException.class);
        assertThatThrownBy(stream::readAllBytes).isInstanceOf(DecodingStoppedException.class);
    }

    @Test
    void contentThatHasBecomeShorterIsNotTheDecodersFailure() {
        PositionalSource content = new PositionalSource() {
            @Override
            public long size() {
                return 10;
            }

            @Override
            public int read(long position, byte[] target, int offset, int length) {
                return -1;
            }
        };
        SeekableImageInput shortened = new SeekableImageInput(content, signal);

        assertThatThrownBy(shortened::read).isInstanceOf(UnreadableContentException.class);
    }
}
