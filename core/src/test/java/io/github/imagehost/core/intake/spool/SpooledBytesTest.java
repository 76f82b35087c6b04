package io.github.imagehost.core.intake.spool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.imagehost.core.testing.Pictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpooledBytesTest {

    private static final int MEMORY = 16 * 1024;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({"0, 1", "1, 1", "16383, 1000", "16384, 1000", "16385, 1000", "16385, 1", "300000, 7000"})
    void whatWasWrittenIsRead(int size, int step) throws IOException {
        byte[] bytes = Pictures.randomBytes(size);
        Path spool = directory.resolve("spool");
        try (SpooledBytes spooled = new SpooledBytes(spool)) {
            for (int offset = 0; offset < size; offset += step) {
                spooled.write(bytes, offset, Math.min(step, size - offset));
            }

            assertThat(spooled.open().readAllBytes()).isEqualTo(bytes);
            assertThat(spooled.open().readAllBytes()).isEqualTo(bytes);
            assertThat(Files.exists(spool)).isEqualTo(size > MEMORY);
        }
        if (size > MEMORY) {
            assertThat(spool).isEmptyDirectory();
        }
    }

    @Test
    void bytesMayComeOneByOne() throws IOException {
        try (SpooledBytes spooled = new SpooledBytes(directory)) {
            spooled.write('c');
            spooled.write(-1);

            assertThat(spooled.open().readAllBytes()).containsExactly((byte) 'c', (byte) -1);
        }
    }

    @Test
    void aSweepTakesItForNoLeftover() throws IOException {
        Spool spool = new Spool(directory, 1, 1);
        byte[] bytes = Pictures.randomBytes(2 * MEMORY);
        try (SpooledBytes spooled = new SpooledBytes(directory)) {
            spooled.write(bytes);
            spool.deleteLeftovers();

            assertThat(spooled.open().readAllBytes()).isEqualTo(bytes);
        }
        Files.write(directory.resolve(Spool.PREFIX + "x.tmp"), Arrays.copyOf(bytes, 1));
        spool.deleteLeftovers();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whereThereIsNoRoomItSaysSo() throws IOException {
        Path file = Files.write(directory.resolve("file"), new byte[0]);
        try (SpooledBytes spooled = new SpooledBytes(file)) {
            spooled.write(new byte[MEMORY]);

            assertThatThrownBy(() -> spooled.write(1)).isInstanceOf(SpoolException.class);
        }
    }
}
