package io.github.imagehost.core.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;

/** A file that is written once, then read any number of times, and is gone when it is closed. For one writer. */
final class TemporaryFile implements AutoCloseable {

    private static final String PREFIX = "imagehost-upload-";
    private static final String SUFFIX = ".tmp";
    private static final Duration LONGER_THAN_ANY_UPLOAD = Duration.ofDays(1);

    private final Path path;
    private final OutputStream out;

    private TemporaryFile(Path path, OutputStream out) {
        this.path = path;
        this.out = out;
    }

    /** A new, empty file that only its owner can read. */
    static TemporaryFile createIn(Path directory) {
        try {
            Files.createDirectories(directory);
            Path path = Files.createTempFile(directory, PREFIX, SUFFIX);
            return new TemporaryFile(path, Files.newOutputStream(path));
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Only a process that was killed leaves files behind; a young one may be in use. */
    static void deleteLeftovers(Path directory) {
        if (!Files.isDirectory(directory)) {
            return;
        }
        FileTime oldest = FileTime.from(Instant.now().minus(LONGER_THAN_ANY_UPLOAD));
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, PREFIX + "*" + SUFFIX)) {
            for (Path file : files) {
                if (Files.exists(file) && Files.getLastModifiedTime(file).compareTo(oldest) < 0) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (NoSuchFileException e) {
            // its upload came to an end meanwhile; the next time looks at the rest
            return;
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    void write(byte[] bytes, int length) {
        try {
            out.write(bytes, 0, length);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** Ends the writing; may be repeated. */
    void finish() {
        try {
            out.close();
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    /** A new stream over what was written; whoever opens it closes it. */
    InputStream open() throws IOException {
        return Files.newInputStream(path);
    }

    /** Deletes the file; may be repeated. */
    @Override
    public void close() {
        finish();
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw unusable(e);
        }
    }

    private static SpoolException unusable(IOException e) {
        return new SpoolException("The spool directory can't be used", e);
    }
}
