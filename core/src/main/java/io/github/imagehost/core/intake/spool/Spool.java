package io.github.imagehost.core.intake.spool;

import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.intake.refusal.EmptyUploadException;
import io.github.imagehost.core.intake.refusal.UploadTooLargeException;
import io.github.imagehost.core.model.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where bytes from outside are kept while they are received: small ones in memory, larger ones in a temporary file.
 * They are hashed on the way, so that they are never read for that alone. Safe for use by many threads.
 */
public final class Spool {

    private static final int MIB = 1024 * 1024;

    /** Photographs of most phones have less; a file would cost a sixth of the processor's time for such an upload. */
    private static final int MEMORY_THRESHOLD = 8 * MIB;

    private static final long MOST_MEMORY = 64 * MIB;
    private static final int SHARE_OF_HEAP = 8;
    private static final int MAX_CHUNK_SIZE = 64 * 1024;

    /** Most pictures of web pages have no more. */
    private static final int BEGINNING_SIZE = MIB;

    private static final int BUFFER_SIZE = 64 * 1024;
    static final String PREFIX = "imagehost-upload-";

    private final Path directory;
    private final int memoryThreshold;
    private final int chunkSize;
    private final SpoolMemory memory;

    /**
     * A spool with as much memory as suits the heap: 64 MiB, but no more than an eighth, of which one upload has up to
     * 8 MiB.
     *
     * @param directory where temporary files go; it is made when the first one is needed
     */
    public static Spool in(Path directory) {
        long heap = Runtime.getRuntime().maxMemory();
        return new Spool(directory, MEMORY_THRESHOLD, Math.min(MOST_MEMORY, heap / SHARE_OF_HEAP));
    }

    /**
     * @param directory where temporary files go; it is made when the first one is needed
     * @param memoryThreshold up to how many bytes of one upload stay in memory, at least 0
     * @param memoryLimit how many bytes of all uploads stay in memory at the most, at least 0, and half of that of what
     *     is beyond the first MiB of each; what does not fit goes to a file
     */
    public Spool(Path directory, int memoryThreshold, long memoryLimit) {
        if (memoryThreshold < 0 || memoryLimit < 0) {
            throw new IllegalArgumentException("A memory threshold and a memory limit are at least 0, not "
                    + memoryThreshold + " and " + memoryLimit);
        }
        this.directory = directory;
        this.memoryThreshold = memoryThreshold;
        this.chunkSize = Math.max(1, Math.min(memoryThreshold, MAX_CHUNK_SIZE));
        this.memory = new SpoolMemory(memoryLimit / chunkSize, BEGINNING_SIZE / chunkSize);
    }

    /**
     * Deletes the temporary files that processes left behind when they were killed. May be repeated, also while others
     * receive.
     *
     * @throws SpoolException if the directory can't be used
     */
    public void deleteLeftovers() {
        try {
            TemporaryFile.deleteLeftovers(directory, PREFIX);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /**
     * Reads a stream to its end.
     *
     * @param source stays open
     * @param maxSize how many bytes are allowed
     * @return the bytes; whoever asked for them closes them
     * @throws EmptyUploadException if there are none
     * @throws UploadTooLargeException if there are more than allowed; the source was read little further than that
     * @throws SpoolException if they can't be kept
     * @throws IOException if the source can't be read
     */
    public SpooledContent receive(InputStream source, long maxSize) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        Head head = new Head();
        boolean keepsHead = false;
        try {
            boolean ended = head.fill(source, maxSize, sha256);
            int next = ended ? -1 : source.read();
            if (next >= 0) {
                return receiveInFile(head, next, source, maxSize, sha256);
            }
            if (head.size == 0) {
                throw new EmptyUploadException();
            }
            keepsHead = true;
            return new InMemory(Digest.of(sha256.digest()), head);
        } finally {
            if (!keepsHead) {
                head.release();
            }
        }
    }

    private SpooledContent receiveInFile(Head head, int next, InputStream source, long maxSize, MessageDigest sha256)
            throws IOException {
        requireAllowed(head.size + 1, maxSize);
        TemporaryFile file = create();
        try {
            long size = head.size;
            head.moveTo(file);
            byte[] buffer = new byte[BUFFER_SIZE];
            buffer[0] = (byte) next;
            // filled before it is written: a parser gives little at a time
            int count = 1 + source.readNBytes(buffer, 1, BUFFER_SIZE - 1);
            while (count > 0) {
                size += count;
                requireAllowed(size, maxSize);
                sha256.update(buffer, 0, count);
                write(file, buffer, count);
                count = source.readNBytes(buffer, 0, BUFFER_SIZE);
            }
            return new InFile(Digest.of(sha256.digest()), size, file);
        } catch (IOException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private TemporaryFile create() {
        try {
            Files.createDirectories(directory);
            return TemporaryFile.createIn(directory, PREFIX);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A failure to keep the bytes is another thing than a failure to read them. */
    private static void write(TemporaryFile file, byte[] bytes, int length) {
        try {
            file.write(bytes, length);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static void delete(TemporaryFile file) {
        try {
            file.close();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    static SpoolException unusable(IOException e) {
        return new SpoolException("The spool directory can't be used", e);
    }

    private static void requireAllowed(long size, long maxSize) {
        if (size > maxSize) {
            throw new UploadTooLargeException(maxSize);
        }
    }

    /** The first bytes of an upload. For one thread, until they are full. */
    private final class Head {

        /** All of them are full, unless the source ends in the last one. */
        private final List<byte[]> chunks = new ArrayList<>();

        private final AtomicInteger chunksTaken = new AtomicInteger();
        private int size;

        /** Whether the source has ended; otherwise there may be more than fits. */
        boolean fill(InputStream source, long maxSize, MessageDigest sha256) throws IOException {
            while (size < memoryThreshold && memory.tryTake(chunksTaken.get())) {
                chunksTaken.incrementAndGet();
                byte[] chunk = new byte[Math.min(chunkSize, memoryThreshold - size)];
                int count = source.readNBytes(chunk, 0, chunk.length);
                size += count;
                requireAllowed(size, maxSize);
                sha256.update(chunk, 0, count);
                chunks.add(chunk);
                if (count < chunk.length) {
                    return true;
                }
            }
            return false;
        }

        int read(long position, byte[] target, int offset, int length) {
            if (position >= size) {
                return -1;
            }
            byte[] chunk = chunks.get((int) position / chunkSize);
            int from = (int) position % chunkSize;
            int count = (int) Math.min(Math.min(length, chunk.length - from), size - position);
            System.arraycopy(chunk, from, target, offset, count);
            return count;
        }

        /** Others need the memory while the rest arrives, which may take long. */
        void moveTo(TemporaryFile file) {
            chunks.forEach(chunk -> write(file, chunk, chunk.length));
            chunks.clear();
            release();
        }

        /** May be repeated. */
        void release() {
            memory.giveBack(chunksTaken.getAndSet(0));
        }
    }

    private record InMemory(Digest digest, Head head) implements SpooledContent {

        @Override
        public long size() {
            return head.size;
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) {
            return head.read(position, target, offset, length);
        }

        @Override
        public boolean isInMemory() {
            return true;
        }

        @Override
        public void close() {
            head.release();
        }
    }

    private record InFile(Digest digest, long size, TemporaryFile file) implements SpooledContent {

        @Override
        public InputStream open() throws IOException {
            return file.open();
        }

        @Override
        public int read(long position, byte[] target, int offset, int length) throws IOException {
            return file.read(position, target, offset, length);
        }

        @Override
        public boolean isInMemory() {
            return false;
        }

        @Override
        public void close() {
            delete(file);
        }
    }
}
