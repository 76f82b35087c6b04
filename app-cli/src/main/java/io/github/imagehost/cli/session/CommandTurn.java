package io.github.imagehost.cli.session;

import io.github.imagehost.core.files.LockFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Lets commands on the embedded database go one after another. Whichever process opens that database first serves it to
 * the others: with processes as short as commands, they would spend their time on taking that over from one another.
 * The lock ends with the process, however that ends.
 */
final class CommandTurn {

    /** A command that has waited for so long goes on without the lock: it is slower then, but not wrong. */
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Optional<LockFile> lock;

    private CommandTurn(Optional<LockFile> lock) {
        this.lock = lock;
    }

    /**
     * Waits for the turn, which lasts until it is ended.
     *
     * @param file is made if it is absent, and stays
     * @throws IOException if it can't be made or locked, or if the thread is interrupted
     */
    static CommandTurn await(Path file, Duration patience) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        long start = System.nanoTime();
        Optional<LockFile> lock = LockFile.tryLock(file);
        while (lock.isEmpty() && System.nanoTime() - start < patience.toNanos()) {
            pause();
            lock = LockFile.tryLock(file);
        }
        return new CommandTurn(lock);
    }

    /** Lets the next command go on. */
    void end() {
        try {
            if (lock.isPresent()) {
                lock.get().close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Can't let the next command go on", e);
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
