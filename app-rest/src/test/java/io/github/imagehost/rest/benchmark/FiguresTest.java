package io.github.imagehost.rest.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class FiguresTest {

    private static final long MILLI = 1_000_000;

    @Test
    void aPercentileIsTheTimeThatSoManyRequestsDidNotExceed() {
        long[] hundred =
                LongStream.rangeClosed(1, 100).map(i -> (101 - i) * MILLI).toArray();

        Requests requests = Requests.of(hundred, 100, 1000 * MILLI, 0);

        assertThat(requests.percentileMillis(0.5)).isEqualTo(50);
        assertThat(requests.percentileMillis(0.985)).isEqualTo(99);
        assertThat(requests.percentileMillis(0.99)).isEqualTo(99);
        assertThat(requests.percentileMillis(1)).isEqualTo(100);
        assertThat(Requests.of(hundred, 1, MILLI, 0).percentileMillis(0.5)).isEqualTo(100);
        assertThat(Requests.of(hundred, 0, MILLI, 0).percentileMillis(0.5)).isNaN();
    }

    @Test
    void whatIsMeasuredIsForEachRequestAndComesThroughAPipeAsItIs() {
        Requests requests = Requests.of(new long[] {MILLI, 3 * MILLI}, 2, 500 * MILLI, 4096);
        Meter.Reading grown = new Meter.Reading(new ProcessUsage(30, 200, 250), Double.NaN, 26);

        Figures figures = Figures.of(7, requests, grown);

        assertThat(figures).isEqualTo(new Figures(7, 4, 1, 3, 3, 15, Double.NaN, 13, 2, 200, 250));
        assertThat(Figures.parse(figures.toLine())).isEqualTo(figures);
    }

    @Test
    void whatWasMeasuredInTwoRoundsCountsAsOne() {
        Requests both = Requests.of(new long[] {4 * MILLI}, 1, 1000 * MILLI, 100)
                .and(Requests.of(new long[] {3 * MILLI, 1 * MILLI, 2 * MILLI}, 3, 1000 * MILLI, 300));
        assertThat(both.count()).isEqualTo(4);
        assertThat(both.perSecond()).isEqualTo(2);
        assertThat(both.percentileMillis(0.5)).isEqualTo(2);
        assertThat(both.bytesSent()).isEqualTo(400);

        Meter.Reading first = new Meter.Reading(new ProcessUsage(30, 200, 260), 10, 5);
        Meter.Reading second = new Meter.Reading(new ProcessUsage(50, 210, 250), 20, 6);
        assertThat(Meter.Reading.NONE.and(first).and(second))
                .isEqualTo(new Meter.Reading(new ProcessUsage(80, 210, 260), 30, 11));
    }

    @Test
    void aTableIsReadyToBePasted() {
        MarkdownTable table = new MarkdownTable("workload", "req/s", "floor");
        assertThat(table.isEmpty()).isTrue();
        table.add("new", MarkdownTable.cell(1234.5), MarkdownTable.cell(Double.NaN));
        table.add("old", MarkdownTable.cell(12.34), MarkdownTable.cell(0.0234));

        assertThat(table.isEmpty()).isFalse();
        assertThat(table.toString().lines())
                .containsExactly(
                        "| workload | req/s | floor |",
                        "|----------|------:|------:|",
                        "| new      |  1235 |     - |",
                        "| old      |  12.3 | 0.023 |");
    }
}
