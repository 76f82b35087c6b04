package io.github.imagehost.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged service as a process of its own. */
public final class ServiceJar implements AutoCloseable {

    private static final long LIMIT_SECONDS = 120;
    private static final long POLL_MILLIS = 20;
    private static final Pattern LISTENS = Pattern.compile("Tomcat started on port (\\d+)");

    private final Process process;
    private final URI address;

    private ServiceJar(Process process, URI address) {
        this.process = process;
        this.address = address;
    }

    /** Starts it with nothing but these settings, on a free port; returns when it listens. */
    public static ServiceJar start(Path directory, Map<String, String> settings)
            throws IOException, InterruptedException {
        Path output = Files.createTempFile(directory, "service", ".log");
        List<String> command = new ArrayList<>(List.of(RunnableJar.JAVA, "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-jar", System.getProperty("imagehost.service.jar")));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().clear();
        builder.environment().putAll(settings);
        builder.environment().put("PORT", "0");
        Process process = builder.start();
        try {
            return new ServiceJar(process, URI.create("http://127.0.0.1:" + port(process, output)));
        } catch (IOException | InterruptedException | AssertionError e) {
            process.destroyForcibly();
            throw e;
        }
    }

    private static String port(Process process, Path output) throws IOException, InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        boolean ended = false;
        Optional<String> port = port(output);
        while (port.isEmpty()) {
            if (ended || System.nanoTime() > end) {
                throw new AssertionError("The service does not start: " + Files.readString(output));
            }
            ended = process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
            port = port(output);
        }
        return port.get();
    }

    private static Optional<String> port(Path output) throws IOException {
        Matcher matcher = LISTENS.matcher(Files.readString(output));
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }

    /** Where it listens. */
    public URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
