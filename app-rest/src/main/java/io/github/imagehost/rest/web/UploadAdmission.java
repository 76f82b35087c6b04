package io.github.imagehost.rest.web;

import io.github.imagehost.rest.config.ServiceSettings;
import io.github.imagehost.rest.config.ServiceSettings.UploadLimits;
import jakarta.servlet.http.HttpServletRequest;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/**
 * Lets in as many uploads at once as the service has room for, and refuses the others before a byte of them is read: waiting
 * would only pile them up. Safe for use by many threads.
 */
@Component
final class UploadAdmission implements SmartLifecycle {

    private static final long SECONDS_TO_FINISH = 30;

    private static final Logger log = LoggerFactory.getLogger(UploadAdmission.class);

    private final UploadLimits limits;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int uploads;
    private long bytes;
    private boolean closed;

    @Autowired
    UploadAdmission(ServiceSettings settings) {
        this(settings.uploadLimits());
    }

    UploadAdmission(UploadLimits limits) {
        this.limits = limits;
    }

    /**
     * Lets an upload in.
     *
     * @param maxBytes how many bytes of the request are kept at the most; it counts for so many if it does not say how long it is
     * @param upload what it does
     * @return what that returns
     * @throws ApiException if there is no room, or if the service is about to end
     */
    <T> T admit(HttpServletRequest request, long maxBytes, Supplier<T> upload) {
        long announced = request.getContentLengthLong();
        long room = announced < 0 ? maxBytes : Math.min(announced, maxBytes);
        enter(room);
        try {
            return upload.get();
        } finally {
            leave(room);
        }
    }

    private void enter(long room) {
        lock.lock();
        try {
            if (closed) {
                throw new ApiException(ApiError.SERVICE_UNAVAILABLE);
            }
            if (uploads >= limits.count() || room > limits.bytes() - bytes) {
                throw new ApiException(ApiError.TOO_MANY_UPLOADS);
            }
            uploads++;
            bytes += room;
        } finally {
            lock.unlock();
        }
    }

    private void leave(long room) {
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
    boolean closeAndAwaitEmpty(long timeout, TimeUnit unit) throws InterruptedException {
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
    public void start() {
        // it lets uploads in from the beginning; the server does not before everything is started
    }

    /** The server goes on until all uploads have come to their end, so that whoever asks learns that it is about to end. */
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
