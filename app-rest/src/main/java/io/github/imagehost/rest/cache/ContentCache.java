package io.github.imagehost.rest.cache;

import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectFiles;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies of objects in files, each made by whoever asks first, as fast as the store gives it: no connection to the
 * store is held at the pace of whoever reads the file. A copy is given only after its digest was compared. Objects of
 * which there is no copy for whatever reason are left to the store. Safe for use by many threads.
 */
final class ContentCache implements ObjectFiles, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(ContentCache.class);

    /** Of the connections that the S3 store has for downloads, half. */
    private static final int PLACES = 32;
    /** As long as a download waits for a connection to the store; most copies are made meanwhile. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    /** Whoever copies waits no longer than that, and then reads from the store. */
    private static final Duration LONGEST_FILL = Duration.ofSeconds(10);

    /** So that its first reader does not wait long for the first byte. */
    private static final long LARGEST_OBJECT = 32L * 1024 * 1024;
    /** Of all the room, in parts; so that no object drives out too many others. */
    private static final int LARGEST_PART = 16;

    private static final int BUFFER_SIZE = 64 * 1024;

    private final ImageStore store;
    private final CacheDirectory directory;
    private final CachedFiles files;
    private final long largest;
    private final Duration patience;
    private final Semaphore places = new Semaphore(PLACES, true);
    private final ConcurrentMap<String, Fill> fills = new ConcurrentHashMap<>();
    private final LongAdder hits = new LongAdder();
    private final LongAdder fillsDone = new LongAdder();
    private volatile boolean closed;

    /**
     * @param files the files of the directory
     * @param patience how long to wait for the copy that somebody else makes
     */
    private ContentCache(ImageStore store, CacheDirectory directory, CachedFiles files, long bytes, Duration patience) {
        this.store = store;
        this.directory = directory;
        this.files = files;
        this.patience = patience;
        this.largest = Math.min(LARGEST_OBJECT, bytes / LARGEST_PART);
    }

    /** The cache in this directory, which is opened in the background as soon as nobody else uses it. */
    static ContentCache open(ImageStore store, Path root, long bytes) {
        return open(store, root, bytes, PATIENCE);
    }

    static ContentCache open(ImageStore store, Path root, long bytes, Duration patience) {
        CacheDirectory directory = new CacheDirectory(root.toAbsolutePath().normalize());
        CachedFiles files = new CachedFiles(directory.root(), bytes, directory.background());
        directory.openFor(files);
        return new ContentCache(store, directory, files, bytes, patience);
    }

    @Override
    public Optional<Path> file(ObjectKey key, Digest digest, long size) {
        if (closed) {
            throw new StoreException("The store is closed");
        }
        if (size > largest || !directory.isUsable()) {
            return Optional.empty();
        }
        String name = CachedFiles.nameOf(key);
        Optional<Path> known = verified(name, digest, size);
        if (known.isPresent()) {
            hits.increment();
            return known;
        }
        return copyOnce(name, key, digest, size);
    }

    long hits() {
        return hits.sum();
    }

    long fills() {
        return fillsDone.sum();
    }

    private Optional<Path> verified(String name, Digest digest, long size) {
        return files.find(name)
                .filter(file -> file.size() == size && file.isKnownToBe(digest))
                .map(CachedFile::path);
    }

    private Optional<Path> copyOnce(String name, ObjectKey key, Digest digest, long size) {
        Fill fill = new Fill(digest);
        Fill underWay = fills.putIfAbsent(name, fill);
        if (underWay != null) {
            return underWay.await(digest, patience);
        }
        try {
            Optional<Path> file = verifiedOrCopied(name, key, digest, size, fill);
            fill.succeed(file);
            return file;
        } catch (RuntimeException | Error e) {
            fill.fail(e);
            throw e;
        } finally {
            fills.remove(name, fill);
        }
    }

    private Optional<Path> verifiedOrCopied(String name, ObjectKey key, Digest digest, long size, Fill fill) {
        try {
            Optional<CachedFile> present = files.discover(name);
            if (present.isPresent()) {
                CachedFile file = present.get();
                if (file.size() == size && (file.isKnownToBe(digest) || file.verify(digest))) {
                    hits.increment();
                    return Optional.of(file.path());
                }
                log.warn("The copy of {} in the content cache is gone or damaged; it is made anew", key);
                files.delete(name);
            }
            if (!files.reserve(size)) {
                return Optional.empty();
            }
            try {
                return copied(name, key, digest, size, fill);
            } finally {
                files.release(size);
            }
        } catch (IOException e) {
            directory.pause(e);
            return Optional.empty();
        }
    }

    private Optional<Path> copied(String name, ObjectKey key, Digest digest, long size, Fill fill) throws IOException {
        takePlace();
        try (TemporaryFile written = directory.newFile()) {
            if (!receive(key, digest, size, written)) {
                return Optional.empty();
            }
            Optional<CachedFile> file = files.add(name, written.path(), digest, size, fill::isWanted);
            if (file.isPresent()) {
                fillsDone.increment();
            }
            return file.map(CachedFile::path);
        } finally {
            places.release();
        }
    }

    private void takePlace() {
        boolean taken = false;
        try {
            taken = places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (!taken) {
            throw new StoreUnavailableException("Too many other objects are being copied from the store");
        }
    }

    /**
     * Answers whether it did not take too long.
     *
     * @throws IOException if the file can't be written
     */
    private boolean receive(ObjectKey key, Digest digest, long size, TemporaryFile file) throws IOException {
        MessageDigest received = Digest.sha256();
        long count = 0;
        long begun = System.nanoTime();
        byte[] buffer = new byte[BUFFER_SIZE];
        try (InputStream in = store.open(key)) {
            for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
                count += length;
                if (count > size) {
                    break;
                }
                if (System.nanoTime() - begun > LONGEST_FILL.toNanos()) {
                    return false;
                }
                received.update(buffer, 0, length);
                write(file, buffer, length);
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        } catch (IOException e) {
            throw new StoreUnavailableException("The store broke off while object " + key + " was copied", e);
        }
        if (count != size || !Digest.of(received.digest()).equals(digest)) {
            throw new StoreException("Object " + key + " is not what was stored there: it should have " + size
                    + " bytes and the digest " + digest);
        }
        return true;
    }

    /** Tells a disk that fails from a store that does. */
    private static void write(TemporaryFile file, byte[] buffer, int length) {
        try {
            file.write(buffer, length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes the copies of objects, also those that are being made. */
    void forget(Collection<ObjectKey> keys) {
        for (ObjectKey key : keys) {
            String name = CachedFiles.nameOf(key);
            Fill underWay = fills.get(name);
            if (underWay != null) {
                underWay.discard();
            }
            try {
                files.delete(name);
            } catch (IOException e) {
                log.warn("The copy of {} in the content cache can't be deleted: {}", key, e.toString());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        directory.close();
    }
}
