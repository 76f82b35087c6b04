package io.github.imagehost.rest.cache;

import io.github.imagehost.core.files.LockFile;
import io.github.imagehost.core.files.TemporaryFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A directory that one process at a time keeps copies in, and that is left alone for a while when its disk fails. Safe
 * for use by many threads.
 */
final class CacheDirectory implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CacheDirectory.class);

    private static final Duration PAUSE = Duration.ofMinutes(1);
    /** How long after another process has ended this one begins to use the directory. */
    private static final Duration ATTEMPT_INTERVAL = Duration.ofSeconds(5);

    private static final String LOCK = ".lock";
    private static final String INCOMING = ".incoming";
    private static final String PREFIX = "copy-";

    private final Path root;
    private final Path incoming;
    private final ScheduledThreadPoolExecutor background;
    private final long pauseNanos;
    private volatile @Nullable LockFile lock;
    private volatile long pausedSince;
    private volatile boolean paused;
    private boolean toldOfOthers;
    private boolean closed;

    CacheDirectory(Path root) {
        this(root, PAUSE);
    }

    /** @param pause how long the directory is left alone after a failure */
    CacheDirectory(Path root, Duration pause) {
        this.root = root;
        this.incoming = root.resolve(INCOMING);
        this.pauseNanos = pause.toNanos();
        this.background = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "content-cache");
            thread.setDaemon(true);
            return thread;
        });
        background.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    }

    Path root() {
        return root;
    }

    /** One thread for what nobody waits for; it ends with this. */
    ScheduledExecutorService background() {
        return background;
    }

    /** Begins to use the directory as soon as nobody else does, and then has the files in it told of. */
    void openFor(CachedFiles files) {
        attempt(files);
        // ends with the thread, and tells of its failures itself
        Future<?> unused = background.scheduleWithFixedDelay(
                () -> attempt(files), ATTEMPT_INTERVAL.toMillis(), ATTEMPT_INTERVAL.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void attempt(CachedFiles files) {
        if (lock != null || closed || isPaused()) {
            return;
        }
        try {
            Files.createDirectories(incoming);
            Optional<LockFile> taken = LockFile.tryLock(root.resolve(LOCK));
            if (taken.isPresent()) {
                lock = taken.get();
                background.execute(() -> clear(files));
            } else if (!toldOfOthers) {
                toldOfOthers = true;
                log.info("Another process keeps its content cache in {}; there is none here until it ends", root);
            }
        } catch (IOException e) {
            pause(e);
        }
    }

    private void clear(CachedFiles files) {
        try {
            TemporaryFile.deleteLeftovers(incoming, PREFIX);
            files.discoverAll();
        } catch (IOException | UncheckedIOException e) {
            log.warn("Not all of the content cache in {} can be read: {}", root, e.toString());
        }
    }

    /** Whether files may be kept here at the moment. */
    boolean isUsable() {
        return lock != null && !isPaused();
    }

    private boolean isPaused() {
        return paused && System.nanoTime() - pausedSince < pauseNanos;
    }

    /**
     * A new file, to be moved or deleted.
     *
     * @throws IOException if it can't be made
     */
    TemporaryFile newFile() throws IOException {
        Files.createDirectories(incoming);
        return TemporaryFile.createIn(incoming, PREFIX);
    }

    /** Leaves the directory alone for a while. */
    synchronized void pause(IOException reason) {
        if (!isPaused()) {
            log.warn("The content cache in {} is left alone for a minute: {}", root, reason.toString());
            pausedSince = System.nanoTime();
            paused = true;
        }
    }

    /** Lets another process use the directory. */
    @Override
    public synchronized void close() {
        closed = true;
        background.shutdownNow();
        LockFile held = lock;
        lock = null;
        if (held != null) {
            try {
                held.close();
            } catch (IOException e) {
                log.warn("The lock of the content cache can't be closed: {}", e.toString());
            }
        }
    }
}
