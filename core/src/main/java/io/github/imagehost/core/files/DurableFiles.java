package io.github.imagehost.core.files;

import com.google.common.base.StandardSystemProperty;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/** Writing so that it survives a loss of power. */
public final class DurableFiles {

    private static final boolean CAN_SYNC_DIRECTORIES =
            !String.valueOf(StandardSystemProperty.OS_NAME.value()).startsWith("Windows");

    private DurableFiles() {}

    /**
     * Makes the directories from an existing root down to this one, durably. May be repeated.
     *
     * @throws IOException if one can't be made
     */
    public static void createDirectories(Path root, Path directory) throws IOException {
        if (directory.equals(root) || Files.isDirectory(directory)) {
            return;
        }
        Path parent = parentOf(directory);
        createDirectories(root, parent);
        Files.createDirectories(directory);
        syncDirectory(parent);
    }

    /** The directory of a path that is not the root of the file system. */
    public static Path parentOf(Path path) {
        return Objects.requireNonNull(path.getParent(), "The root of a file system has no parent");
    }

    /**
     * Returns when the names in a directory are on the disk.
     *
     * @throws IOException if it is not there or can't be synced
     */
    public static void syncDirectory(Path directory) throws IOException {
        if (CAN_SYNC_DIRECTORIES) {
            try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
                channel.force(true);
            }
        }
    }
}
