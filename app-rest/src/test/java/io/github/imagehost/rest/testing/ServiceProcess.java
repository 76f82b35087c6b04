package io.github.imagehost.rest.testing;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The packaged service as a process of its own, as its users start it. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofMinutes(2);
    private static final String JAR = "imagehost.test.service.jar";

    /** What makes a JVM cheap that lives for seconds only. */
    static final String QUICK = "-XX:TieredStopAtLevel=1";

    private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final Path output;
    private @Nullable Client client;

    private ServiceProcess(Process process, Path output) {
        this.process = process;
        this.output = output;
    }

    /**
     * Starts the {@linkplain ExtractedService extracted} service in this directory with these settings and nothing else
     * in its environment, on a free port and open to everybody unless they say otherwise; returns when it answers.
     */
    public static ServiceProcess start(Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException, InterruptedException {
        ServiceProcess service = launch(directory, settings, jvmOptions);
        service.awaitStart();
        return service;
    }

    /** As {@link #start}, but without waiting: it may fail to start. */
    public static ServiceProcess launch(Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException {
        ExtractedService extracted = ExtractedService.shared();
        List<String> options = new ArrayList<>(List.of(extracted.cacheOption(), QUICK));
        options.addAll(List.of(jvmOptions));
        return launch(thisJava(), extracted.jar(), directory, settings, options.toArray(String[]::new));
    }

    /** As {@link #start}, from the {@linkplain #packaged() packaged} jar as it is. */
    public static ServiceProcess startPackaged(Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        ServiceProcess service = launch(directory, settings, thisJava(), QUICK);
        service.awaitStart();
        return service;
    }

    /** The jar that the build has made. */
    public static Path packaged() {
        return Path.of(System.getProperty(JAR));
    }

    /** Starts the packaged jar on any JDK, without waiting. */
    public static ServiceProcess launch(
            Path directory, Map<String, String> settings, Path javaHome, String... jvmOptions) throws IOException {
        return launch(javaHome, packaged(), directory, settings, jvmOptions);
    }

    static Path thisJava() {
        return Path.of(System.getProperty("java.home"));
    }

    static ServiceProcess launch(
            Path javaHome, Path jar, Path directory, Map<String, String> settings, String... jvmOptions)
            throws IOException {
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
        builder.environment().put("PORT", "0");
        builder.environment().put("ACCESS", "open");
        builder.environment().putAll(settings);
        return new ServiceProcess(builder.start(), output);
    }

    /** Returns when it answers; fails if it ends before. */
    public void awaitStart() throws InterruptedException {
        Waiting.until("the service answers", LIMIT, this::answers);
    }

    /** Talks to it; waits until it listens. */
    public Client client() {
        try {
            Waiting.until("the service listens", LIMIT, this::listens);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
        return Objects.requireNonNull(client);
    }

    /** Where it listens; waits until it does. */
    public int port() {
        return client().base().getPort();
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

    /** Whether it is well; fails if it has ended. */
    public boolean answers() throws IOException, InterruptedException {
        requireRunning();
        try {
            return listens() && client().get("/health").status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    private synchronized boolean listens() throws IOException {
        if (client != null) {
            return true;
        }
        requireRunning();
        Matcher told = LISTENS.matcher(output());
        if (told.find()) {
            client = new Client(URI.create("http://127.0.0.1:" + told.group(1)));
        }
        return client != null;
    }

    private void requireRunning() throws IOException {
        if (!process.isAlive()) {
            throw new AssertionError("The service has ended:\n" + output());
        }
    }

    /** Kills it if it still runs. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
