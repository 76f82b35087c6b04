package io.github.imagehost.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.imagehost.core.testing.Concurrently;
import io.github.imagehost.core.work.Progress;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressDisplayTest {

    private static final String ERASE = "\r\u001b[K";

    private final AtomicLong nanoTime = new AtomicLong(Long.MAX_VALUE - 5);
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(InputStream.nullInputStream(), out, err, true);
    private final ProgressMeter meter = new ProgressMeter(nanoTime::get);

    @Test
    void drawsABarWithCountsRatesAndTheRemainingTime() {
        ProgressDisplay display = display(true);
        meter.expect(100, 4_000_000);
        pass(Duration.ofSeconds(10));
        meter.advance(50, 1_000_000);

        display.refresh();

        assertThat(shown())
                .isEqualTo(ERASE + "[###...........]  25 %  50/100 files  1.0 MB/4.0 MB  5.0/s  100 kB/s  0:30 left");
    }

    @Test
    void drawsTheNextBarOverTheLastOne() {
        ProgressDisplay display = display(true);
        pass(Duration.ofSeconds(1));
        display.refresh();
        meter.advance(3, 0);
        pass(Duration.ofSeconds(1));

        display.refresh();

        assertThat(shown()).isEqualTo(ERASE + "0 files  0.0/s" + ERASE + "3 files  1.5/s");
    }

    @Test
    void keepsTheBarBelowWhatIsPrinted() {
        ProgressDisplay display = display(true);
        pass(Duration.ofSeconds(2));
        meter.advance(2, 0);
        display.refresh();

        terminal.print("result");
        terminal.error("trouble");

        String bar = ERASE + "2 files  1.0/s";
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("result" + System.lineSeparator());
        assertThat(shown()).isEqualTo(bar + ERASE + bar + ERASE + "imagehost: trouble" + System.lineSeparator() + bar);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 999_999, 123_456_789_012L, Long.MAX_VALUE / 2})
    void neverDrawsMoreThanATerminalHolds(long items) {
        ProgressDisplay display = display(true);
        meter.expect(items, items);
        meter.advance(items / 3, items / 3);
        pass(Duration.ofSeconds(3));

        display.refresh();

        assertThat(shown().substring(ERASE.length())).hasSizeBetween(5, 79);
    }

    @Test
    void replacesTheBarByWhatWasDone() {
        ProgressDisplay display = display(true);
        pass(Duration.ofSeconds(30));
        display.refresh();
        meter.advance(60, 3_000_000);
        pass(Duration.ofSeconds(30));

        display.conclude();

        assertThat(shown()).endsWith(ERASE + "60 files, 3.0 MB, in 1:00, 1.0/s, 50 kB/s" + System.lineSeparator());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saysNothingOfWhatEndsWithinASecond(boolean asBar) {
        ProgressDisplay display = display(asBar);
        pass(Duration.ofMillis(999));
        meter.advance(1, 1);

        display.refresh();
        display.conclude();

        assertThat(shown()).isEmpty();
    }

    @Test
    void printsLinesThatBecomeRarerWhereThereIsNoTerminal() {
        ProgressDisplay display = display(false);
        meter.expect(36_000, Progress.UNKNOWN);
        for (int second = 1; second <= 3600; second++) {
            pass(Duration.ofSeconds(1));
            meter.advance(10, 0);
            display.refresh();
        }
        display.conclude();

        List<String> lines = shown().lines().toList();
        assertThat(lines.subList(0, 6))
                .containsExactly(
                        "0 %, 100/36000 files, 10/s, 59:50 left",
                        "0 %, 200/36000 files, 10/s, 59:40 left",
                        "1 %, 400/36000 files, 10/s, 59:20 left",
                        "2 %, 800/36000 files, 10/s, 58:40 left",
                        "4 %, 1600/36000 files, 10/s, 57:20 left",
                        "8 %, 3200/36000 files, 10/s, 54:40 left");
        assertThat(lines).hasSize(17).last().isEqualTo("36000 files, in 1:00:00, 10/s");
        assertThat(shown()).doesNotContain("\r", "\u001b");
    }

    @Test
    void tellsTheRateOfTheLastSeconds() {
        ProgressDisplay display = display(false);
        meter.expect(1000, Progress.UNKNOWN);
        meter.advance(500, 0);
        for (int second = 1; second <= 41; second++) {
            pass(Duration.ofSeconds(1));
            meter.advance(1, 0);
            display.refresh();
        }

        assertThat(shown().lines()).last().isEqualTo("54 %, 540/1000 files, 1.0/s, 7:40 left");
    }

    @Test
    void copesWithMoreThanWasExpected() {
        ProgressDisplay display = display(false);
        meter.expect(10, 10);
        meter.advance(20, 30);
        pass(Duration.ofSeconds(10));

        display.refresh();

        assertThat(shown().lines()).containsExactly("100 %, 20/10 files, 30 B/10 B, 2.0/s, 3 B/s");
    }

    @Test
    void promisesNoEndWhereNothingHappens() {
        ProgressDisplay display = display(false);
        meter.expect(10, Progress.UNKNOWN);
        pass(Duration.ofSeconds(10));

        display.refresh();

        assertThat(shown().lines()).containsExactly("0 %, 0/10 files, 0.0/s");
    }

    @Test
    void countsWhatManyThreadsDo() throws Exception {
        ProgressDisplay display = display(false);
        pass(Duration.ofSeconds(1));
        Concurrently.run(4, () -> {
            for (int count = 0; count < 250_000; count++) {
                meter.advance(1, 2);
            }
            return true;
        });

        display.conclude();

        assertThat(shown().lines()).containsExactly("1000000 files, 2.0 MB, in 0:01, 1000000/s, 2.0 MB/s");
    }

    private ProgressDisplay display(boolean asBar) {
        return new ProgressDisplay(terminal, meter, new ProgressText("files"), asBar);
    }

    private void pass(Duration duration) {
        nanoTime.addAndGet(duration.toNanos());
    }

    private String shown() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
