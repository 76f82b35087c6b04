package io.github.imagehost.core.decoding;

/**
 * Whoever waits until a picture was looked at. When nobody waits any more, the work on it is given up. It is asked a
 * few times a second, and only by the thread that waits, so it need not be safe for use by many threads.
 */
@FunctionalInterface
public interface Requester {

    /** Waits for as long as it takes. */
    Requester PATIENT = () -> true;

    /** Whether there still is somebody to answer. Must return at once. */
    boolean isWaiting();
}
