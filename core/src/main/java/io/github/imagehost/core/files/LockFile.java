package io.github.imagehost.core.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The lock of a file, which one has at a time among all processes and within each. It ends when it is closed, and with
 * the process, however that ends. The file system has to know locks. Safe for use by many threads.
 *
 * <p>On POSIX systems a process loses its lock of a file as soon as it closes any descriptor of that file, even that of
 * an attempt that was refused ({@code fcntl}, "Advisory record locking"). So a file that this process has locked is not
 * opened here once more, under whichever name, and nobody else in the process may open it either.
 */
public final class LockFile implements AutoCloseable {

    /**
     * What this process has locked, by identity. Guards itself, and the opening of what is to be locked. Keeps locks
     * that nobody closes: their files would be closed by the garbage collector.
     */
    private static final Map<Object, LockFile> LOCKED = new HashMap<>();

    private final FileChannel channel;
    private final Object identity;

    private LockFile(FileChannel channel, Object identity) {
        this.channel = channel;
        this.identity = identity;
    }

    /**
     * Locks a file, if nobody else has locked it.
     *
     * @param path is made if it is absent; its directory has to be there
     * @param attributes what the file gets if it is made
     * @return a lock that the caller closes; empty if somebody else in this process or another one has it
     * @throws IOException if the file can't be made, opened or locked
     */
    public static Optional<LockFile> tryLock(Path path, FileAttribute<?>... attributes) throws IOException {
        synchronized (LOCKED) {
            if (!Files.exists(path)) {
                FileChannel.open(path, Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE), attributes)
                        .close();
            }
            try {
                return tryLockExisting(path);
            } catch (NoSuchFileException e) {
                // whoever had it a moment ago has deleted the file
                return Optional.empty();
            }
        }
    }

    /**
     * As {@link #tryLock}, but makes no file.
     *
     * @throws NoSuchFileException if there is none
     */
    static Optional<LockFile> tryLockExisting(Path path) throws IOException {
        synchronized (LOCKED) {
            Object identity = identityOf(path);
            return isLockedHere(identity)
                    ? Optional.empty()
                    : lock(FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE), path, identity);
        }
    }

    /**
     * Locks a new file that the caller has opened already.
     *
     * @param channel is closed with the lock, or at once if there is none
     * @param path how the file was made
     * @return empty if another process has locked or deleted the file
     */
    static Optional<LockFile> tryLockOpen(FileChannel channel, Path path) throws IOException {
        synchronized (LOCKED) {
            return lock(channel, path, identityOf(path));
        }
    }

    private static Optional<LockFile> lock(FileChannel channel, Path path, Object identity) throws IOException {
        boolean isLocked = false;
        try {
            isLocked = channel.tryLock() != null
                    // what was deleted, and perhaps made again, before it was locked, keeps nobody out
                    && identity.equals(identityOf(path));
            if (!isLocked) {
                return Optional.empty();
            }
            LockFile lock = new LockFile(channel, identity);
            LOCKED.put(identity, lock);
            return Optional.of(lock);
        } catch (NoSuchFileException | OverlappingFileLockException e) {
            // deleted, or locked by somebody in this process who does not use this class
            return Optional.empty();
        } finally {
            if (!isLocked) {
                channel.close();
            }
        }
    }

    /** An interrupted thread may have closed the file, whose identity may be another file's by now. */
    private static boolean isLockedHere(Object identity) {
        LockFile lock = LOCKED.get(identity);
        return lock != null && lock.channel.isOpen();
    }

    /** The same for all names of a file, as long as it is open. */
    private static Object identityOf(Path path) throws IOException {
        Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        return key == null ? path.toRealPath() : key;
    }

    /** To read and write the file with; whoever closes it ends the lock. */
    public FileChannel channel() {
        return channel;
    }

    /** Ends the lock; the file stays. May be repeated. */
    @Override
    public void close() throws IOException {
        synchronized (LOCKED) {
            LOCKED.remove(identity, this);
            channel.close();
        }
    }
}
