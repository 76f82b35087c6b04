package io.github.imagehost.core.intake;

import java.time.Duration;

/**
 * How much is decoded at once to see whether the pixels of uploads are there. Pictures that are dear to decode have
 * places and memory of their own, so that others never wait for them.
 *
 * @param cheapPlaces how many decoders for the others, at least 1
 * @param dearPlaces how many decoders for dear pictures, at least 1
 * @param memory what all of them hold together, in bytes
 * @param patience how long a picture may wait for its turn
 * @param time how long one picture may take
 */
record DecodingLimits(int cheapPlaces, int dearPlaces, long memory, Duration patience, Duration time) {

    /** Of the heap, for pixels. */
    private static final int SHARE = 4;

    /** Of that, for pictures that are cheap. */
    private static final int CHEAP_SHARE = 4;

    private static final long LEAST_MEMORY = 32L << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration TIME = Duration.ofSeconds(20);

    /** Those that suit this machine: dear pictures leave a processor to all else, where there is more than one. */
    static DecodingLimits ofThisMachine() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new DecodingLimits(
                Math.max(2, processors),
                Math.max(1, processors - 1),
                Math.max(LEAST_MEMORY, Runtime.getRuntime().maxMemory() / SHARE),
                PATIENCE,
                TIME);
    }

    long cheapMemory() {
        return memory / CHEAP_SHARE;
    }

    long dearMemory() {
        return memory - cheapMemory();
    }
}
