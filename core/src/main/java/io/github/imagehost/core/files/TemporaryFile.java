package io.github.imagehost.core.files;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Optional;
import java.util.Set;

/**
 * A file that is written once, then read any number of times, and is gone when it is closed. It is locked all the
 * while, and an operating system ends a process's locks with the process: so whoever finds such a file without a lock
 * knows that its process was killed. The directory's file system has to know locks. For one writer; any number of
 * threads may read what was written.
 */
public final class TemporaryFile implements AutoCloseable {

    private static final String SUFFIX = ".tmp";

    private static final Set<PosixFilePermission> PRIVATE =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private final Path path;
    /** Guards itself. Unlike a channel, it stays open when a thread that uses it is interrupted. */
    private final RandomAccessFile file;

    private final LockFile lock;
    private boolean closed;

    private TemporaryFile(Path path, RandomAccessFile file, LockFile lock) {
        this.path = path;
        this.file = file;
        this.lock = lock;
    }

    /**
     * A new, empty file that only its owner can read.
     *
     * @param directory has to be there
     * @param prefix what the file's name begins with
     * @throws IOException if it can't be made or locked
     */
    public static TemporaryFile createIn(Path directory, String prefix) throws IOException {
        while (true) {
            Path path = Files.createTempFile(directory.toAbsolutePath().normalize(), prefix, SUFFIX);
            Optional<TemporaryFile> file = openLocked(path);
            if (file.isPresent()) {
                return file.get();
            }
        }
    }

    /**
     * Empty if somebody else took it for a leftover before it was opened, which made it again, or before it was locked.
     */
    private static Optional<TemporaryFile> openLocked(Path path) throws IOException {
        RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw");
        Optional<LockFile> lock = Optional.empty();
        try {
            lock = isPrivate(path) ? LockFile.tryLockOpen(file.getChannel(), path) : Optional.empty();
        } catch (NoSuchFileException e) {
            // deleted meanwhile
            return Optional.empty();
        } finally {
            if (lock.isEmpty()) {
                file.close();
                Files.deleteIfExists(path);
            }
        }
        return lock.map(held -> new TemporaryFile(path, file, held));
    }

    private static boolean isPrivate(Path path) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(path, PosixFileAttributeView.class);
        return view == null || PRIVATE.containsAll(view.readAttributes().permissions());
    }

    /**
     * Deletes the files that killed processes left in a directory. May be repeated, also while others use the
     * directory.
     *
     * @param directory may be absent
     * @param prefix what the files' names begin with; files with other names stay
     * @throws IOException if the directory can't be read, or a file not be deleted; one of another user stays without
     *     that
     */
    public static void deleteLeftovers(Path directory, String prefix) throws IOException {
        try (DirectoryStream<Path> files =
                Files.newDirectoryStream(directory.toAbsolutePath().normalize(), prefix + "*" + SUFFIX)) {
            for (Path file : files) {
                deleteUnlessLocked(file);
            }
        } catch (NoSuchFileException e) {
            // a directory that is not there holds no leftovers
            return;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    private static void deleteUnlessLocked(Path file) throws IOException {
        Optional<LockFile> lock;
        try {
            lock = LockFile.tryLockExisting(file);
        } catch (NoSuchFileException | AccessDeniedException e) {
            // its process has deleted it, or it is another user's
            return;
        }
        if (lock.isPresent()) {
            try {
                Files.deleteIfExists(file);
            } finally {
                lock.get().close();
            }
        }
    }

    /** Where it lies. Whoever opens and closes it by that name in this process ends its {@link LockFile lock}. */
    public Path path() {
        return path;
    }

    /**
     * Appends bytes.
     *
     * @throws IOException if there is no room for them
     */
    public void write(byte[] bytes, int length) throws IOException {
        synchronized (file) {
            file.seek(file.length());
            file.write(bytes, 0, length);
        }
    }

    /** Returns when all that was written is on the disk. */
    public void sync() throws IOException {
        file.getFD().sync();
    }

    /**
     * A new stream over what was written; it need not be closed.
     *
     * @throws IOException if the file is closed
     */
    public InputStream open() throws IOException {
        synchronized (file) {
            if (closed) {
                throw new IOException("The temporary file is closed");
            }
        }
        return new PositionedInputStream(this);
    }

    /**
     * Reads some of what was written.
     *
     * @param position of the first byte, at least 0
     * @param length how many there is room for, at least 1
     * @return how many were read, at least 1; -1 if the position is behind the last byte
     * @throws IOException if the file is closed
     */
    public int read(long position, byte[] target, int offset, int length) throws IOException {
        synchronized (file) {
            file.seek(position);
            return file.read(target, offset, length);
        }
    }

    /** Deletes the file; may be repeated. */
    @Override
    public void close() throws IOException {
        try {
            Files.deleteIfExists(path);
        } finally {
            synchronized (file) {
                closed = true;
                lock.close();
            }
        }
    }

    /** Reads a file from its beginning, with a position of its own. */
    private static final class PositionedInputStream extends InputStream {

        private final TemporaryFile file;
        private long position;

        PositionedInputStream(TemporaryFile file) {
            this.file = file;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            int count = file.read(position, bytes, offset, length);
            position += Math.max(0, count);
            return count;
        }
    }
}
