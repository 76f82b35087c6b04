package io.github.imagehost.rest.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.base.Ticker;
import io.github.imagehost.rest.settings.ServiceLimits;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.TimeUnit;
import org.apache.coyote.CloseNowException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DownloadOutputTest {

    private static final byte[] BUFFER = new byte[16 * 1024];

    private long nanos;
    private long millisPerWrite;
    private long taken;

    private final DownloadOutput output = new DownloadOutput(
            new OutputStream() {
                @Override
                public void write(int one) {
                    throw new UnsupportedOperationException("Writes come in pieces");
                }

                @Override
                public void write(byte[] bytes, int offset, int length) {
                    nanos += TimeUnit.MILLISECONDS.toNanos(millisPerWrite);
                    taken += length;
                }
            },
            ServiceLimits.DEFAULT,
            new Ticker() {
                @Override
                public long read() {
                    return nanos;
                }
            });

    /** 16 KiB in each of these writes is at least 4 KiB in a second. */
    @ParameterizedTest
    @CsvSource({"0", "1", "1000", "3999", "4000"})
    void whoTakesEnoughGoesOnForEver(long millis) throws Exception {
        millisPerWrite = millis;

        for (int i = 0; i < 1000; i++) {
            output.write(BUFFER, BUFFER.length);
        }

        assertThat(taken).isEqualTo(1000L * BUFFER.length);
    }

    @Test
    void whoTakesTooLittleIsCutOffAfterAWhile() throws Exception {
        millisPerWrite = 4100;
        for (int i = 0; i < 7; i++) {
            output.write(BUFFER, BUFFER.length);
        }

        assertThatThrownBy(() -> output.write(BUFFER, BUFFER.length))
                .isInstanceOf(CloseNowException.class)
                .hasMessage("A client took only 131072 bytes in PT32.8S");
    }

    @Test
    void whoTakesNearlyNothingIsCutOffByTheFirstWrite() {
        millisPerWrite = TimeUnit.MINUTES.toMillis(5);

        assertThatThrownBy(() -> output.write(BUFFER, BUFFER.length)).isInstanceOf(CloseNowException.class);
    }

    @Test
    void whatTheSocketsSwallowedAtFirstIsNoCreditForLater() throws Exception {
        for (int i = 0; i < 1000; i++) {
            output.write(BUFFER, BUFFER.length);
        }

        millisPerWrite = 16_000;
        output.write(BUFFER, BUFFER.length);
        output.write(BUFFER, BUFFER.length);
        output.write(BUFFER, BUFFER.length);
        assertThatThrownBy(() -> output.write(BUFFER, BUFFER.length)).isInstanceOf(CloseNowException.class);
    }

    @Test
    void onlyTheClientsOwnTimeCounts() throws Exception {
        for (int i = 0; i < 100; i++) {
            nanos += TimeUnit.MINUTES.toNanos(1);
            output.write(BUFFER, BUFFER.length);
        }

        assertThat(taken).isEqualTo(100L * BUFFER.length);
    }

    @Test
    void aClientThatLeftIsToldAsBefore() {
        DownloadOutput broken = new DownloadOutput(
                new OutputStream() {
                    @Override
                    public void write(int one) throws IOException {
                        throw new IOException("Broken pipe");
                    }
                },
                ServiceLimits.DEFAULT);

        assertThatThrownBy(() -> broken.write(BUFFER, 1)).isExactlyInstanceOf(IOException.class);
    }
}
