package io.github.imagehost.core.bulk;

import io.github.imagehost.core.source.BulkItem;
import io.github.imagehost.core.source.PictureItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.Optional;

/**
 * A file, perhaps one that can't be read.
 *
 * @param path where it is
 * @param name see {@link BulkItem#name}
 * @param size see {@link BulkItem#size}
 * @param lastModified by its file system; empty if it can't be read
 */
public record FileItem(Path path, String name, long size, Optional<Instant> lastModified) implements PictureItem {

    /**
     * The file with this path, which may also be absent.
     *
     * @param name see {@link BulkItem#name}
     */
    static FileItem at(Path path, String name) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(path, BasicFileAttributes.class);
            return new FileItem(
                    path,
                    name,
                    attributes.size(),
                    Optional.of(attributes.lastModifiedTime().toInstant()));
        } catch (IOException e) {
            // opening it tells why
            return new FileItem(path, name, 0, Optional.empty());
        }
    }

    @Override
    public String version() {
        return size + " " + lastModified.map(Instant::toString).orElse("");
    }

    @Override
    public String originalName() {
        return String.valueOf(path.getFileName());
    }

    @Override
    public Optional<Instant> date() {
        return lastModified;
    }

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
