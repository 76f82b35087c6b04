package io.github.imagehost.cli.terminal;

import io.github.imagehost.core.work.Progress;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** Counts what is done, and how fast. Safe for use by many threads at once. */
final class ProgressMeter {

    /**
     * What is shown as the rate is that of so long: shorter, it would jump; longer, it would hide that something
     * changed.
     */
    private static final long WINDOW = TimeUnit.SECONDS.toNanos(20);

    private final LongSupplier nanoTime;
    private final long start;
    private final LongAdder items = new LongAdder();
    private final LongAdder bytes = new LongAdder();
    private final Deque<Sample> window = new ArrayDeque<>();
    private volatile Expectation expectation = new Expectation(Progress.UNKNOWN, Progress.UNKNOWN);

    ProgressMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        window.add(new Sample(start, 0, 0));
    }

    void expect(long expectedItems, long expectedBytes) {
        expectation = new Expectation(expectedItems, expectedBytes);
    }

    void advance(long moreItems, long moreBytes) {
        items.add(moreItems);
        bytes.add(moreBytes);
    }

    Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - start);
    }

    /**
     * How far it is, with the rates of the last seconds. To be called often: each call is where later ones look back
     * to.
     */
    synchronized Reading now() {
        Sample sample = sample();
        while (window.size() > 1 && sample.time - window.getFirst().time > WINDOW) {
            window.removeFirst();
        }
        Sample since = window.getFirst();
        window.add(sample);
        return reading(since, sample);
    }

    /** How far it is, with the rates since the start. */
    Reading inAll() {
        return reading(new Sample(start, 0, 0), sample());
    }

    private Sample sample() {
        return new Sample(nanoTime.getAsLong(), items.sum(), bytes.sum());
    }

    private Reading reading(Sample since, Sample sample) {
        double seconds = Math.max(1, sample.time - since.time) / (double) TimeUnit.SECONDS.toNanos(1);
        return new Reading(
                Duration.ofNanos(sample.time - start),
                new Count(sample.items, expectation.items, (sample.items - since.items) / seconds),
                new Count(sample.bytes, expectation.bytes, (sample.bytes - since.bytes) / seconds));
    }

    private record Expectation(long items, long bytes) {}

    private record Sample(long time, long items, long bytes) {}

    /**
     * How far an operation is.
     *
     * @param elapsed the time since its start
     */
    record Reading(Duration elapsed, Count items, Count bytes) {

        /** The share that is done, from 0 to 1. By bytes where they are known: items may differ in size. */
        Optional<Double> share() {
            return leading().map(Count::share);
        }

        /** How long the rest takes at this rate; empty if nobody can tell. */
        Optional<Duration> remaining() {
            return leading()
                    .filter(count -> count.perSecond > 0)
                    .map(count -> Duration.ofSeconds((long) ((count.expected - count.done) / count.perSecond)))
                    .filter(time -> !time.isNegative());
        }

        private Optional<Count> leading() {
            return bytes.expected > 0 ? Optional.of(bytes) : Optional.of(items).filter(count -> count.expected > 0);
        }
    }

    /**
     * One kind of what is counted.
     *
     * @param expected how many there will be in all, or {@link Progress#UNKNOWN}
     */
    record Count(long done, long expected, double perSecond) {

        private double share() {
            return Math.min(1, (double) done / expected);
        }
    }
}
