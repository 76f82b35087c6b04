package io.github.imagehost.core.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file that is written once, then read any number of times, and is gone when it is closed. For one writer. */
final class TemporaryFile implements AutoCloseable {

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
            Path path = Files.createTempFile(directory, "upload-", ".tmp");
            return new TemporaryFile(path, Files.newOutputStream(path));
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
