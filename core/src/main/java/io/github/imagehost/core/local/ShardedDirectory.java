package io.github.imagehost.core.local;

import io.github.imagehost.core.model.ObjectKey;
import io.github.imagehost.core.port.store.ObjectLister.StoredObject;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Objects as files below one directory, spread over subdirectories by the first two characters of their keys: where
 * each is, and all of them in the order of their keys. Safe for use by many threads and by many processes.
 */
final class ShardedDirectory {

    private static final int SHARD_LENGTH = 2;

    private final Path root;
    private final Path incoming;

    /** @param incoming a subdirectory that holds no objects */
    ShardedDirectory(Path root, Path incoming) {
        this.root = root;
        this.incoming = incoming;
    }

    Path pathOf(ObjectKey key) {
        return root.resolve(shardOf(key)).resolve(key.value());
    }

    /** The subdirectory that a key belongs into. */
    static String shardOf(ObjectKey key) {
        int end = key.value().indexOf('/') == 1 ? 1 : SHARD_LENGTH;
        return key.value().substring(0, end);
    }

    /**
     * The objects behind a key.
     *
     * @param after empty to begin with the first
     * @param foreignNames is told of files that are no objects, each once in a listing of all
     */
    List<StoredObject> list(Optional<ObjectKey> after, int limit, Consumer<String> foreignNames) throws IOException {
        List<StoredObject> found = new ArrayList<>();
        if (after.isEmpty()) {
            namesBesideShards().forEach(foreignNames);
        }
        for (Path shard : shardsFrom(after.map(ShardedDirectory::shardOf).orElse(""))) {
            if (found.size() == limit) {
                return found;
            }
            Shard content = contentOf(shard);
            for (ObjectKey key : content.keysAfter(after)) {
                if (found.size() == limit) {
                    return found;
                }
                describe(key).ifPresent(found::add);
            }
            if (content.isNews(after)) {
                content.foreignNames().forEach(foreignNames);
            }
        }
        return found;
    }

    /** In the order of the keys in them, from this shard on. */
    private List<Path> shardsFrom(String first) throws IOException {
        try (Stream<Path> shards = Files.list(root)) {
            return shards.filter(path -> !path.equals(incoming) && Files.isDirectory(path))
                    .filter(shard -> rank(shard.getFileName().toString()).compareTo(rank(first)) >= 0)
                    .sorted(Comparator.comparing(
                            shard -> rank(shard.getFileName().toString())))
                    .toList();
        }
    }

    /** A shard of one character holds the keys that go on with a slash. */
    private static String rank(String shard) {
        return shard.length() == 1 ? shard + "/" : shard;
    }

    private List<String> namesBesideShards() throws IOException {
        try (Stream<Path> paths = Files.list(root)) {
            return paths.filter(path -> !Files.isDirectory(path))
                    .map(path -> path.getFileName().toString())
                    .toList();
        }
    }

    /** What lies in one subdirectory: our objects in order, and the names of other files. */
    private record Shard(Path path, List<ObjectKey> keys, List<String> foreignNames) {

        List<ObjectKey> keysAfter(Optional<ObjectKey> after) {
            return keys.stream()
                    .filter(key -> after.isEmpty() || key.compareTo(after.get()) > 0)
                    .toList();
        }

        /** Whether no listing has come to the end of it before the one that goes on behind this key. */
        boolean isNews(Optional<ObjectKey> after) {
            return !keysAfter(after).isEmpty() || after.isEmpty() || !path.endsWith(shardOf(after.get()));
        }
    }

    private Shard contentOf(Path shard) throws IOException {
        List<ObjectKey> keys = new ArrayList<>();
        List<String> foreignNames = new ArrayList<>();
        Files.walkFileTree(shard, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                Optional<ObjectKey> key = attributes.isRegularFile() ? keyOf(shard, file) : Optional.empty();
                key.ifPresentOrElse(
                        keys::add, () -> foreignNames.add(root.relativize(file).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    // it was deleted meanwhile
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
        Collections.sort(keys);
        return new Shard(shard, keys, foreignNames);
    }

    /** Empty if somebody else put the file there. */
    private static Optional<ObjectKey> keyOf(Path shard, Path file) {
        try {
            ObjectKey key = new ObjectKey(shard.relativize(file).toString().replace('\\', '/'));
            return Optional.of(key).filter(found -> shard.endsWith(shardOf(found)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Empty if it was deleted meanwhile. */
    private Optional<StoredObject> describe(ObjectKey key) throws IOException {
        try {
            Path file = pathOf(key);
            return Optional.of(new StoredObject(
                    key, Files.size(file), Files.getLastModifiedTime(file).toInstant()));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }
}
