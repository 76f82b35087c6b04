package io.github.imagehost.core.intake;

import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.model.Digest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Where bytes from outside are kept while they are received: small ones in memory, larger ones in a temporary file. They are
 * hashed on the way, so that they are never read for that alone. Safe for use by many threads.
 */
public final class Spool {

    private static final int BUFFER_SIZE = 16 * 1024;
    private static final String PREFIX = "imagehost-upload-";

    private final Path directory;
    private final int memoryThreshold;
    private final Semaphore places;

    /**
     * @param directory where temporary files go; it is made when the first one is needed
     * @param memoryThreshold up to how many bytes stay in memory, at least 0
     * @param placesInMemory how many at once may stay in memory or be received there, at least 0; further ones go to a file
     *     from their first byte
     */
    public Spool(Path directory, int memoryThreshold, int placesInMemory) {
        if (memoryThreshold < 0 || placesInMemory < 0) {
            throw new IllegalArgumentException("A memory threshold and a number of places are at least 0, not "
                    + memoryThreshold + " and " + placesInMemory);
        }
        this.directory = directory;
        this.memoryThreshold = memoryThreshold;
        this.places = new Semaphore(placesInMemory);
    }

    /**
     * Deletes the temporary files that processes left behind when they were killed. May be repeated, also while others receive.
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
    SpooledContent receive(InputStream source, long maxSize) throws IOException {
        boolean hasPlace = places.tryAcquire();
        boolean keepsPlace = false;
        try {
            SpooledContent content = receive(source, maxSize, hasPlace ? memoryThreshold : 0);
            keepsPlace = content instanceof InMemory;
            return content;
        } finally {
            if (hasPlace && !keepsPlace) {
                places.release();
            }
        }
    }

    private SpooledContent receive(InputStream source, long maxSize, int threshold) throws IOException {
        MessageDigest sha256 = Digest.sha256();
        byte[] head = source.readNBytes((int) Math.min(threshold, maxSize) + 1);
        if (head.length == 0) {
            throw new EmptyUploadException();
        }
        requireAllowed(head.length, maxSize);
        sha256.update(head);
        if (head.length <= threshold) {
            return new InMemory(Digest.of(sha256.digest()), head, places::release);
        }
        TemporaryFile file = create();
        try {
            long size = receiveRest(head, source, maxSize, sha256, file);
            return new InFile(Digest.of(sha256.digest()), size, file);
        } catch (IOException | RuntimeException e) {
            delete(file);
            throw e;
        }
    }

    private static long receiveRest(
            byte[] head, InputStream source, long maxSize, MessageDigest sha256, TemporaryFile file)
            throws IOException {
        write(file, head, head.length);
        long size = head.length;
        byte[] buffer = new byte[BUFFER_SIZE];
        for (int count = source.read(buffer); count >= 0; count = source.read(buffer)) {
            size += count;
            requireAllowed(size, maxSize);
            sha256.update(buffer, 0, count);
            write(file, buffer, count);
        }
        return size;
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

    private static SpoolException unusable(IOException e) {
        return new SpoolException("The spool directory can't be used", e);
    }

    private static void requireAllowed(long size, long maxSize) {
        if (size > maxSize) {
            throw new UploadTooLargeException(maxSize);
        }
    }

    private static final class InMemory implements SpooledContent {

        private final Digest digest;
        private final byte[] bytes;
        private final Runnable releasePlace;
        private final AtomicBoolean closed = new AtomicBoolean();

        InMemory(Digest digest, byte[] bytes, Runnable releasePlace) {
            this.digest = digest;
            this.bytes = bytes;
            this.releasePlace = releasePlace;
        }

        @Override
        public Digest digest() {
            return digest;
        }

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {
            if (closed.compareAndSet(false, true)) {
                releasePlace.run();
            }
        }
    }

    private record InFile(Digest digest, long size, TemporaryFile file) implements SpooledContent {

        @Override
        public InputStream open() throws IOException {
            return file.open();
        }

        @Override
        public void close() {
            delete(file);
        }
    }
}
