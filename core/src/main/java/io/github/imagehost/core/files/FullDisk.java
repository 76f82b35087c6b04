package io.github.imagehost.core.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Tells a disk without room from one that is broken. Java has no exception of its own for it. */
public final class FullDisk {

    /**
     * What POSIX systems call {@code ENOSPC}, {@code EDQUOT} and {@code EFBIG}, as long as their language is English;
     * quotas can't be seen in another way.
     */
    private static final List<String> REASONS =
            List.of("No space left on device", "Disk quota exceeded", "File too large");

    private FullDisk() {}

    /**
     * Whether writing failed because there is no room.
     *
     * @param failure how it failed
     * @param directory where the file was to lie
     * @param needed how many bytes it was to have
     */
    public static boolean isReasonOf(IOException failure, Path directory, long needed) {
        String message = Optional.ofNullable(failure.getMessage()).orElse("");
        return REASONS.stream().anyMatch(message::contains) || usableSpace(directory) < needed;
    }

    private static long usableSpace(Path directory) {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            // who can't be asked is not full but broken
            return Long.MAX_VALUE;
        }
    }
}
