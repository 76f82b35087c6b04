package io.github.imagehost.core.bulk;

import io.github.imagehost.core.source.BulkSource;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.concurrent.atomic.AtomicLong;

/**
 * All files in a directory and below it, in the order of their names. Links to files count as files, links to
 * directories are not followed. A directory that can't be read is an item that can't be read.
 */
public final class DirectorySource implements BulkSource<FileItem> {

    private final Path root;

    /** @param root the directory */
    public DirectorySource(Path root) {
        this.root = root;
    }

    @Override
    public Iterator<FileItem> items() {
        return new FileIterator();
    }

    @Override
    public Extent extent() {
        AtomicLong items = new AtomicLong();
        AtomicLong bytes = new AtomicLong();
        try {
            Files.walkFileTree(root, new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    items.incrementAndGet();
                    bytes.addAndGet(attributes.size());
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult visitFileFailed(Path file, IOException e) {
                    return FileVisitResult.CONTINUE;
                }

                @Override
                public FileVisitResult postVisitDirectory(Path directory, IOException e) {
                    return FileVisitResult.CONTINUE;
                }
            });
        } catch (IOException e) {
            return Extent.UNKNOWN;
        }
        return new Extent(items.get(), bytes.get());
    }

    /** Holds the names of one directory of each depth. For one thread. */
    private final class FileIterator implements Iterator<FileItem> {

        private final Deque<Iterator<Path>> directories = new ArrayDeque<>();
        private final Deque<FileItem> found = new ArrayDeque<>();

        FileIterator() {
            directories.push(List.of(root).iterator());
        }

        @Override
        public boolean hasNext() {
            while (found.isEmpty() && !directories.isEmpty()) {
                if (!directories.element().hasNext()) {
                    directories.pop();
                } else {
                    visit(directories.element().next());
                }
            }
            return !found.isEmpty();
        }

        @Override
        public FileItem next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return found.remove();
        }

        private void visit(Path path) {
            boolean isDirectory = path.equals(root) || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
            if (isDirectory) {
                try {
                    directories.push(children(path).iterator());
                } catch (IOException e) {
                    found.add(item(path));
                }
            } else if (!Files.isDirectory(path)) {
                found.add(item(path));
            }
        }

        private FileItem item(Path path) {
            return FileItem.at(path, root.relativize(path).toString());
        }
    }

    private static List<Path> children(Path directory) throws IOException {
        List<Path> children = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            entries.forEach(children::add);
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
        Collections.sort(children);
        return children;
    }
}
