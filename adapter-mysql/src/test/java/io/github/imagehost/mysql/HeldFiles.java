package io.github.imagehost.mysql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.h2.store.fs.FileBase;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;

/**
 * Files of H2's in which nothing is written while they are held, and which count how often they are flushed to the
 * disk. H2 makes them itself, and so has to see this class.
 */
public final class HeldFiles extends FilePathWrapper {

    private static final String SCHEME = "held";

    private static final Semaphore WAITING = new Semaphore(0);
    private static final Semaphore PASSES = new Semaphore(0);
    private static final AtomicLong FLUSHES = new AtomicLong();
    private static volatile boolean held;

    /** Answers what the address of a database in such files begins with. */
    static String register() {
        FilePath.register(new HeldFiles());
        return SCHEME;
    }

    /** From now on whoever writes waits. */
    static void hold() {
        WAITING.drainPermits();
        PASSES.drainPermits();
        held = true;
    }

    /** Returns when somebody waits, who did not wait before. */
    static void awaitWriter(Duration limit) throws InterruptedException {
        assertThat(WAITING.tryAcquire(limit.toSeconds(), TimeUnit.SECONDS)).isTrue();
    }

    /** Lets one go on who waits. */
    static void letOnePass() {
        PASSES.release();
    }

    static boolean isHeld() {
        return held;
    }

    /** How often some of them were flushed so far. */
    static long flushes() {
        return FLUSHES.get();
    }

    /** Lets everybody go on. May be repeated. */
    static void release() {
        held = false;
        PASSES.drainPermits();
        PASSES.release(Integer.MAX_VALUE / 2);
    }

    @Override
    public String getScheme() {
        return SCHEME;
    }

    @Override
    public FileChannel open(String mode) throws IOException {
        return new HeldFile(getBase().open(mode));
    }

    private static final class HeldFile extends FileBase {

        private final FileChannel file;

        HeldFile(FileChannel file) {
            this.file = file;
        }

        private static void awaitRelease() throws IOException {
            if (!held) {
                return;
            }
            WAITING.release();
            try {
                PASSES.acquire();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public synchronized int write(ByteBuffer bytes) throws IOException {
            awaitRelease();
            return file.write(bytes);
        }

        @Override
        public synchronized int write(ByteBuffer bytes, long position) throws IOException {
            awaitRelease();
            return file.write(bytes, position);
        }

        @Override
        public synchronized int read(ByteBuffer bytes) throws IOException {
            return file.read(bytes);
        }

        @Override
        public synchronized int read(ByteBuffer bytes, long position) throws IOException {
            return file.read(bytes, position);
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long position) throws IOException {
            file.position(position);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            awaitRelease();
            file.truncate(size);
            return this;
        }

        @Override
        public void force(boolean metadata) throws IOException {
            file.force(metadata);
            FLUSHES.incrementAndGet();
        }

        @Override
        public FileLock tryLock(long position, long size, boolean shared) throws IOException {
            return file.tryLock(position, size, shared);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }
    }
}
