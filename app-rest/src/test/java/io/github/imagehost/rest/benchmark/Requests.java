package io.github.imagehost.rest.benchmark;

import java.util.Arrays;

/** Requests that were made. */
final class Requests {

    /** No requests, which took no time. */
    static final Requests NONE = of(new long[0], 0, 0, 0);

    private static final double NANOS_OF_A_MILLI = 1e6;

    private final long[] sortedNanos;
    private final long nanos;
    private final long bytesSent;

    private Requests(long[] sortedNanos, long nanos, long bytesSent) {
        this.sortedNanos = sortedNanos;
        this.nanos = nanos;
        this.bytesSent = bytesSent;
    }

    /**
     * @param durations how long each of them took, and room for further ones
     * @param count how many there are
     * @param nanos how long all of them took together
     * @param bytesSent by all of them
     */
    static Requests of(long[] durations, int count, long nanos, long bytesSent) {
        long[] sorted = Arrays.copyOf(durations, count);
        Arrays.sort(sorted);
        return new Requests(sorted, nanos, bytesSent);
    }

    /** These and those, one after the other. */
    Requests and(Requests others) {
        long[] both = Arrays.copyOf(sortedNanos, count() + others.count());
        System.arraycopy(others.sortedNanos, 0, both, count(), others.count());
        return of(both, both.length, nanos + others.nanos, bytesSent + others.bytesSent);
    }

    int count() {
        return sortedNanos.length;
    }

    long bytesSent() {
        return bytesSent;
    }

    private double seconds() {
        return nanos / NANOS_OF_A_MILLI / 1000;
    }

    /** How many were answered in a second; not a number if there were none in no time. */
    double perSecond() {
        return count() / seconds();
    }

    /**
     * The time within which this share of the requests was answered.
     *
     * @param share above 0, up to 1
     * @return in milliseconds; not a number if there were no requests
     */
    double percentileMillis(double share) {
        if (sortedNanos.length == 0) {
            return Double.NaN;
        }
        return sortedNanos[(int) Math.ceil(share * sortedNanos.length) - 1] / NANOS_OF_A_MILLI;
    }
}
