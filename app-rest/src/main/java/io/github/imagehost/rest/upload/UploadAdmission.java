package io.github.imagehost.rest.upload;

import io.github.imagehost.rest.error.ApiError;
import io.github.imagehost.rest.metrics.MeterNames;
import io.github.imagehost.rest.settings.ServiceSettings;
import io.github.imagehost.rest.settings.ServiceSettings.UploadLimits;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets in as many uploads at once as the service has room for, and refuses the others before a byte of them is read:
 * waiting would only pile them up. Safe for use by many threads.
 */
@Component
final class UploadAdmission implements SmartLifecycle, MeterBinder {

    private static final long SECONDS_TO_FINISH = 30;

    private static final Logger log = LoggerFactory.getLogger(UploadAdmission.class);

    private final UploadLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int uploads;
    private long bytes;
    private boolean closed;

    UploadAdmission(ServiceSettings settings) {
        this.limits = settings.uploadLimits();
    }

    /**
     * Lets an upload in, whose caller has to call {@link #leave} in the end, or tells why not.
     *
     * @param room how many bytes of it are kept at the most
     * @return empty if it is let in
     */
    Optional<ApiError> enter(long room) {
        lock.lock();
        try {
            if (closed) {
                return Optional.of(ApiError.SERVICE_UNAVAILABLE);
            }
            if (uploads >= limits.count() || room > limits.bytes() - bytes) {
                return Optional.of(ApiError.TOO_MANY_UPLOADS);
            }
            uploads++;
            bytes += room;
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Gives the room of an upload back.
     *
     * @param room as it was when it entered
     */
    void leave(long room) {
        lock.lock();
        try {
            uploads--;
            bytes -= room;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets nobody in any more, and waits for those who are in.
     *
     * @return whether all of them left in time
     */
    private boolean closeAndAwaitEmpty(long timeout, TimeUnit unit) throws InterruptedException {
        long left = unit.toNanos(timeout);
        lock.lock();
        try {
            closed = true;
            while (uploads > 0 && left > 0) {
                left = changed.awaitNanos(left);
            }
            return uploads == 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder(MeterNames.ADMITTED, () -> underLock(() -> uploads))
                .tag(MeterNames.WORK, "uploads")
                .register(registry);
        Gauge.builder(MeterNames.ADMITTED_BYTES, () -> underLock(() -> bytes))
                .baseUnit(MeterNames.BYTES)
                .register(registry);
    }

    private <T> T underLock(Supplier<T> state) {
        lock.lock();
        try {
            return state.get();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void start() {
        // it lets uploads in from the beginning; the server does not before everything is started
    }

    /**
     * The server goes on until all uploads have come to their end, so that whoever asks learns that it is about to end.
     */
    @Override
    public void stop() {
        try {
            if (!closeAndAwaitEmpty(SECONDS_TO_FINISH, TimeUnit.SECONDS)) {
                log.warn("Uploads that did not end within {} s are cut off", SECONDS_TO_FINISH);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        lock.lock();
        try {
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Before the server, which has the next one. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE;
    }
}
