package io.github.imagehost.core.decoding;

/**
 * Tells a decoder to stop. Asking is as cheap as reading a field, so a decoder may be made to ask whenever it reads a
 * byte. Safe for use by many threads.
 */
public final class StopSignal {

    private volatile boolean isStopped;

    /** Whether the work is to stop. */
    public boolean isStopped() {
        return isStopped;
    }

    /**
     * Goes on if the work is not to stop.
     *
     * @throws DecodingStoppedException if it is
     */
    public void check() {
        if (isStopped) {
            throw new DecodingStoppedException();
        }
    }

    /** Tells it to stop; may be repeated. */
    public void stop() {
        isStopped = true;
    }
}
