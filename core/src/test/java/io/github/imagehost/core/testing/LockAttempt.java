package io.github.imagehost.core.testing;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/**
 * A process of its own that tries to lock a file. Only another process sees whether this one still has its lock: within
 * one, Java keeps an account of its own.
 */
public final class LockAttempt {

    private static final int LOCKED = 0;
    private static final int REFUSED = 7;

    private LockAttempt() {}

    /**
     * Whether another process can lock the file, which it lets go at once.
     *
     * @param file has to be there
     */
    public static boolean succeedsOn(Path file) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        ownClasses().toString(),
                        LockAttempt.class.getName(),
                        file.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                throw new AssertionError("The process that tries to lock " + file + " does not end");
            }
        } finally {
            process.destroyForcibly();
        }
        return switch (process.exitValue()) {
            case LOCKED -> true;
            case REFUSED -> false;
            default -> throw new AssertionError("Nobody knows whether " + file + " is locked");
        };
    }

    private static Path ownClasses() {
        try {
            return Path.of(LockAttempt.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException("The classes of the tests have no place", e);
        }
    }

    /**
     * What the other process does.
     *
     * @param arguments the file
     */
    public static void main(String[] arguments) throws IOException {
        boolean isLocked;
        try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
            isLocked = channel.tryLock() != null;
        }
        System.exit(isLocked ? LOCKED : REFUSED);
    }
}
