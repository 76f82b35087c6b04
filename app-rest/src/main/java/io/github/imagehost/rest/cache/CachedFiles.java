package io.github.imagehost.rest.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.RemovalCause;
import com.google.common.hash.Hashing;
import io.github.imagehost.core.files.DurableFiles;
import io.github.imagehost.core.model.Digest;
import io.github.imagehost.core.model.ObjectKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies that there are, as files below one directory, and which of them stay: Caffeine decides, by how often they
 * are asked for. Whatever happens to one file happens under the lock of its entry. Safe for use by many threads.
 */
final class CachedFiles {

    private static final Logger log = LoggerFactory.getLogger(CachedFiles.class);

    /** What a file takes at least on most disks, and by which it grows there. */
    private static final long BLOCK = 4096;
    /** Whoever was given a file has opened it by then. */
    private static final Duration GRACE = Duration.ofSeconds(10);
    /** Deletions by other processes are not noticed. */
    private static final Duration LONGEST_UNUSED = Duration.ofDays(7);
    /** Of the room, in parts of all: for files that are being made, or are about to be deleted. */
    private static final int PARTS_OF_ROOM = 4;

    private static final int SHARD_LENGTH = 2;
    private static final int NAME_LENGTH = 64;

    private final Path root;
    private final ScheduledExecutorService background;
    private final Duration grace;
    private final long roomInTransit;
    private final AtomicLong doomedBytes = new AtomicLong();
    private final AtomicLong reservedBytes = new AtomicLong();
    private final Cache<String, CachedFile> files;

    CachedFiles(Path root, long bytes, ScheduledExecutorService background) {
        this(root, bytes, background, GRACE);
    }

    /**
     * @param bytes how much room all files may take
     * @param background deletes what did not stay
     * @param grace how long after that
     */
    CachedFiles(Path root, long bytes, ScheduledExecutorService background, Duration grace) {
        this.root = root;
        this.background = background;
        this.grace = grace;
        this.roomInTransit = bytes / PARTS_OF_ROOM;
        this.files = Caffeine.newBuilder()
                .maximumWeight((bytes - roomInTransit) / BLOCK)
                .weigher((String name, CachedFile file) -> (int) Math.min(Integer.MAX_VALUE, blocks(file.size())))
                .expireAfterAccess(LONGEST_UNUSED)
                .executor(Runnable::run)
                .evictionListener((@Nullable String name, @Nullable CachedFile file, RemovalCause cause) -> {
                    if (name != null && file != null) {
                        doom(name, file);
                    }
                })
                .build();
    }

    /** The name of the file of an object, which may have any key. */
    static String nameOf(ObjectKey key) {
        return Hashing.sha256()
                .hashString(key.value(), StandardCharsets.US_ASCII)
                .toString();
    }

    /** A file that is known. */
    Optional<CachedFile> find(String name) {
        return Optional.ofNullable(files.getIfPresent(name));
    }

    /** A file that is known, or lies there from before though nobody has told yet. */
    Optional<CachedFile> discover(String name) throws IOException {
        return Optional.ofNullable(change(name, known -> known != null ? known : describe(name)));
    }

    /** Tells of all files that lie there from before; ends early if somebody interrupts it. */
    void discoverAll() throws IOException {
        try (Stream<Path> shards = Files.list(root)) {
            for (Path shard : (Iterable<Path>) shards.filter(path -> isHex(path, SHARD_LENGTH))::iterator) {
                discoverIn(shard);
            }
        }
    }

    private void discoverIn(Path shard) throws IOException {
        try (Stream<Path> found = Files.list(shard)) {
            for (Path file : (Iterable<Path>) found.filter(path -> isHex(path, NAME_LENGTH))::iterator) {
                if (Thread.currentThread().isInterrupted()) {
                    return;
                }
                discover(String.valueOf(file.getFileName()));
            }
        }
    }

    /**
     * Answers whether there is room for one more file of this size, once others are deleted for it: they stay for a
     * moment, and count. If so, the room is kept until it is {@linkplain #release released}.
     */
    boolean reserve(long size) {
        long bytes = blocks(size) * BLOCK;
        if (doomedBytes.get() + reservedBytes.addAndGet(bytes) <= roomInTransit) {
            return true;
        }
        reservedBytes.addAndGet(-bytes);
        return false;
    }

    /** Gives back the room of a file that was taken in, or will not be. */
    void release(long size) {
        reservedBytes.addAndGet(-blocks(size) * BLOCK);
    }

    /**
     * Takes in a file, which replaces the one that may be there.
     *
     * @param written is moved; was compared with this digest
     * @param isWanted asked when nobody else can do anything to the file
     * @return empty if it is not wanted
     */
    Optional<CachedFile> add(String name, Path written, Digest digest, long size, BooleanSupplier isWanted)
            throws IOException {
        Path path = pathOf(name);
        Files.createDirectories(DurableFiles.parentOf(path));
        return Optional.ofNullable(change(name, replaced -> {
            if (!isWanted.getAsBoolean()) {
                Files.deleteIfExists(path);
                return null;
            }
            move(written, path);
            CachedFile file = new CachedFile(path, size);
            // before somebody may delete it
            file.verifiedAs(digest);
            return file;
        }));
    }

    /** Deletes a file; may be repeated. Whoever has opened it can read on. */
    void delete(String name) throws IOException {
        change(name, deleted -> {
            Files.deleteIfExists(pathOf(name));
            return null;
        });
    }

    private Path pathOf(String name) {
        return root.resolve(name.substring(0, SHARD_LENGTH)).resolve(name);
    }

    private @Nullable CachedFile describe(String name) throws IOException {
        Path path = pathOf(name);
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return attributes.isRegularFile() ? new CachedFile(path, attributes.size()) : null;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private void doom(String name, CachedFile file) {
        long bytes = blocks(file.size()) * BLOCK;
        doomedBytes.addAndGet(bytes);
        try {
            Future<?> unused = background.schedule(() -> bury(name, bytes), grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException e) {
            // this ends; who begins next finds the file and decides anew
            log.debug("{} stays until the next start", name, e);
        }
    }

    private void bury(String name, long bytes) {
        doomedBytes.addAndGet(-bytes);
        try {
            change(name, known -> {
                // it may have come again
                if (known == null) {
                    Files.deleteIfExists(pathOf(name));
                }
                return known;
            });
        } catch (IOException e) {
            log.warn("A file of the content cache can't be deleted: {}", e.toString());
        }
    }

    /** What is done to a file while nobody else does anything to it. */
    @FunctionalInterface
    private interface Change {

        @Nullable
        CachedFile to(@Nullable CachedFile known) throws IOException;
    }

    private @Nullable CachedFile change(String name, Change change) throws IOException {
        try {
            return files.asMap().compute(name, (key, known) -> {
                try {
                    return change.to(known);
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            throw new IOException("The file system of " + to + " can't rename", e);
        }
    }

    private static long blocks(long size) {
        return Math.max(1, (size + BLOCK - 1) / BLOCK);
    }

    private static boolean isHex(Path path, int length) {
        String name = String.valueOf(path.getFileName());
        return name.length() == length && name.chars().allMatch(c -> (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f'));
    }
}
