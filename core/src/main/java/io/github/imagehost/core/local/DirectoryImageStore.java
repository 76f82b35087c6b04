package io.github.imagehost.core.local;

import com.google.common.io.ByteStreams;
import io.github.imagehost.core.files.DurableFiles;
import io.github.imagehost.core.files.FullDisk;
import io.github.imagehost.core.files.TemporaryFile;
import io.github.imagehost.core.model.ByteRange;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ImageStore;
import io.github.imagehost.core.port.store.ObjectAlreadyExistsException;
import io.github.imagehost.core.port.store.ObjectContent;
import io.github.imagehost.core.port.store.ObjectFiles;
import io.github.imagehost.core.port.store.ObjectNotFoundException;
import io.github.imagehost.core.port.store.StoreException;
import io.github.imagehost.core.port.store.StoreFullException;
import io.github.imagehost.core.port.store.StoreRoom;
import io.github.imagehost.core.port.store.StoreUnavailableException;
import io.github.imagehost.core.port.store.VerifiedContentStream;
import io.github.imagehost.core.settings.DataDirectory;
import io.github.imagehost.core.settings.Settings;
import io.github.imagehost.core.settings.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps objects as files below one directory, spread over subdirectories by the first two characters of their keys. An
 * object is written to a temporary file, synced to disk, and then linked to its name, so that it is there whole or not
 * at all, also after a loss of power. What killed processes left behind is deleted when a store is opened. Safe for use
 * by many threads and by many processes on one machine.
 *
 * <p>Files and directories being what they are, a key excludes those that continue it with a slash.
 */
public final class DirectoryImageStore implements ImageStore {

    private static final int BUFFER_SIZE = 64 * 1024;
    private static final String PREFIX = "object-";
    /** No key starts with a dot. */
    private static final String INCOMING = ".incoming";

    private final Path root;
    private final Path incoming;
    private final ShardedDirectory directory;
    private final StoreRoom room = new StoreRoom(Clock.systemUTC());
    private volatile boolean closed;

    private DirectoryImageStore(Path root) {
        this.root = root;
        this.incoming = root.resolve(INCOMING);
        this.directory = new ShardedDirectory(root, incoming);
    }

    /**
     * The store in this directory.
     *
     * @param root is made if it is absent
     * @throws StoreException if it can't be made or written to
     */
    public static DirectoryImageStore at(Path root) {
        DirectoryImageStore store =
                new DirectoryImageStore(root.toAbsolutePath().normalize());
        try {
            Files.createDirectories(store.incoming);
            TemporaryFile.deleteLeftovers(store.incoming, PREFIX);
        } catch (IOException e) {
            throw new StoreException("Can't make a directory for images at " + store.root, e);
        }
        store.requireUsable();
        return store;
    }

    /**
     * The store that the settings describe: in the folder {@code images} of {@link DataDirectory}.
     *
     * @throws SettingsException if it can't be made or written to
     */
    public static DirectoryImageStore from(Settings settings) {
        Path root = DataDirectory.from(settings).images();
        try {
            return at(root);
        } catch (StoreException e) {
            throw new SettingsException(DataDirectory.SETTING + ": images can't be kept in " + root, e);
        }
    }

    @Override
    public void put(ObjectKey key, ObjectContent content) {
        requireOpen();
        room.storing(() -> write(key, content));
    }

    private void write(ObjectKey key, ObjectContent content) {
        Path target = directory.pathOf(key);
        try (TemporaryFile written = TemporaryFile.createIn(incoming, PREFIX)) {
            writeVerified(written, key, content);
            DurableFiles.createDirectories(root, DurableFiles.parentOf(target));
            publish(written.path(), target, key, content);
        } catch (IOException e) {
            throw FullDisk.isReasonOf(e, incoming, content.size())
                    ? new StoreFullException("Can't put object " + key + ": there is no room for it", e)
                    : unavailable("put", key, e);
        }
    }

    @Override
    public InputStream open(ObjectKey key) {
        requireOpen();
        try {
            return Files.newInputStream(directory.pathOf(key));
        } catch (NoSuchFileException e) {
            throw notFound(key, e);
        } catch (IOException e) {
            throw unavailable("open", key, e);
        }
    }

    @Override
    public InputStream open(ObjectKey key, ByteRange range) {
        requireOpen();
        try {
            SeekableByteChannel channel = Files.newByteChannel(directory.pathOf(key));
            if (range.last() >= channel.size()) {
                long size = channel.size();
                channel.close();
                throw new StoreException(range + " does not lie inside " + key + ", which has " + size + " bytes");
            }
            return ByteStreams.limit(Channels.newInputStream(channel.position(range.offset())), range.length());
        } catch (NoSuchFileException e) {
            throw notFound(key, e);
        } catch (IOException e) {
            throw unavailable("open", key, e);
        }
    }

    @Override
    public Optional<ObjectFiles> objectFiles() {
        return Optional.of(this::file);
    }

    /** The file itself is the truth: its digest is compared by a check of the store. */
    private Optional<Path> file(ObjectKey key, Digest digest, long size) {
        requireOpen();
        Path file = directory.pathOf(key);
        try {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            // what can't be read fails when it is opened, with the reason
            if (!attributes.isRegularFile() || !Files.isReadable(file)) {
                return Optional.empty();
            }
            if (attributes.size() != size) {
                throw new StoreException(
                        "Object " + key + " has " + attributes.size() + " bytes where it should have " + size);
            }
            return Optional.of(file);
        } catch (NoSuchFileException e) {
            throw notFound(key, e);
        } catch (IOException e) {
            throw unavailable("look at", key, e);
        }
    }

    @Override
    public Optional<Long> size(ObjectKey key) {
        requireOpen();
        try {
            return Optional.of(Files.size(directory.pathOf(key)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw unavailable("look at", key, e);
        }
    }

    @Override
    public Map<ObjectKey, String> delete(Collection<ObjectKey> keys) {
        requireOpen();
        Map<ObjectKey, String> failures = new LinkedHashMap<>();
        Set<Path> changed = new LinkedHashSet<>();
        for (ObjectKey key : keys) {
            try {
                Path file = directory.pathOf(key);
                if (Files.deleteIfExists(file)) {
                    changed.add(DurableFiles.parentOf(file));
                }
            } catch (IOException e) {
                failures.put(key, e.toString());
            }
        }
        sync(changed);
        return failures;
    }

    /** A file that comes back after a loss of power would belong to nobody. */
    private void sync(Set<Path> directories) {
        for (Path directory : directories) {
            try {
                DurableFiles.syncDirectory(directory);
            } catch (IOException e) {
                throw new StoreUnavailableException("Can't sync a directory of images at " + root, e);
            }
        }
    }

    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit) {
        return list(after, limit, name -> {});
    }

    @Override
    public List<StoredObject> list(Optional<ObjectKey> after, int limit, Consumer<String> foreignNames) {
        requireOpen();
        try {
            return directory.list(after, limit, foreignNames);
        } catch (IOException e) {
            throw new StoreUnavailableException("Can't list the images at " + root, e);
        }
    }

    /**
     * Where an object is in a copy that usual tools make of the directory.
     *
     * @return a relative path, with slashes
     */
    public static String pathInCopy(ObjectKey key) {
        return ShardedDirectory.shardOf(key) + "/" + key;
    }

    @Override
    public void check() {
        requireOpen();
        requireUsable();
        room.check();
    }

    private void requireUsable() {
        if (!Files.isDirectory(incoming) || !Files.isWritable(incoming) || !Files.isWritable(root)) {
            throw new StoreUnavailableException("The directory for images is gone or can't be written to: " + root);
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private void requireOpen() {
        if (closed) {
            throw new StoreException("The store is closed");
        }
    }

    /** Returns when all of it is on the disk. */
    private static void writeVerified(TemporaryFile file, ObjectKey key, ObjectContent content) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        try (VerifiedContentStream in = VerifiedContentStream.open(key, content)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                file.write(buffer, count);
            }
            file.sync();
        }
    }

    private void publish(Path written, Path target, ObjectKey key, ObjectContent content) throws IOException {
        try {
            linkOrMove(written, target);
        } catch (FileAlreadyExistsException e) {
            if (!content.digest().equals(digestOf(target))) {
                throw new ObjectAlreadyExistsException("There is other content under " + key, e);
            }
        }
        DurableFiles.syncDirectory(DurableFiles.parentOf(target));
    }

    private static Digest digestOf(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Digest.ofAll(in);
        }
    }

    /** Linking never replaces a file, unlike an atomic move, but not every file system can do it. */
    private static void linkOrMove(Path written, Path target) throws IOException {
        try {
            Files.createLink(target, written);
        } catch (FileAlreadyExistsException e) {
            throw e;
        } catch (UnsupportedOperationException | FileSystemException e) {
            if (Files.exists(target)) {
                throw new FileAlreadyExistsException(target.toString());
            }
            Files.move(written, target, StandardCopyOption.ATOMIC_MOVE);
        }
    }

    private static ObjectNotFoundException notFound(ObjectKey key, IOException cause) {
        return new ObjectNotFoundException("There is no object " + key, cause);
    }

    private static StoreUnavailableException unavailable(String operation, ObjectKey key, IOException cause) {
        return new StoreUnavailableException("Can't " + operation + " object " + key, cause);
    }
}
