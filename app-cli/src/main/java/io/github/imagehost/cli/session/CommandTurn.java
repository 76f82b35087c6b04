package io.github.imagehost.cli.session;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Lets commands on the embedded database go one after another. Whichever process opens that database first serves it to
 * the others: with processes as short as commands, they would spend their time on taking that over from one another.
 * The lock ends with the process, however that ends.
 */
final class CommandTurn {

    /** A command that has waited for so long goes on without the lock: it is slower then, but not wrong. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final FileChannel channel;

    private CommandTurn(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * Waits for the turn, which lasts until it is ended.
     *
     * @param file is made if it is absent, and stays
     * @throws IOException if it can't be made or locked, or if the thread is interrupted
     */
    static CommandTurn await(Path file, Duration patience) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            long start = System.nanoTime();
            while (lock(channel) == null && System.nanoTime() - start < patience.toNanos()) {
                pause();
            }
            return new CommandTurn(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    /** Lets the next command go on. */
    void end() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("Can't let the next command go on", e);
        }
    }

    /** Null if another command has it. */
    private static @Nullable FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // the other command runs in this JVM
            return null;
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while another command works", e);
        }
    }
}
