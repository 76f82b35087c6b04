package io.github.imagehost.core.local;

import com.google.common.base.StandardSystemProperty;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writing so that it survives a loss of power. */
final class DurableFiles {

    private static final int BUFFER_SIZE = 64 * 1024;
    private static final boolean CAN_SYNC_DIRECTORIES =
            !String.valueOf(StandardSystemProperty.OS_NAME.value()).startsWith("Windows");

    private DurableFiles() {}

    /** Writes all of a stream into an existing file, and returns when it is on the disk. */
    static void write(Path file, InputStream in) throws IOException {
        byte[] buffer = new byte[BUFFER_SIZE];
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, count);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            channel.force(true);
        }
    }

    /** Makes the directories from an existing root down to this one, durably. */
    static void createDirectories(Path root, Path directory) throws IOException {
        if (directory.equals(root) || Files.isDirectory(directory)) {
            return;
        }
        Path parent = parentOf(directory);
        createDirectories(root, parent);
        Files.createDirectories(directory);
        syncDirectory(parent);
    }

    /** The directory of a path that is not the root of the file system. */
    static Path parentOf(Path path) {
        return Objects.requireNonNull(path.getParent(), "The root of a file system has no parent");
    }

    /** Returns when the names in a directory are on the disk. */
    static void syncDirectory(Path directory) throws IOException {
        if (CAN_SYNC_DIRECTORIES) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
