package io.github.imagehost.s3.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** S3Proxy in a process of its own, with its objects in a temporary folder. It ends with this JVM at the latest. */
final class S3ProxyProcess implements AutoCloseable {

    private static final String JAR_PROPERTY = "imagehost.test.s3proxy.jar";
    private static final Path JAR_OF_MODULE = Path.of("target", "s3proxy", "s3proxy.jar");
    private static final long START_SECONDS = 90;
    private static final long POLL_MILLIS = 50;
    private static final int ANSWER_MILLIS = 2000;

    private final Path jar;
    private final Path folder;
    private final URI endpoint;
    private @Nullable Process process;

    private S3ProxyProcess(Path jar, Path folder, URI endpoint) {
        this.jar = jar;
        this.folder = folder;
        this.endpoint = endpoint;
    }

    static S3ProxyProcess create(String accessKey, String secretKey) throws IOException {
        Path jar = Path.of(System.getProperty(JAR_PROPERTY, JAR_OF_MODULE.toString()))
                .toAbsolutePath();
        if (!Files.exists(jar)) {
            throw new IOException("There is no " + jar + ": mvn generate-test-resources brings it, in a module that"
                    + " binds the execution s3-server-for-tests");
        }
        Path folder = Files.createTempDirectory("s3proxy-");
        URI endpoint = URI.create("http://127.0.0.1:" + freePort());
        Files.createDirectory(folder.resolve("objects"));
        Files.writeString(
                folder.resolve("s3proxy.conf"),
                String.join(
                        "\n",
                        "s3proxy.endpoint=" + endpoint,
                        "s3proxy.authorization=aws-v2-or-v4",
                        "s3proxy.identity=" + accessKey,
                        "s3proxy.credential=" + secretKey,
                        "jclouds.provider=filesystem-nio2",
                        "jclouds.filesystem.basedir=" + folder.resolve("objects")));
        Files.writeString(
                folder.resolve("logback.xml"),
                "<configuration><appender name='OUT' class='ch.qos.logback.core.ConsoleAppender'><encoder>"
                        + "<pattern>%d %-5level %logger{20} %msg%n</pattern></encoder></appender>"
                        + "<root level='WARN'><appender-ref ref='OUT'/></root></configuration>");
        S3ProxyProcess created = new S3ProxyProcess(jar, folder, endpoint);
        Runtime.getRuntime().addShutdownHook(new Thread(created::close));
        return created;
    }

    URI endpoint() {
        return endpoint;
    }

    /** Returns when the server answers. */
    synchronized void start() throws IOException {
        if (process != null) {
            throw new IllegalStateException("S3Proxy runs already");
        }
        Path log = folder.resolve("s3proxy.log");
        ProcessBuilder command = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dlogback.configurationFile=" + folder.resolve("logback.xml"),
                        "-jar",
                        jar.toString(),
                        "--properties",
                        folder.resolve("s3proxy.conf").toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        // otherwise it can't store names beyond ASCII
        command.environment().put("LC_ALL", "C.UTF-8");
        Process started = command.start();
        process = started;
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_SECONDS);
        while (!answers()) {
            if (hasEnded(started) || System.nanoTime() > end) {
                String output = Files.readString(log);
                stop();
                throw new IOException("S3Proxy does not start: " + output);
            }
        }
    }

    /** Kills the server; returns when it is gone. */
    synchronized void stop() {
        Process running = process;
        process = null;
        if (running != null) {
            running.destroyForcibly();
            running.onExit().join();
        }
    }

    @Override
    public synchronized void close() {
        stop();
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            } catch (IOException e) {
                throw new UncheckedIOException("Can't clean up " + folder, e);
            }
        }
    }

    private boolean answers() {
        try {
            HttpURLConnection connection = (HttpURLConnection) endpoint.toURL().openConnection();
            connection.setConnectTimeout(ANSWER_MILLIS);
            connection.setReadTimeout(ANSWER_MILLIS);
            try {
                return connection.getResponseCode() > 0;
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return false;
        }
    }

    /** Waits a moment for it. */
    private static boolean hasEnded(Process process) throws IOException {
        try {
            return process.waitFor(POLL_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while S3Proxy started", e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
