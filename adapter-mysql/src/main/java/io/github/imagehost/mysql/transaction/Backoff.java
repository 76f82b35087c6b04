package io.github.imagehost.mysql.transaction;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How often, how long and at what intervals one operation is tried. Used by one thread. */
final class Backoff {

    private static final int MAX_CONFLICTS = 15;
    private static final int MAX_DELAY_MILLIS = 160;

    private final long start = System.nanoTime();
    private final Duration reconnectionPause;
    private final Duration patience;
    private int conflicts;
    private int reconnections;

    /**
     * @param reconnections how often another try is worth it after the loss of a connection
     * @param reconnectionPause how long to wait before it
     * @param patience how long another try may begin after the first one
     */
    Backoff(int reconnections, Duration reconnectionPause, Duration patience) {
        this.reconnections = reconnections;
        this.reconnectionPause = reconnectionPause;
        this.patience = patience;
    }

    /**
     * Waits before another try after a conflict.
     *
     * @return whether another try is worth it; at once if not
     */
    boolean awaitAfterConflict() throws InterruptedException {
        conflicts++;
        if (conflicts >= MAX_CONFLICTS || isLate()) {
            return false;
        }
        sleepAbout(Math.min(MAX_DELAY_MILLIS, 1 << conflicts));
        return true;
    }

    /**
     * Waits before another try after the loss of a connection.
     *
     * @return whether another try is worth it; at once if not
     */
    boolean awaitReconnection() throws InterruptedException {
        if (reconnections == 0 || isLate()) {
            return false;
        }
        reconnections--;
        Thread.sleep(reconnectionPause.toMillis());
        return true;
    }

    private boolean isLate() {
        return System.nanoTime() - start > patience.toNanos();
    }

    private static void sleepAbout(int millis) throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextInt(millis) + 1);
    }
}
