package io.github.imagehost.core.intake.spool;

import io.github.imagehost.core.files.TemporaryFile;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/**
 * Where bytes from outside are kept that are written here, and not read like those of a {@link Spool}: few in memory,
 * the others in a temporary file, which a {@linkplain Spool#deleteLeftovers sweep} deletes if the process is killed.
 * Close it to give the room back. For one thread.
 */
public final class SpooledBytes extends OutputStream {

    private static final int MEMORY = 16 * 1024;
    private static final int BUFFER = 64 * 1024;

    private final Path directory;
    private final ByteArrayOutputStream head = new ByteArrayOutputStream();
    private Optional<TemporaryFile> file = Optional.empty();

    /** @param directory where the temporary file goes; it is made when it is needed */
    public SpooledBytes(Path directory) {
        this.directory = directory;
    }

    /** @throws SpoolException if it can't be kept */
    @Override
    public void write(int value) {
        write(new byte[] {(byte) value}, 0, 1);
    }

    /** @throws SpoolException if they can't be kept */
    @Override
    public void write(byte[] bytes, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, bytes.length);
        int kept = Math.min(length, MEMORY - head.size());
        head.write(bytes, offset, kept);
        if (kept < length) {
            append(Arrays.copyOfRange(bytes, offset + kept, offset + length));
        }
    }

    private void append(byte[] bytes) {
        try {
            if (file.isEmpty()) {
                Files.createDirectories(directory);
                file = Optional.of(TemporaryFile.createIn(directory, Spool.PREFIX));
            }
            file.get().write(bytes, bytes.length);
        } catch (IOException e) {
            throw Spool.unusable(e);
        }
    }

    /** A stream over what was written; it need not be closed. */
    public InputStream open() throws IOException {
        InputStream beginning = new ByteArrayInputStream(head.toByteArray());
        return file.isPresent()
                ? new SequenceInputStream(
                        beginning, new BufferedInputStream(file.get().open(), BUFFER))
                : beginning;
    }

    @Override
    public void close() {
        try {
            if (file.isPresent()) {
                file.get().close();
            }
        } catch (IOException e) {
            throw Spool.unusable(e);
        }
    }
}
