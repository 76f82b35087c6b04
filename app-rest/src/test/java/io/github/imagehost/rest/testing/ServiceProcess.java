package io.github.imagehost.rest.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The packaged service as a process of its own, as its users start it. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String JAR = "imagehost.test.service.jar";

    private final Process process;
    private final Path output;
    private final int port;

    private ServiceProcess(Process process, Path output, int port) {
        this.process = process;
        this.output = output;
        this.port = port;
    }

    /** Starts it in this directory with these settings and nothing else in its environment; returns when it answers. */
    public static ServiceProcess start(Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException, InterruptedException {
        return startExtracted(packaged(), directory, settings, jvmOptions);
    }

    /** The same from a jar that was extracted from the {@linkplain #packaged() packaged} one. */
    public static ServiceProcess startExtracted(
            Path jar, Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException, InterruptedException {
        ServiceProcess service = launch(thisJava(), jar, directory, settings, jvmOptions);
        service.awaitStart();
        return service;
    }

    /** The jar that the build has made. */
    public static Path packaged() {
        return Path.of(System.getProperty(JAR));
    }

    /** As {@link #start}, but without waiting: it may fail to start. */
    public static ServiceProcess launch(Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException {
        return launch(directory, settings, thisJava(), jvmOptions);
    }

    /** The same on another JDK than this one. */
    public static ServiceProcess launch(
            Path directory, Map<String, String> settings, Path javaHome, String... jvmOptions) throws IOException {
        return launch(javaHome, packaged(), directory, settings, jvmOptions);
    }

    private static Path thisJava() {
        return Path.of(System.getProperty("java.home"));
    }

    private static ServiceProcess launch(
            Path javaHome, Path jar, Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException {
        int port = freePort();
        List<String> command = new ArrayList<>();
        command.add(javaHome.resolve("bin/java").toString());
        command.addAll(List.of(jvmOptions));
        command.addAll(List.of("-jar", jar.toString()));
        Path output = Files.createTempFile(directory, "service-", ".log");
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().put("PORT", String.valueOf(port));
        builder.environment().putAll(settings);
        return new ServiceProcess(builder.start(), output, port);
    }

    /** Returns when it answers; fails if it ends before. */
    public void awaitStart() throws InterruptedException {
        Waiting.until("the service answers", LIMIT, this::answers);
    }

    /** Talks to it. */
    public Client client() {
        return new Client(URI.create("http://127.0.0.1:" + port()));
    }

    /** Where it listens. */
    public int port() {
        return port;
    }

    /** Its number in the operating system. */
    public long pid() {
        return process.pid();
    }

    /** Everything it has printed so far. */
    public String output() throws IOException {
        return Files.readString(output, StandardCharsets.UTF_8);
    }

    /** Asks it to end, as an operator does. */
    public void terminate() {
        process.destroy();
    }

    /** Waits until it has ended, and answers its exit code. */
    public int exitCode() throws IOException, InterruptedException {
        if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("The service did not end:\n" + output());
        }
        return process.exitValue();
    }

    /** From now on no file that it writes grows beyond this size: writing fails then, as it does on a full disk. */
    public void limitFileSize(long bytes) throws IOException, InterruptedException {
        limitFileSize(String.valueOf(bytes));
    }

    /** Takes {@linkplain #limitFileSize(long) the limit} away. */
    public void unlimitFileSize() throws IOException, InterruptedException {
        limitFileSize("unlimited");
    }

    private void limitFileSize(String limit) throws IOException, InterruptedException {
        // the colon leaves the hard limit as it is, so that no rights are needed to lift the soft one again
        Process tool = new ProcessBuilder("prlimit", "--pid", String.valueOf(process.pid()), "--fsize=" + limit + ":")
                .inheritIO()
                .start();
        if (tool.waitFor() != 0) {
            throw new IOException("prlimit does not work here");
        }
    }

    private boolean answers() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("The service did not start:\n" + output());
        }
        try {
            return client().get("/health").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
