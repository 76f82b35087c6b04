package io.github.imagehost.core.testing;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A place where calls stop until a test lets them go on. */
public final class Gate {

    private static final int LIMIT_SECONDS = 60;

    private final CountDownLatch arrived = new CountDownLatch(1);
    private final CountDownLatch open = new CountDownLatch(1);

    /** Makes a call stop here before it has its effect. */
    public Faults.Fault before() {
        return Faults.doBefore(this::pass);
    }

    /** Makes a call stop here after it had its effect and before it answers. */
    public Faults.Fault after() {
        return Faults.doAfter(this::pass);
    }

    /** Waits until somebody stands here. */
    public void awaitArrival() throws InterruptedException, TimeoutException {
        await(arrived, "Nobody came to the gate");
    }

    /** Lets everybody pass, from now on. */
    public void open() {
        open.countDown();
    }

    private void pass() throws InterruptedException, TimeoutException {
        arrived.countDown();
        await(open, "Nobody opened the gate");
    }

    private static void await(CountDownLatch latch, String otherwise) throws InterruptedException, TimeoutException {
        if (!latch.await(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            throw new TimeoutException(otherwise);
        }
    }
}
