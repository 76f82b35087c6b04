package io.github.imagehost.core.format.png;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.imagehost.core.format.FuzzSeeds;
import io.github.imagehost.core.format.walk.Walks;
import java.nio.ByteBuffer;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is in a PNG, the properties of {@link Walks#requireSound} hold. */
class PngFuzzTest {

    private static final int SIGNATURE_LENGTH = 8;
    private static final int EMPTY_CHUNK_LENGTH = 12;

    static Stream<byte[]> seeds() {
        return FuzzSeeds.pngs();
    }

    @MethodSource("seeds")
    @FuzzTest
    void isSoundOrRefused(byte[] file) {
        Walks.requireSound(file);
        Walks.requireSound(withChecksums(file));
    }

    /** Chance hardly ever finds a checksum, and behind a wrong one nothing is looked at. */
    static byte[] withChecksums(byte[] file) {
        ByteBuffer png = ByteBuffer.wrap(file.clone());
        long start = SIGNATURE_LENGTH;
        while (start + EMPTY_CHUNK_LENGTH <= png.limit()) {
            int at = (int) start;
            long end = start + EMPTY_CHUNK_LENGTH + Integer.toUnsignedLong(png.getInt(at));
            if (end <= png.limit()) {
                CRC32 checksum = new CRC32();
                checksum.update(png.array(), at + Integer.BYTES, (int) end - at - 2 * Integer.BYTES);
                png.putInt((int) end - Integer.BYTES, (int) checksum.getValue());
            }
            start = end;
        }
        return png.array();
    }
}
