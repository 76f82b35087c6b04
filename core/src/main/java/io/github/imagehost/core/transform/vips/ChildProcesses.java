package io.github.imagehost.core.transform.vips;

import com.google.common.util.concurrent.ThreadFactoryBuilder;
import io.github.imagehost.core.transform.EngineOverloadedException;
import io.github.imagehost.core.transform.TimeLimit;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs programs that read their standard input and write their standard output. Safe for use by any number of threads.
 */
final class ChildProcesses implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ChildProcesses.class);

    /** All that a child knows of the world. */
    private static final Map<String, String> ENVIRONMENT = Map.of(
            "LC_ALL", "C.UTF-8",
            // loaders that are not made for files from strangers
            "VIPS_BLOCK_UNTRUSTED", "1",
            "VIPS_CONCURRENCY", "2",
            // each thread would reserve 64 MiB of an address space that is limited
            "MALLOC_ARENA_MAX", "2");

    private static final int MESSAGE_LENGTH = 1000;

    private final ExecutorService pumps = Executors.newCachedThreadPool(new ThreadFactoryBuilder()
            .setNameFormat("image-engine-%d")
            .setDaemon(true)
            .build());

    /** How a program ended. */
    static final class Result {

        private final int exitCode;
        private final byte[] output;
        private final String message;

        private Result(int exitCode, byte[] output, String message) {
            this.exitCode = exitCode;
            this.output = output;
            this.message = message;
        }

        int exitCode() {
            return exitCode;
        }

        byte[] output() {
            return output;
        }

        /** The first words of its standard error. */
        String message() {
            return message;
        }
    }

    /**
     * Runs a program until it ends.
     *
     * @param input for its standard input; it need not read it all
     * @throws EngineOverloadedException if it could not be started, or was killed because its time was over
     */
    Result run(List<String> command, byte[] input, TimeLimit limit) {
        Process process = start(command);
        pumps.execute(() -> feed(input, process.getOutputStream()));
        Future<byte[]> output = pumps.submit(() -> process.getInputStream().readAllBytes());
        Future<String> message = pumps.submit(() -> firstWords(process.getErrorStream()));
        try {
            if (!process.waitFor(limit.remainingNanos(), TimeUnit.NANOSECONDS)) {
                throw limit.exceeded();
            }
            return new Result(
                    process.exitValue(),
                    output.get(limit.remainingNanos(), TimeUnit.NANOSECONDS),
                    message.get(limit.remainingNanos(), TimeUnit.NANOSECONDS));
        } catch (InterruptedException e) {
            throw TimeLimit.interrupted(e);
        } catch (TimeoutException e) {
            throw limit.exceeded();
        } catch (ExecutionException e) {
            throw new EngineOverloadedException("The answer of a process could not be read", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Process start(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().clear();
        builder.environment().putAll(ENVIRONMENT);
        try {
            return builder.start();
        } catch (IOException e) {
            throw new EngineOverloadedException("A process for rendering a picture can't be started", e);
        }
    }

    private static void feed(byte[] input, OutputStream child) {
        try (child) {
            child.write(input);
        } catch (IOException e) {
            LOG.debug("A process ended before it had read all of its input", e);
        }
    }

    private static String firstWords(InputStream error) throws IOException {
        String words = new String(error.readNBytes(MESSAGE_LENGTH), StandardCharsets.UTF_8);
        error.transferTo(OutputStream.nullOutputStream());
        return words.strip().replaceAll("\\s+", " ");
    }

    @Override
    public void close() {
        pumps.shutdown();
    }
}
